using System.Text.Json;
using FogInfra.Model.Documents;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.ApiExtensions.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using CustomResourceDefinition = Pulumi.Kubernetes.ApiExtensions.V1.CustomResourceDefinition;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="FogRolloutDefinition"/>.</summary>
public sealed class FogRolloutDefinitionArgs : ResourceArgs
{
    /// <summary>
    /// Whether the definition stays in the cluster when the stack goes. Applications that share a cluster share the definition too, and
    /// with it go all FogRollouts, so it stays by default.
    /// </summary>
    public bool Retain { get; init; } = true;
}

/// <summary>
/// Teaches a cluster what a FogRollout is, so that <c>kubectl get fogrollouts -A</c> shows which version of which service is on which
/// layer, and how far its rollout is.
/// </summary>
public sealed class FogRolloutDefinition : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:rollouts:FogRolloutDefinition";

    /// <summary>The name of the definition.</summary>
    public const string DefinitionName = "fogrollouts.paguos.io";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">How it is kept.</param>
    /// <param name="options">Its options. Where several stacks may define it in one cluster, its provider must take over what exists (<c>UpsertExistingObjects</c>).</param>
    public FogRolloutDefinition(string name, FogRolloutDefinitionArgs? args = null, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        var (group, version) = (FogRolloutReader.ApiVersion.Split('/')[0], FogRolloutReader.ApiVersion.Split('/')[1]);
        _ = new CustomResourceDefinition(
            name,
            new CustomResourceDefinitionArgs
            {
                Metadata = new ObjectMetaArgs { Name = DefinitionName },
                Spec = new CustomResourceDefinitionSpecArgs
                {
                    Group = group,
                    Scope = "Namespaced",
                    Names = new CustomResourceDefinitionNamesArgs
                    {
                        Kind = FogRolloutReader.Kind,
                        ListKind = $"{FogRolloutReader.Kind}List",
                        Plural = "fogrollouts",
                        Singular = "fogrollout",
                        ShortNames = new[] { "fr" },
                    },
                    Versions = new[] { VersionOf(version) },
                },
            },
            new CustomResourceOptions { Parent = this, RetainOnDelete = args?.Retain ?? true });
        RegisterOutputs();
    }

    private static CustomResourceDefinitionVersionArgs VersionOf(string version) => new()
    {
        Name = version,
        Served = true,
        Storage = true,
        Schema = new CustomResourceValidationArgs { OpenAPIV3Schema = Schema() },
        AdditionalPrinterColumns = new[]
        {
            Column("Version", ".spec.version", "The version that is wanted"),
            Column("Layer", $@".metadata.labels.{Labels.Layer.Replace(".", @"\.", StringComparison.Ordinal)}", "The layer of the cluster"),
            Column("State", ".status.state", "Progressing, or Complete when every pod was ready"),
            Column("Ready", ".status.ready", "How many pods were ready, of how many"),
            Column("Age", ".metadata.creationTimestamp", "When this rollout began", "date"),
        },
    };

    private static CustomResourceColumnDefinitionArgs Column(string name, string path, string description, string type = "string") =>
        new() { Name = name, JsonPath = path, Description = description, Type = type };

    // No status subresource: what is asked for and what has come of it are written in the same way, by the stack.
    private static JSONSchemaPropsArgs Schema() => Object(
        ("spec", Object(
            ("version", Text("The version of the service")),
            ("deployments", new JSONSchemaPropsArgs
            {
                Type = "object",
                Description = "How it runs on each layer: cloud, fog, edge",
                AdditionalProperties = Object(
                    ("replicas", new JSONSchemaPropsArgs { Type = "integer", Minimum = 0 }),
                    ("containers", new JSONSchemaPropsArgs
                    {
                        Type = "array",
                        Items = new JSONSchemaPropsArgs { Type = "object", X_kubernetes_preserve_unknown_fields = true },
                    })),
            }))),
        ("status", Status()));

    // A FogRollout that is new, or was replaced because something else is wanted, has no status yet. It says so by this default.
    private static JSONSchemaPropsArgs Status()
    {
        var status = Object(
            ("state", Text("Progressing until every pod of the service is ready, then Complete")),
            ("version", Text("The version that is complete")),
            ("ready", Text("How many pods were ready, of how many")),
            ("rollout", Text("The uid of the FogRollout that the status is about")));
        status.Default = JsonSerializer.SerializeToElement(new { state = FogRolloutRecord.Progressing });
        return status;
    }

    private static JSONSchemaPropsArgs Text(string description) => new() { Type = "string", Description = description };

    private static JSONSchemaPropsArgs Object(params (string Name, JSONSchemaPropsArgs Schema)[] properties) => new()
    {
        Type = "object",
        Properties = properties.ToDictionary(property => property.Name, property => property.Schema),
    };
}
