using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Components;

/// <summary>Where the manifests of an application come from. Either <see cref="Path"/> or <see cref="Chart"/> is set.</summary>
public sealed record ArgoSource
{
    /// <summary>The address of the Git repository, or of the Helm repository of <see cref="Chart"/>.</summary>
    public required string Repository { get; init; }

    /// <summary>The branch, tag or commit, or the version of the chart.</summary>
    public required string Revision { get; init; }

    /// <summary>The folder with manifests, a kustomization, a chart, or, for an application of applications, their definitions.</summary>
    public string? Path { get; init; }

    /// <summary>The name of a Helm chart, for example <c>kube-prometheus-stack</c>.</summary>
    public string? Chart { get; init; }

    /// <summary>Values for the chart.</summary>
    public JsonObject? Values { get; init; }
}

/// <summary>The arguments of an <see cref="ArgoApplication"/>.</summary>
public sealed class ArgoApplicationArgs : ResourceArgs
{
    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>Where its manifests come from.</summary>
    public required ArgoSource Source { get; init; }

    /// <summary>Where it goes to.</summary>
    public required ArgoDestination Destination { get; init; }

    /// <summary>The project, once it exists.</summary>
    public Input<string> Project { get; init; } = "default";

    /// <summary>Whether changes of the repository are deployed at once; otherwise a person starts it.</summary>
    public bool Automated { get; init; } = true;

    /// <summary>Whether what is no longer in the repository is deleted, with <see cref="Automated"/>.</summary>
    public bool Prune { get; init; } = true;

    /// <summary>Whether what somebody changed in the cluster is put back, with <see cref="Automated"/>.</summary>
    public bool SelfHeal { get; init; } = true;

    /// <summary>Its place in the order in which an application of applications deploys them; lower numbers are first.</summary>
    public int Wave { get; init; }

    /// <summary>Whether what was deployed is deleted when the application is; otherwise it stays and is managed by nobody.</summary>
    public bool Cascade { get; init; } = true;

    /// <summary>The namespace of Argo CD.</summary>
    public string Namespace { get; init; } = "argocd";
}

/// <summary>
/// An application of Argo CD: it keeps a cluster as a repository says. One whose folder has definitions of others is an application of
/// applications.
/// </summary>
public sealed class ArgoApplication : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:gitops:ArgoApplication";

    /// <summary>The group and version of Argo CD's kinds.</summary>
    public const string ApiVersion = "argoproj.io/v1alpha1";

    // By it Argo CD deletes what it deployed before the application itself goes.
    private const string Finalizer = "resources-finalizer.argocd.argoproj.io";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is deployed, and where.</param>
    /// <param name="options">Its options; the provider among them decides the cluster, which must know Argo CD's kinds.</param>
    public ArgoApplication(string name, ArgoApplicationArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        if ((args.Source.Path is null) == (args.Source.Chart is null))
        {
            throw new ArgumentException($"The source of '{args.Application}' needs exactly one of {nameof(ArgoSource.Path)} and {nameof(ArgoSource.Chart)}.", nameof(args));
        }

        var metadata = new ObjectMetaArgs
        {
            Name = args.Application,
            Namespace = args.Namespace,
            Labels = new Dictionary<string, string> { [Labels.ManagedBy] = "foginfra" },
            Annotations = new Dictionary<string, string>
            {
                ["argocd.argoproj.io/sync-wave"] = args.Wave.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
        };
        if (args.Cascade)
        {
            metadata.Finalizers = new[] { Finalizer };
        }

        var application = SpecObject.Create(this, name, ApiVersion, "Application", metadata, SpecOf(args), ("project", args.Project.Apply(project => (object)project)));
        Application = application.Metadata.Apply(known => known.Name);
        RegisterOutputs(new Dictionary<string, object?> { ["application"] = Application });
    }

    /// <summary>The application's name, known once it exists.</summary>
    public Output<string> Application { get; }

    private static JsonObject SpecOf(ArgoApplicationArgs args)
    {
        var source = new JsonObject { ["repoURL"] = args.Source.Repository, ["targetRevision"] = args.Source.Revision };
        if (args.Source.Path is { } path)
        {
            source["path"] = path;
        }

        if (args.Source.Chart is { } chart)
        {
            source["chart"] = chart;
        }

        if (args.Source.Values is { } values)
        {
            source["helm"] = new JsonObject { ["valuesObject"] = values.DeepClone() };
        }

        var policy = new JsonObject { ["syncOptions"] = new JsonArray("CreateNamespace=true", "ServerSideApply=true") };
        if (args.Automated)
        {
            policy["automated"] = new JsonObject { ["prune"] = args.Prune, ["selfHeal"] = args.SelfHeal };
        }

        return new JsonObject
        {
            ["source"] = source,
            ["destination"] = new JsonObject { ["server"] = args.Destination.Server, ["namespace"] = args.Destination.Namespace },
            ["syncPolicy"] = policy,
        };
    }
}
