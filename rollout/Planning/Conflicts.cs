using System.Collections.Immutable;

namespace FogInfra.Rollout.Planning;

/// <summary>Two rollouts that want to change the same service in the same cluster.</summary>
/// <param name="Service"><c>APPLICATION/SERVICE</c>.</param>
/// <param name="Clusters">The clusters, in the order of their names.</param>
public sealed record Conflict(string Service, ImmutableArray<string> Clusters)
{
    /// <summary><c>shop/web in edge-1, edge-2 and 7 more</c>.</summary>
    public override string ToString()
    {
        const int Told = 3;
        var more = Clusters.Length - Told;
        return $"{Service} in {string.Join(", ", Clusters.Take(Told))}{(more > 0 ? $" and {more} more" : "")}";
    }
}

/// <summary>Finds what two rollouts would fight over. Pure.</summary>
public static class Conflicts
{
    /// <summary>The services that both plans change, with the clusters in which they do; empty when they can run side by side.</summary>
    public static ImmutableArray<Conflict> Between(RolloutPlan one, RolloutPlan other)
    {
        var taken = Changes(other).ToHashSet();
        return
        [
            .. from change in Changes(one)
               where taken.Contains(change)
               group change.Cluster by change.Service into service
               orderby service.Key
               select new Conflict(service.Key, [.. service.Order(StringComparer.Ordinal)]),
        ];
    }

    // A stack that is taken away, or whose configuration changes, is a change of all its services.
    private static IEnumerable<(string Service, string Cluster)> Changes(RolloutPlan plan) =>
        from step in plan.Steps
        where step.Action != StepAction.Keep
        let versions = step.VersionChanges().Select(change => change.Service).ToList()
        from service in versions.Count > 0 ? versions : (step.Wanted ?? step.Deployed)!.Services.Select(service => service.Name)
        select ($"{step.Stack.Application}/{service}", step.Stack.Cluster);
}
