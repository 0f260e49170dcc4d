using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Diffs;

/// <summary>
/// Says what an update would change: compares the inputs of the last update with the new ones. What others have changed since shows
/// because a refresh writes it into the inputs (see <see cref="DriftedInputs"/>); spellings that the server prefers, and fields that it or
/// an admission webhook adds, therefore never show. No server is asked. Pure.
/// </summary>
internal static class ResourceDiff
{
    /// <summary>Compares.</summary>
    public static DiffResult Compare(ResourceType type, DiffRequest request, MutableData mutable)
    {
        var oldInputs = Comparable(request.OldInputs);
        var newInputs = Comparable(request.NewInputs);
        var ignored = request.IgnoreChanges.Select(PropertyPath.Parse).ToList();
        var changes = ObjectDiff.Compare(oldInputs, newInputs, type.Schema)
            .Where(change => !ignored.Any(path => change.Key.IsWithin(path)))
            .ToList();
        if (changes.Count == 0)
        {
            return DiffResult.NoChanges;
        }

        var forcing = ReplacementRules.For(type, newInputs, mutable);
        var detailed = changes.ToImmutableSortedDictionary(
            change => change.Key.ToString(),
            change => new PropertyDiff(forcing.Any(path => path.Touches(change.Key)) ? Replacing(change.Value) : change.Value, InputDiff: true),
            StringComparer.Ordinal);
        var replaces = detailed.Where(change => change.Value.IsReplace).Select(change => change.Key).ToImmutableArray();
        return new DiffResult
        {
            Changes = DiffChanges.Some,
            DetailedDiff = detailed,
            Diffs = [.. changes.Select(change => change.Key.Steps[0].Name!).Distinct(StringComparer.Ordinal)],
            Replaces = replaces,
            DeleteBeforeReplace = !replaces.IsEmpty && TakesTheSameName(oldInputs, newInputs),
        };
    }

    // In state from pulumi-kubernetes a namespace may be missing that is default.
    private static PropertyMap Comparable(PropertyMap inputs) =>
        inputs.TextAt("metadata", "namespace") is "default" or "" ? inputs.WithoutAt("metadata", "namespace") : inputs;

    // Two objects of one name cannot be there at once, so the old one has to go first.
    private static bool TakesTheSameName(PropertyMap oldInputs, PropertyMap newInputs) =>
        !Autonaming.IsAutonamed(newInputs)
        && newInputs.TextAt("metadata", "name") is { } name && name == oldInputs.TextAt("metadata", "name")
        && newInputs.TextAt("metadata", "namespace") == oldInputs.TextAt("metadata", "namespace");

    private static PropertyDiffKind Replacing(PropertyDiffKind kind) => kind switch
    {
        PropertyDiffKind.Add => PropertyDiffKind.AddReplace,
        PropertyDiffKind.Delete => PropertyDiffKind.DeleteReplace,
        PropertyDiffKind.Update => PropertyDiffKind.UpdateReplace,
        _ => kind,
    };
}
