using System.Collections.Immutable;

namespace FogInfra.Model.Documents.Editing;

/// <summary>A change to a fleet document.</summary>
public abstract record FleetChange
{
    private FleetChange()
    {
    }

    /// <summary>An application is added, with its first service.</summary>
    public sealed record AddApplication(string Application, string? Namespace, NewService Service) : FleetChange;

    /// <summary>An application is removed.</summary>
    public sealed record RemoveApplication(string Application) : FleetChange;

    /// <summary>A service is added.</summary>
    public sealed record AddService(string Application, NewService Service) : FleetChange;

    /// <summary>A service is removed.</summary>
    public sealed record RemoveService(string Application, string Service) : FleetChange;

    /// <summary>The version of a service is set.</summary>
    public sealed record SetVersion(string Application, string Service, string Version) : FleetChange;

    /// <summary>The services that a service depends on are set; none of them is left over from before.</summary>
    public sealed record SetDependencies(string Application, string Service, ImmutableArray<string> DependsOn) : FleetChange;

    /// <summary>A cluster is added.</summary>
    public sealed record AddCluster(NewCluster Cluster) : FleetChange;

    /// <summary>A cluster is removed.</summary>
    public sealed record RemoveCluster(string Cluster) : FleetChange;

    /// <summary>A cluster is moved to another ring.</summary>
    public sealed record MoveCluster(string Cluster, string Ring) : FleetChange;
}

/// <summary>A service that is added.</summary>
public sealed record NewService
{
    /// <summary>The name; also that of its container.</summary>
    public required string Name { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>The ports that it listens on.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];

    /// <summary>The services that it depends on.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>The layers that it runs on, with the number of pods in each cluster.</summary>
    public required ImmutableSortedDictionary<string, int> Replicas { get; init; }

    /// <summary>The service as it is written.</summary>
    internal YamlValue.Map ToYaml()
    {
        List<(string, YamlValue)> container = [("name", new YamlValue.Scalar(Name)), ("image", new YamlValue.Scalar(Image))];
        if (!Ports.IsEmpty)
        {
            container.Add(("ports", new YamlValue.List([.. Ports.Select(port => new YamlValue.Map([("containerPort", new YamlValue.Number(port))]))])));
        }

        List<(string, YamlValue)> service = [("version", new YamlValue.Scalar(Version))];
        if (!DependsOn.IsEmpty)
        {
            service.Add(("dependsOn", YamlValue.Texts(DependsOn)));
        }

        service.Add(("containers", new YamlValue.List([new YamlValue.Map([.. container], IsBlock: true)])));
        service.Add(("layers", new YamlValue.Map(
            [.. Replicas.Select(layer => (layer.Key, (YamlValue)new YamlValue.Map([("replicas", new YamlValue.Number(layer.Value))])))], IsBlock: true)));
        return new YamlValue.Map([.. service], IsBlock: true);
    }
}

/// <summary>A cluster that is added.</summary>
public sealed record NewCluster
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The layer.</summary>
    public required string Layer { get; init; }

    /// <summary>The ring.</summary>
    public required string Ring { get; init; }

    /// <summary>The cluster that it hangs on, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The kubeconfig file of a cluster that exists; null for a simulated one.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The context in it; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>How many nodes a simulated cluster has; null for the layer's own number.</summary>
    public int? Nodes { get; init; }

    /// <summary>The cluster as it is written: in one line.</summary>
    internal YamlValue.Map ToYaml()
    {
        (string Key, YamlValue? Value)[] entries =
        [
            ("layer", Text(Layer)), ("ring", Text(Ring)), ("parent", Text(Parent)), ("kubeconfig", Text(Kubeconfig)), ("context", Text(Context)),
            ("nodes", Nodes is { } nodes ? new YamlValue.Number(nodes) : null),
        ];
        return new YamlValue.Map([.. entries.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value!))]);
    }

    private static YamlValue.Scalar? Text(string? text) => text is null ? null : new YamlValue.Scalar(text);
}
