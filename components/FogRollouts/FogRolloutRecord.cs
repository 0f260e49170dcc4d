using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FogInfra.Model;
using FogInfra.Model.Documents;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using CustomResource = Pulumi.Kubernetes.ApiExtensions.CustomResource;

namespace FogInfra.Components;

/// <summary>Where rollouts are recorded.</summary>
/// <param name="Definition">What teaches the cluster the kind.</param>
/// <param name="Writer">A provider of the same cluster that may change objects that exist already (<c>UpsertExistingObjects</c>).</param>
public sealed record FogRolloutRecords(FogRolloutDefinition Definition, ProviderResource Writer);

/// <summary>The arguments of a <see cref="FogRolloutRecord"/>.</summary>
public sealed class FogRolloutRecordArgs : ResourceArgs
{
    /// <summary>The workload that the service belongs to.</summary>
    public required ClusterWorkload Workload { get; init; }

    /// <summary>The service.</summary>
    public required ServiceWorkload Service { get; init; }

    /// <summary>The namespace, as it is known once it exists.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Where it is recorded.</summary>
    public required FogRolloutRecords Records { get; init; }
}

/// <summary>
/// The record of a service's rollout in the cluster itself, as a FogRollout object. It is written twice: before anything of the service
/// is touched, when it says <c>Progressing</c>; and after all is ready, when it says <c>Complete</c>. When something else is wanted the
/// object is replaced, and what was said of the old one goes with it. So it never claims more than the stack has seen: an update that
/// fails half-way leaves it <c>Progressing</c>.
/// </summary>
public sealed class FogRolloutRecord : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:rollouts:FogRolloutRecord";

    /// <summary>The state of a rollout that has begun.</summary>
    public const string Progressing = "Progressing";

    /// <summary>The state of a rollout whose pods have all been ready.</summary>
    public const string Complete = "Complete";

    private const string WorkloadAnnotation = "foginfra.dev/workload";

    // The annotation by which pulumi-kubernetes is told to take fields over. The state is first written by whoever makes the object, as
    // the definition's default, so without it the second writing would be a conflict.
    private const string TakeOver = "pulumi.com/patchForce";

    private readonly string _name;
    private readonly FogRolloutRecordArgs _args;

    /// <summary>Makes the component: the rollout has begun.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is rolled out.</param>
    /// <param name="options">Its options.</param>
    public FogRolloutRecord(string name, FogRolloutRecordArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        (_name, _args) = (name, args);
        var metadata = Metadata();
        metadata.Labels = Labels.OfService(args.Workload, args.Service);
        metadata.Annotations = new Dictionary<string, string> { [WorkloadAnnotation] = Fingerprint(args) };
        Begun = new CustomResource(
            name,
            new FogRolloutArgs { Metadata = metadata, Spec = SpecOf(args) },
            new CustomResourceOptions
            {
                Parent = this,
                DependsOn = args.Records.Definition,
                DeleteBeforeReplace = true,
                ReplaceOnChanges = { "spec", "metadata" },
            });
        RegisterOutputs();
    }

    /// <summary>The object as it is when the rollout has begun. What is rolled out depends on it.</summary>
    public CustomResource Begun { get; }

    /// <summary>Records that the rollout is complete, once other resources are ready.</summary>
    /// <param name="version">The version.</param>
    /// <param name="replicas">How many pods are wanted.</param>
    /// <param name="readyReplicas">How many were ready.</param>
    /// <param name="ready">What must be ready before.</param>
    public void WhenComplete(Output<string> version, Output<int> replicas, Output<int> readyReplicas, IEnumerable<Resource> ready)
    {
        var status = new InputMap<object>
        {
            { "state", Complete },
            { "version", version.Apply(known => (object)known) },
            { "ready", Output.Tuple(readyReplicas, replicas).Apply(known => (object)$"{known.Item1}/{known.Item2}") },

            // Changes with each replacement, so that the status is written anew even when the wanted version is one that was complete before.
            // Whether the object is there yet is known by its id alone: in a preview its metadata is known, and has no uid.
            { "rollout", Output.Tuple(Begun.Id, Begun.Metadata).Apply(known => (object)known.Item2.Uid) },
        };
        var metadata = Metadata();
        metadata.Annotations = new Dictionary<string, string> { [TakeOver] = "true" };
        _ = new CustomResource(
            $"{_name}-status",
            new FogRolloutArgs { Metadata = metadata, Status = status },
            new CustomResourceOptions { Parent = this, Provider = _args.Records.Writer, DependsOn = ready.Append(Begun).ToArray() });
    }

    private ObjectMetaArgs Metadata() => new() { Name = _args.Service.Name, Namespace = _args.Namespace };

    // A change of anything that the service runs with is a rollout, not only one of its version. Where it runs is none of that, so that
    // the same change looks the same in every cluster.
    private static string Fingerprint(FogRolloutRecordArgs args)
    {
        var json = WorkloadJson.Write(args.Workload with { Cluster = "", Services = [args.Service] });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
    }

    // In the form of a FogRollout document, so far as it is about this cluster.
    private static InputMap<object> SpecOf(FogRolloutRecordArgs args) => new()
    {
        { "version", args.Service.Version },
        {
            "deployments",
            Map((args.Workload.Layer.Name(), Map(
                ("replicas", args.Service.Replicas),
                ("containers", args.Service.Containers.Select(ToDocument).ToImmutableArray()))))
        },
    };

    private static object ToDocument(Container container)
    {
        var document = new Dictionary<string, object> { ["name"] = container.Name, ["image"] = container.Image };
        if (!container.Ports.IsEmpty)
        {
            document["ports"] = container.Ports
                .Select(port => (object)Map(("containerPort", port.Number), ("protocol", port.Protocol))).ToImmutableArray();
        }

        return document.ToImmutableDictionary();
    }

    private static ImmutableDictionary<string, object> Map(params (string Name, object Value)[] members) =>
        members.ToImmutableDictionary(member => member.Name, member => member.Value);

    private sealed class FogRolloutArgs() : CustomResourceArgs(FogRolloutReader.ApiVersion, FogRolloutReader.Kind)
    {
        [Input("spec")]
        public InputMap<object>? Spec { get; set; }

        [Input("status")]
        public InputMap<object>? Status { get; set; }
    }
}
