using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Components;

/// <summary>A role of a project of Argo CD: what groups of people may do with its applications.</summary>
/// <param name="Name">The name.</param>
/// <param name="Groups">The groups of the identity provider that have it.</param>
/// <param name="Actions">What they may do with every application of the project, for example <c>get</c> or <c>sync</c>.</param>
public sealed record ArgoRole(string Name, ImmutableArray<string> Groups, ImmutableArray<string> Actions);

/// <summary>A cluster and namespace that applications may go to.</summary>
/// <param name="Namespace">The namespace; <c>*</c> for every one.</param>
/// <param name="Server">The address of the API server, as Argo CD knows it.</param>
public sealed record ArgoDestination(string Namespace, string Server = ArgoDestination.SameCluster)
{
    /// <summary>The cluster that Argo CD itself runs in.</summary>
    public const string SameCluster = "https://kubernetes.default.svc";
}

/// <summary>The arguments of an <see cref="ArgoProject"/>.</summary>
public sealed class ArgoProjectArgs : ResourceArgs
{
    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The repositories that applications may come from.</summary>
    public required ImmutableArray<string> Repositories { get; init; }

    /// <summary>Where they may go to.</summary>
    public required ImmutableArray<ArgoDestination> Destinations { get; init; }

    /// <summary>Who may do what.</summary>
    public ImmutableArray<ArgoRole> Roles { get; init; } = [];

    /// <summary>The namespace of Argo CD.</summary>
    public string Namespace { get; init; } = "argocd";
}

/// <summary>A project of Argo CD: where its applications come from, where they may go, and who may do what with them.</summary>
public sealed class ArgoProject : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:gitops:ArgoProject";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What the project allows.</param>
    /// <param name="options">Its options; the provider among them decides the cluster, which must know Argo CD's kinds.</param>
    public ArgoProject(string name, ArgoProjectArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var project = SpecObject.Create(
            this, name, ArgoApplication.ApiVersion, "AppProject",
            new ObjectMetaArgs { Name = args.Project, Namespace = args.Namespace, Labels = new Dictionary<string, string> { [Labels.ManagedBy] = "foginfra" } },
            SpecOf(args));
        Project = project.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?> { ["project"] = Project });
    }

    /// <summary>The project's name, known once it exists.</summary>
    public Output<string> Project { get; }

    private static JsonObject SpecOf(ArgoProjectArgs args) => new()
    {
        ["sourceRepos"] = new JsonArray([.. args.Repositories.Select(repository => (JsonNode)repository)]),
        ["destinations"] = new JsonArray([.. args.Destinations.Select(place => (JsonNode)new JsonObject { ["namespace"] = place.Namespace, ["server"] = place.Server })]),
        ["roles"] = new JsonArray([.. args.Roles.Select(role => (JsonNode)new JsonObject
        {
            ["name"] = role.Name,
            ["groups"] = new JsonArray([.. role.Groups.Select(group => (JsonNode)group)]),
            ["policies"] = new JsonArray([.. role.Actions.Select(action =>
                (JsonNode)$"p, proj:{args.Project}:{role.Name}, applications, {action}, {args.Project}/*, allow")]),
        })]),
    };
}
