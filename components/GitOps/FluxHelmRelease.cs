using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="FluxHelmRelease"/>.</summary>
public sealed class FluxHelmReleaseArgs : ResourceArgs
{
    /// <summary>The release's name.</summary>
    public required string Release { get; init; }

    /// <summary>The repository of the chart.</summary>
    public required FluxSource Source { get; init; }

    /// <summary>The chart, for example <c>kube-prometheus-stack</c>.</summary>
    public required string Chart { get; init; }

    /// <summary>The chart's version.</summary>
    public required string Version { get; init; }

    /// <summary>The namespace that it is installed in. It is made when it is not there.</summary>
    public required string TargetNamespace { get; init; }

    /// <summary>Values for the chart.</summary>
    public JsonObject Values { get; init; } = [];

    /// <summary>The time between looks, as Flux writes durations.</summary>
    public string Interval { get; init; } = "10m";

    /// <summary>How often an installation or upgrade is tried again before it is rolled back.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The namespace of Flux.</summary>
    public string Namespace { get; init; } = "flux-system";
}

/// <summary>A release of Flux's Helm controller: a chart that is kept installed in a cluster, without Helm on the machine that deploys.</summary>
public sealed class FluxHelmRelease : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:gitops:FluxHelmRelease";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is installed.</param>
    /// <param name="options">Its options; the provider among them decides the cluster, which must know Flux's kinds.</param>
    public FluxHelmRelease(string name, FluxHelmReleaseArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Source.Kind != FluxSourceKind.HelmRepository)
        {
            throw new ArgumentException($"The chart of '{args.Release}' comes from a {nameof(FluxSourceKind.HelmRepository)}.", nameof(args));
        }

        var release = SpecObject.Create(
            this, name, "helm.toolkit.fluxcd.io/v2", "HelmRelease",
            new ObjectMetaArgs { Name = args.Release, Namespace = args.Namespace, Labels = new Dictionary<string, string> { [Labels.ManagedBy] = "foginfra" } },
            SpecOf(args),
            ("chart", args.Source.Source.Apply(source => ChartOf(args, source))));
        Release = release.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?> { ["release"] = Release });
    }

    /// <summary>The release's name, known once it exists.</summary>
    public Output<string> Release { get; }

    private static JsonObject SpecOf(FluxHelmReleaseArgs args)
    {
        JsonObject Remediation() => new() { ["remediation"] = new JsonObject { ["retries"] = args.Retries } };
        var install = Remediation();
        install["createNamespace"] = true;
        return new JsonObject
        {
            ["releaseName"] = args.Release,
            ["targetNamespace"] = args.TargetNamespace,
            ["interval"] = args.Interval,
            ["install"] = install,
            ["upgrade"] = Remediation(),
            ["values"] = args.Values.DeepClone(),
        };
    }

    private static object ChartOf(FluxHelmReleaseArgs args, string source) => ImmutableDictionary<string, object>.Empty.Add(
        "spec",
        ImmutableDictionary<string, object>.Empty
            .Add("chart", args.Chart)
            .Add("version", args.Version)
            .Add("sourceRef", FluxReference.To(FluxSourceKind.HelmRepository, source)));
}
