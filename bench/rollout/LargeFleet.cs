using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Bench.Rollout;

/// <summary>A fleet of many clusters: one in a hundred in the cloud, one in ten in the fog, each hanging on one further in.</summary>
internal static class LargeFleet
{
    public static Fleet Of(int clusters, int rings) => new()
    {
        Name = "large",
        Applications = [Application("1.0.0")],
        Rings = [.. Enumerable.Range(0, rings).Select(number => Ring(number))],
        Clusters = [.. Enumerable.Range(0, clusters).Select(number => Cluster(number, clusters, rings))],
        Policy = new RolloutPolicy
        {
            MaxConcurrent = new Amount.Percent(10),
            Canaries = new Amount.Count(2),
            SpreadOver = "site",
            Seed = 1,
            RingFailureBudget = new Amount.Percent(5),
            Quorum = new Amount.Percent(85),
            ExposureBudget = new Amount.Percent(20),
            ClusterTimeLimit = TimeSpan.FromMinutes(10),
        },
    };

    public static Application Application(string version) => new()
    {
        Name = "shop",
        Namespace = "shop",
        Services = [Service("inventory", version, []), Service("web", version, ["inventory"])],
    };

    /// <summary>What is deployed when every cluster has a version.</summary>
    public static ImmutableDictionary<StackId, ClusterWorkload> Deployed(Fleet fleet, string version)
    {
        var application = Application(version);
        return fleet.Clusters.ToImmutableDictionary(
            cluster => new StackId(application.Name, cluster.Name), cluster => ClusterWorkload.Resolve(application, cluster)!);
    }

    private static Ring Ring(int number) => new($"r{number}", [new OutputCheck("healthy", Comparison.Is, "true")])
    {
        Gates = [new Gate.Soak(TimeSpan.FromMinutes(10))],
    };

    // Rings grow: 1, 2, 4, ... parts of the fleet. Those further in are in the earliest ring of those that hang on them: the first.
    private static Cluster Cluster(int number, int clusters, int rings)
    {
        var layer = number < clusters / 100 ? Layer.Cloud : number < clusters / 10 ? Layer.Fog : Layer.Edge;
        var share = (double)number / clusters * ((1 << rings) - 1);
        return new Cluster
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"c{number}"),
            Layer = layer,
            Ring = layer == Layer.Edge ? $"r{Math.Min(rings - 1, (int)Math.Log2(share + 1))}" : "r0",
            Parent = layer switch { Layer.Cloud => null, Layer.Fog => $"c{number % Math.Max(1, clusters / 100)}", _ => $"c{(clusters / 100) + (number % Math.Max(1, (clusters / 10) - (clusters / 100)))}" },
            Engine = new ClusterEngine.Simulated(),
            Nodes = 1,
            Site = string.Create(CultureInfo.InvariantCulture, $"site-{number % (clusters / 4)}"),
        };
    }

    private static Service Service(string name, string version, ImmutableArray<string> dependsOn) => new()
    {
        Name = name,
        Version = version,
        DependsOn = dependsOn,
        Layers = LayerNames.All.ToImmutableSortedDictionary(layer => layer, _ => new ServiceLayer
        {
            Replicas = 2,
            Containers = [new Container { Name = name, Image = $"shop/{name}" }],
        }),
    };
}
