using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Provider;

/// <summary>Compares a cluster with what is wanted: what changes in place, and what only a new cluster can bring. Pure.</summary>
internal static class ClusterDiff
{
    // All else is fixed when a cluster is made.
    private static readonly HashSet<string> InPlace = ["layer", "controlPlane", "worker", "link", "architecture", "kubeconfig", "context"];

    // Part of how a simulated cluster is made; a change is no reason to throw one away with all that runs in it.
    private static readonly HashSet<string> ReadOnce = ["simulatedImages"];

    // The simulator sets a node's size when it makes the node.
    private static readonly string[] Sizes = ["cpu", "memory"];

    /// <summary>Compares.</summary>
    public static DiffResult Compare(PropertyMap oldInputs, PropertyMap oldOutputs, PropertyMap newInputs)
    {
        var changes = new SortedDictionary<string, PropertyDiff>(StringComparer.Ordinal);
        foreach (var name in oldInputs.Names.Concat(newInputs.Names).Distinct().Where(name => !ReadOnce.Contains(name)))
        {
            var (before, after) = (oldInputs[name], newInputs[name]);
            if (!Equals(before?.Reveal(), after?.Reveal()))
            {
                var replace = !InPlace.Contains(name) || ResizesSimulated(name, before, after, newInputs);
                changes[name] = new PropertyDiff(KindOf(before, after, replace && !GrowsK3d(name, before, after, newInputs)), InputDiff: true);
            }
        }

        foreach (var (path, replace) in Drift(oldOutputs, newInputs))
        {
            changes.TryAdd(path, new PropertyDiff(replace ? PropertyDiffKind.UpdateReplace : PropertyDiffKind.Update));
        }

        if (changes.Count == 0)
        {
            return DiffResult.NoChanges;
        }

        return new DiffResult
        {
            Changes = DiffChanges.Some,
            Replaces = [.. changes.Where(change => change.Value.IsReplace).Select(change => change.Key)],
            Diffs = [.. changes.Keys.Select(path => path.Split('[')[0]).Distinct()],
            DetailedDiff = changes.ToImmutableSortedDictionary(StringComparer.Ordinal),
            // Two clusters cannot have one name, nor publish one port.
            DeleteBeforeReplace = true,
        };
    }

    private static IEnumerable<(string Path, bool Replace)> Drift(PropertyMap outputs, PropertyMap inputs)
    {
        if (inputs.GetText("engine") == "existing")
        {
            yield break; // Whatever there is amiss, it is not ours to mend.
        }

        var nodes = ClusterOutputs.ReadNodes(outputs);
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!nodes[i].IsWell && !(nodes[i].Status == NodeStatus.NotReady && inputs["podNetwork"]?.Unwrap() is PropertyValue.Bool { Value: false }))
            {
                // Workers of k3d can be added one by one; for all others a node that is gone cannot come back.
                var addable = inputs.GetText("engine") == "k3d" && nodes[i].Role == NodeRoles.Worker;
                yield return ($"nodes[{i}]", nodes[i].Status == NodeStatus.Missing && !addable);
            }
        }
    }

    private static bool ResizesSimulated(string name, PropertyValue? before, PropertyValue? after, PropertyMap inputs) =>
        inputs.GetText("engine") == "simulated" && name is "controlPlane" or "worker"
        && Sizes.Any(size => Text(before, size) != Text(after, size));

    private static bool GrowsK3d(string name, PropertyValue? before, PropertyValue? after, PropertyMap inputs) =>
        inputs.GetText("engine") == "k3d" && name == "topology" && before is not null && after is not null
        && Equals(Child(before, "controlPlanes"), Child(after, "controlPlanes"));

    private static PropertyValue? Child(PropertyValue? value, string name) => value?.Unwrap() is PropertyValue.Map map ? map.Properties[name] : null;

    private static string? Text(PropertyValue? value, string name) => Child(value, name)?.Unwrap() is PropertyValue.Text text ? text.Value : null;

    private static PropertyDiffKind KindOf(PropertyValue? before, PropertyValue? after, bool replace) => (before, after) switch
    {
        (null, _) => replace ? PropertyDiffKind.AddReplace : PropertyDiffKind.Add,
        (_, null) => replace ? PropertyDiffKind.DeleteReplace : PropertyDiffKind.Delete,
        _ => replace ? PropertyDiffKind.UpdateReplace : PropertyDiffKind.Update,
    };
}
