using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="FluxKustomization"/>.</summary>
public sealed class FluxKustomizationArgs : ResourceArgs
{
    /// <summary>The kustomization's name.</summary>
    public required string Kustomization { get; init; }

    /// <summary>Where its folder comes from.</summary>
    public required FluxSource Source { get; init; }

    /// <summary>The folder, for example <c>./apps/edge-production</c>: an overlay for each environment over one base.</summary>
    public required string Path { get; init; }

    /// <summary>The namespace of what it deploys, where the manifests say none; null to leave it to them.</summary>
    public string? TargetNamespace { get; init; }

    /// <summary>Kustomizations that must be ready first.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Texts that take the place of <c>${NAME}</c> in the manifests.</summary>
    public ImmutableSortedDictionary<string, string> Substitute { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The time between deployments, as Flux writes durations.</summary>
    public string Interval { get; init; } = "10m";

    /// <summary>How long what it deploys may take to become ready, as Flux writes durations.</summary>
    public string Timeout { get; init; } = "5m";

    /// <summary>Whether what is no longer in the folder is deleted.</summary>
    public bool Prune { get; init; } = true;

    /// <summary>The namespace of Flux.</summary>
    public string Namespace { get; init; } = "flux-system";
}

/// <summary>A kustomization of Flux: it keeps a cluster as a folder of a source says, and waits until all of it is ready.</summary>
public sealed class FluxKustomization : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:gitops:FluxKustomization";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is deployed.</param>
    /// <param name="options">Its options; the provider among them decides the cluster, which must know Flux's kinds.</param>
    public FluxKustomization(string name, FluxKustomizationArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Source.Kind == FluxSourceKind.HelmRepository)
        {
            throw new ArgumentException($"The kustomization '{args.Kustomization}' cannot come from a Helm repository; use {nameof(FluxHelmRelease)}.", nameof(args));
        }

        var kustomization = SpecObject.Create(
            this, name, "kustomize.toolkit.fluxcd.io/v1", "Kustomization",
            new ObjectMetaArgs { Name = args.Kustomization, Namespace = args.Namespace, Labels = new Dictionary<string, string> { [Labels.ManagedBy] = "foginfra" } },
            SpecOf(args),
            ("sourceRef", args.Source.Source.Apply(source => FluxReference.To(args.Source.Kind, source))));
        Kustomization = kustomization.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?> { ["kustomization"] = Kustomization });
    }

    /// <summary>The kustomization's name, known once it exists.</summary>
    public Output<string> Kustomization { get; }

    private static JsonObject SpecOf(FluxKustomizationArgs args)
    {
        var spec = new JsonObject
        {
            ["path"] = args.Path,
            ["interval"] = args.Interval,
            ["timeout"] = args.Timeout,
            ["prune"] = args.Prune,
            ["wait"] = true,
        };
        if (args.TargetNamespace is { } target)
        {
            spec["targetNamespace"] = target;
        }

        if (!args.DependsOn.IsEmpty)
        {
            spec["dependsOn"] = new JsonArray([.. args.DependsOn.Select(other => (JsonNode)new JsonObject { ["name"] = other })]);
        }

        if (!args.Substitute.IsEmpty)
        {
            spec["postBuild"] = new JsonObject
            {
                ["substitute"] = new JsonObject(args.Substitute.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            };
        }

        return spec;
    }
}

/// <summary>How objects of Flux name a source.</summary>
internal static class FluxReference
{
    public static object To(FluxSourceKind kind, string source) =>
        ImmutableDictionary<string, object>.Empty.Add("kind", kind.ToString()).Add("name", source);
}
