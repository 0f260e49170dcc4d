using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Components;

/// <summary>What a <see cref="FluxSource"/> looks at.</summary>
public enum FluxSourceKind
{
    /// <summary>A branch or tag of a Git repository.</summary>
    GitRepository,

    /// <summary>A tag of an artifact in a container registry.</summary>
    OCIRepository,

    /// <summary>The index of a repository of Helm charts.</summary>
    HelmRepository,
}

/// <summary>The arguments of a <see cref="FluxSource"/>.</summary>
public sealed class FluxSourceArgs : ResourceArgs
{
    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>What it looks at.</summary>
    public FluxSourceKind Kind { get; init; } = FluxSourceKind.GitRepository;

    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>The branch of a Git repository; null where <see cref="Tag"/> is given.</summary>
    public string? Branch { get; init; }

    /// <summary>The tag of a Git repository or an artifact.</summary>
    public string? Tag { get; init; }

    /// <summary>The time between looks, as Flux writes durations.</summary>
    public string Interval { get; init; } = "1m";

    /// <summary>The name of a Secret of the same namespace with credentials; null for none.</summary>
    public string? Credentials { get; init; }

    /// <summary>The namespace of Flux.</summary>
    public string Namespace { get; init; } = "flux-system";
}

/// <summary>A source of Flux: what it fetches, so that <see cref="FluxKustomization"/> and <see cref="FluxHelmRelease"/> can deploy from it.</summary>
public sealed class FluxSource : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:gitops:FluxSource";

    private const string ApiVersion = "source.toolkit.fluxcd.io/v1";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is fetched.</param>
    /// <param name="options">Its options; the provider among them decides the cluster, which must know Flux's kinds.</param>
    public FluxSource(string name, FluxSourceArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var problem = args switch
        {
            { Kind: FluxSourceKind.GitRepository, Branch: null, Tag: null } or { Kind: FluxSourceKind.OCIRepository, Tag: null } => "neither branch nor tag",
            { Branch: not null, Tag: not null } => "both branch and tag",
            { Kind: not FluxSourceKind.GitRepository, Branch: not null } => "a branch, which only Git has",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ArgumentException($"The source '{args.Source}' has {problem}.", nameof(args));
        }

        var source = SpecObject.Create(
            this, name, ApiVersion, args.Kind.ToString(),
            new ObjectMetaArgs { Name = args.Source, Namespace = args.Namespace, Labels = new Dictionary<string, string> { [Labels.ManagedBy] = "foginfra" } },
            SpecOf(args));
        Kind = args.Kind;
        Source = source.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?> { ["source"] = Source });
    }

    /// <summary>What it looks at.</summary>
    public FluxSourceKind Kind { get; }

    /// <summary>The source's name, known once it exists.</summary>
    public Output<string> Source { get; }

    private static JsonObject SpecOf(FluxSourceArgs args)
    {
        var spec = new JsonObject { ["url"] = args.Url, ["interval"] = args.Interval };
        if ((args.Branch ?? args.Tag) is { } revision)
        {
            spec["ref"] = new JsonObject { [args.Branch is null ? "tag" : "branch"] = revision };
        }

        if (args.Credentials is { } secret)
        {
            spec["secretRef"] = new JsonObject { ["name"] = secret };
        }

        return spec;
    }
}
