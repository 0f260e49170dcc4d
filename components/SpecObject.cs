using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using CustomResource = Pulumi.Kubernetes.ApiExtensions.CustomResource;

namespace FogInfra.Components;

/// <summary>Objects of kinds that the SDK has no class for, and that consist of metadata and a specification.</summary>
internal static class SpecObject
{
    /// <summary>Makes one.</summary>
    /// <param name="parent">The component that it belongs to.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="apiVersion">The group and version.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="spec">Its specification.</param>
    /// <param name="late">Members of the specification that are known late only.</param>
    public static CustomResource Create(
        Resource parent, string name, string apiVersion, string kind, ObjectMetaArgs metadata, JsonObject spec, params (string Member, Output<object> Value)[] late)
    {
        var members = new InputMap<object>();
        foreach (var (member, value) in Json.Members(spec))
        {
            members.Add(member, value);
        }

        foreach (var (member, value) in late)
        {
            members.Add(member, value);
        }

        return new CustomResource(name, new Args(apiVersion, kind) { Metadata = metadata, Spec = members }, new CustomResourceOptions { Parent = parent });
    }

    private sealed class Args(string apiVersion, string kind) : CustomResourceArgs(apiVersion, kind)
    {
        [Input("spec")]
        public InputMap<object>? Spec { get; set; }
    }
}
