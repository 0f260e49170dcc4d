using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>What a refresh makes of a state. Pure.</summary>
internal static class RefreshedState
{
    /// <summary>
    /// The changes of the state. With a resource that is gone go all references to it; its children get the nearest ancestor that
    /// is left.
    /// </summary>
    /// <param name="entries">The entries, in the order of the state.</param>
    /// <param name="found">What each is now; null when it is gone. Entries that were not looked at are missing.</param>
    public static IEnumerable<StateChange> ChangesOf(
        IEnumerable<ResourceEntry> entries, IReadOnlyDictionary<ResourceEntry, ResourceState?> found)
    {
        // A URN may name several entries, so what counts is whether one of them stands before the reference.
        var referenceable = new HashSet<Urn>();
        var formerParents = new Dictionary<Urn, Urn?>();
        foreach (var entry in entries)
        {
            var before = entry.State;
            if ((found.TryGetValue(entry, out var now) ? now : before) is not { } after)
            {
                formerParents[before.Urn] = before.Parent;
                yield return new StateChange.Removed(entry);
                continue;
            }

            if (after.References.Any(urn => !referenceable.Contains(urn)))
            {
                var parent = NearestParent(after.Parent, referenceable, formerParents);
                after = after.MapReferences(urn => referenceable.Contains(urn) ? urn : null) with { Parent = parent };
            }

            referenceable.Add(after.Urn);
            if (!ReferenceEquals(after, before))
            {
                yield return new StateChange.Changed(entry, after);
            }
        }
    }

    /// <summary>The changes seen from the other side: what was added was deleted, and the other way round.</summary>
    public static ResourceDiff Invert(ResourceDiff diff) => diff with
    {
        Detailed = diff.Detailed?.ToImmutableSortedDictionary(
            item => item.Key,
            item => item.Value with
            {
                Kind = item.Value.Kind switch
                {
                    PropertyDiffKind.Add => PropertyDiffKind.Delete,
                    PropertyDiffKind.Delete => PropertyDiffKind.Add,
                    PropertyDiffKind.AddReplace => PropertyDiffKind.DeleteReplace,
                    PropertyDiffKind.DeleteReplace => PropertyDiffKind.AddReplace,
                    var kind => kind,
                },
            },
            StringComparer.Ordinal),
    };

    private static Urn? NearestParent(Urn? parent, HashSet<Urn> referenceable, Dictionary<Urn, Urn?> formerParents)
    {
        while (parent is not null && !referenceable.Contains(parent))
        {
            parent = formerParents.GetValueOrDefault(parent);
        }

        return parent;
    }
}
