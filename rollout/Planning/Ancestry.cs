using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>Which clusters hang on which.</summary>
internal static class Ancestry
{
    /// <summary>The ancestors of a cluster, the nearest first.</summary>
    public static IEnumerable<Cluster> Of(Cluster cluster, IReadOnlyDictionary<string, Cluster> clusters)
    {
        // A circle of parents, which a document cannot have but a hand-made fleet may, ends at its first repetition.
        var seen = new HashSet<string>(StringComparer.Ordinal) { cluster.Name };
        for (var at = cluster; at.Parent is { } parent && seen.Add(parent) && clusters.TryGetValue(parent, out var found); at = found)
        {
            yield return found;
        }
    }

    /// <summary>Lets each step wait for the stacks of the nearest ancestor that has any.</summary>
    public static ImmutableArray<StackStep> Link(ImmutableArray<StackStep> steps, Fleet fleet)
    {
        var clusters = fleet.Clusters.ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
        var stacks = steps.GroupBy(step => step.Cluster.Name, step => step.Stack, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        return
        [
            .. from step in steps
               let nearest = Of(step.Cluster, clusters).FirstOrDefault(ancestor => stacks.ContainsKey(ancestor.Name))
               select nearest is null ? step : step with { After = stacks[nearest.Name] },
        ];
    }

    /// <summary>The clusters with those of the same set that they hang on.</summary>
    public static ImmutableHashSet<string> Close(IEnumerable<Cluster> clusters, IReadOnlyDictionary<string, Cluster> within) =>
        [.. clusters.SelectMany(cluster => Of(cluster, within).Prepend(cluster)).Select(cluster => cluster.Name)];
}
