using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>Turns what a provider says of a resource's changes, and what its program asks for, into the engine's own view of them.</summary>
internal static class DiffDecision
{
    /// <summary>The path by which <c>replaceOnChanges</c> names errors that the resource was left with.</summary>
    private const string InitErrorKey = "#initerror";

    /// <summary>The provider's answer in the engine's terms.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="before">The old inputs.</param>
    /// <param name="after">The new inputs.</param>
    /// <param name="ignoreChanges">Paths whose changes do not count where the engine compares by itself.</param>
    public static ResourceDiff FromProvider(DiffResult answer, PropertyMap before, PropertyMap after, ImmutableArray<string> ignoreChanges)
    {
        var diff = new ResourceDiff
        {
            HasChanges = answer.Changes == DiffChanges.Some,
            ReplaceKeys = answer.Replaces,
            ChangedKeys = answer.Diffs,
            Detailed = answer.DetailedDiff,
            DeleteBeforeReplace = answer.DeleteBeforeReplace,
        };
        if (answer.Changes != DiffChanges.Unknown)
        {
            return diff;
        }

        var compared = StructuralDiff.Compare(before, IgnoredChanges.Apply(before, after, ignoreChanges, out _));
        return compared with { ReplaceKeys = answer.Replaces, DeleteBeforeReplace = answer.DeleteBeforeReplace };
    }

    /// <summary>The changes, with those that the program wants to replace for marked so.</summary>
    /// <param name="diff">The changes.</param>
    /// <param name="replaceOnChanges">The paths whose changes are to replace.</param>
    /// <param name="hasInitErrors">The resource was left with errors.</param>
    /// <param name="compare">Compares the inputs, for a provider that says that something changes but not what.</param>
    public static ResourceDiff WithReplaceOnChanges(
        ResourceDiff diff, ImmutableArray<string> replaceOnChanges, bool hasInitErrors, Func<ResourceDiff>? compare = null)
    {
        var paths = replaceOnChanges.Select(PropertyPath.TryParse).OfType<PropertyPath>().ToArray();
        if (paths.Length == 0)
        {
            return diff;
        }

        bool Replaces(string text) => PropertyPath.TryParse(text) is { } changed && paths.Any(path => path.Contains(changed));
        if (diff.HasChanges)
        {
            var isTold = diff.Detailed is not null || !diff.ChangedKeys.IsEmpty || compare is null;
            var changed = isTold ? diff.ChangedKeys : [.. compare!().Detailed?.Keys ?? []];
            diff = diff with
            {
                ReplaceKeys = [.. diff.ReplaceKeys.Union(changed.Where(Replaces))],
                Detailed = diff.Detailed?.ToImmutableSortedDictionary(
                    item => item.Key, item => Replaces(item.Key) ? ToReplace(item.Value) : item.Value, StringComparer.Ordinal),
            };
        }

        return hasInitErrors && Replaces(InitErrorKey)
            ? diff with { HasChanges = true, ReplaceKeys = [.. diff.ReplaceKeys.Union([InitErrorKey])] }
            : diff;
    }

    /// <summary>Whether a changed trigger asks for a replacement.</summary>
    /// <param name="before">The trigger of the state; null without one.</param>
    /// <param name="after">The trigger of the program; null without one.</param>
    public static bool TriggerReplaces(PropertyValue? before, PropertyValue? after)
    {
        if ((before?.ContainsUnknowns ?? false) || (after?.ContainsUnknowns ?? false))
        {
            return true;
        }

        var (old, now) = (before?.Reveal() ?? PropertyValue.Null, after?.Reveal() ?? PropertyValue.Null);
        return old is not PropertyValue.NullValue && now is not PropertyValue.NullValue && !old.Equals(now);
    }

    private static PropertyDiff ToReplace(PropertyDiff diff) => diff with
    {
        Kind = diff.Kind switch
        {
            PropertyDiffKind.Add => PropertyDiffKind.AddReplace,
            PropertyDiffKind.Delete => PropertyDiffKind.DeleteReplace,
            PropertyDiffKind.Update => PropertyDiffKind.UpdateReplace,
            var kind => kind,
        },
    };
}
