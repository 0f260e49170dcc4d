using System.Collections.Immutable;

namespace FogInfra.Rollout.Preview;

/// <summary>The changes of a stack as lines in the manner of a diff: a sign, then the text.</summary>
internal static class DiffLines
{
    /// <summary>The lines of some changes.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="all">Whether of a new resource every property is told, not only those that people look for.</param>
    public static ImmutableArray<DiffLine> Of(IEnumerable<ResourceChange> changes, bool all = false) => [.. changes.SelectMany(change => Of(change, all))];

    private static IEnumerable<DiffLine> Of(ResourceChange change, bool all)
    {
        yield return new DiffLine(Sign(change.Operation), Heading(change), IsHeading: true);
        var isNew = change.Operation is ResourceOperation.Create or ResourceOperation.Import;
        foreach (var property in change.Properties.Where(property => all || !isNew || IsTelling(property.Path)))
        {
            var reason = property.Replaces ? " (forces the replacement)" : "";
            if (property.Before is { } before)
            {
                yield return new DiffLine('-', $"{property.Path}: {before}{(property.After is null ? reason : "")}");
            }

            if (property.After is { } after)
            {
                yield return new DiffLine('+', $"{property.Path}: {after}{reason}");
            }
        }
    }

    // What a new workload runs, and how many of it.
    private static bool IsTelling(string path) => path is "spec.replicas" || path.EndsWith("].image", StringComparison.Ordinal);

    private static string Heading(ResourceChange change) => $"{change.Operation.Verb()} {change.Kind} {change.Name}";

    private static char Sign(ResourceOperation operation) => operation switch
    {
        ResourceOperation.Replace or ResourceOperation.Delete => '-',
        ResourceOperation.Create or ResourceOperation.Import => '+',
        _ => '!',
    };

    /// <summary>The operation as an imperative.</summary>
    public static string Verb(this ResourceOperation operation) => operation switch
    {
        ResourceOperation.Replace => "replace",
        ResourceOperation.Delete => "delete",
        ResourceOperation.Create => "create",
        ResourceOperation.Import => "import",
        _ => "update",
    };
}

/// <summary>A line of a diff.</summary>
/// <param name="Sign"><c>-</c> for what goes, <c>+</c> for what comes, <c>!</c> for what changes.</param>
/// <param name="Text">The text.</param>
/// <param name="IsHeading">Whether it names a resource; the properties of the resource follow.</param>
internal sealed record DiffLine(char Sign, string Text, bool IsHeading = false)
{
    /// <inheritdoc/>
    public override string ToString() => IsHeading ? $"{Sign} {Text}" : $"{Sign}     {Text}";
}
