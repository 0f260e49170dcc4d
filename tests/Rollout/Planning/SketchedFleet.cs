using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Tests;

/// <summary>
/// Fleets in one line: <c>core: c1=cloud; rest: f1=fog/c1@north, e1=edge/f1</c> has two rings; f1 is a fog cluster that hangs on c1 and stands
/// in the site north. They run one application with one service on every layer; it is at version 1 and goes to version 2.
/// </summary>
internal static class SketchedFleet
{
    public static readonly Application Application = App("app", "2");

    public static Application App(string name, string version) => new()
    {
        Name = name,
        Namespace = name,
        Services =
        [
            new Service
            {
                Name = "web",
                Version = version,
                Layers = LayerNames.All.ToImmutableSortedDictionary(layer => layer, _ => new ServiceLayer { Replicas = 1, Containers = [] }),
            },
        ],
    };

    public static Fleet Of(string sketch, RolloutPolicy? policy = null, Func<Ring, Ring>? ring = null)
    {
        var rings = sketch.Split(';').Select(part => part.Split(':')).Select(part => (Name: part[0].Trim(), Clusters: part[1].Split(',', StringSplitOptions.TrimEntries))).ToList();
        return new Fleet
        {
            Name = "sketched",
            Applications = [Application],
            Policy = policy ?? new RolloutPolicy(),
            Rings = [.. rings.Select(each => (ring ?? (same => same))(new Ring(each.Name, [])))],
            Clusters = [.. rings.SelectMany(each => each.Clusters.Select(text => Cluster(text, each.Name)))],
        };
    }

    public static Cluster Cluster(string text, string ring)
    {
        var (name, place) = Split(text, '=');
        var (above, site) = Split(place!, '@');
        var (layer, parent) = Split(above, '/');
        return new Cluster
        {
            Name = name,
            Layer = LayerNames.Find(layer)!.Value,
            Parent = parent,
            Site = site,
            Ring = ring,
            Engine = new ClusterEngine.Simulated(),
            Nodes = 1,
        };
    }

    public static StackId Stack(string cluster) => new("app", cluster);

    /// <summary>Everything at a version.</summary>
    public static ImmutableDictionary<StackId, ClusterWorkload> At(this Fleet fleet, string version) =>
        fleet.Clusters.ToImmutableDictionary(cluster => Stack(cluster.Name), cluster => ClusterWorkload.Resolve(App("app", version), cluster)!);

    /// <summary>The plan from version 1 to version 2.</summary>
    public static RolloutPlan Plan(this Fleet fleet, PlanOptions? options = null) => Planner.Plan(fleet, fleet.Applications, fleet.At("1"), options);

    /// <summary>A plan in one line: <c>core: c1 | rest: f1 &gt; e1, e2</c>, where <c>&gt;</c> stands between waves.</summary>
    public static string Sketch(this RolloutPlan plan) => string.Join(" | ", plan.Rings.Select(ring =>
        $"{ring.Name}: {string.Join(" > ", ring.Waves.Where(wave => wave.Steps.Length > 0).Select(wave => string.Join(", ", wave.Steps.Select(step => step.Cluster.Name))))}"));

    private static (string Before, string? After) Split(string text, char at) =>
        text.Split(at, 2) is [var before, var after] ? (before, after) : (text, null);
}
