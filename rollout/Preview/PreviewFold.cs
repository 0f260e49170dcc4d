using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Preview;

/// <summary>Stacks that would change in the same way, but for the names of their clusters.</summary>
internal sealed record PreviewBlock
{
    /// <summary>The application.</summary>
    public required string Application { get; init; }

    /// <summary>The layer.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The stacks, in the order in which they are taken.</summary>
    public required ImmutableArray<StackPreview> Stacks { get; init; }

    /// <summary>The diff; with placeholders for the clusters' names when there are several stacks.</summary>
    public required ImmutableArray<DiffLine> Lines { get; init; }

    /// <summary>How many stacks of the same application and layer there are.</summary>
    public required int Peers { get; init; }

    /// <summary>Whether these stacks are few, and most of their peers are of one other kind.</summary>
    public required bool IsOutlier { get; init; }

    /// <summary>The resources that change in each of the stacks.</summary>
    public ImmutableArray<ResourceChange> Changes => Stacks[0].Changes;

    /// <summary>Why the previews failed.</summary>
    public ImmutableArray<string> Failures => Stacks[0].Failures;

    /// <summary>Whether nothing would change.</summary>
    public bool IsUnchanged => Changes.IsEmpty && Failures.IsEmpty;
}

/// <summary>Folds equal changes of a fleet's stacks. A pure function.</summary>
internal static class PreviewFold
{
    // Stacks are few when they are at most this share of their peers; of small fleets a single one is few.
    private const double FewestShare = 0.1;

    /// <summary>
    /// The blocks: failures first, then outliers (the rarest first), then the others (the most frequent first). Stacks that stay as
    /// they are form a block too, so that a cluster that a change passes by unlike its peers is seen.
    /// </summary>
    public static ImmutableArray<PreviewBlock> Fold(IEnumerable<StackPreview> stacks) =>
    [
        .. stacks
            .GroupBy(stack => (stack.Stack.Application, stack.Layer))
            .SelectMany(peers => FoldPeers([.. peers]))
            .OrderBy(block => block switch { { Failures.IsEmpty: false } => 0, { IsOutlier: true } => 1, { IsUnchanged: false } => 2, _ => 3 })
            .ThenBy(block => block.IsOutlier ? block.Stacks.Length : -block.Stacks.Length),
    ];

    private static IEnumerable<PreviewBlock> FoldPeers(ImmutableArray<StackPreview> peers)
    {
        var groups = peers.GroupBy(KeyOf, StringComparer.Ordinal).Select(group => group.ToImmutableArray()).ToList();
        var most = groups.Max(group => group.Length);
        return groups.Select(group => new PreviewBlock
        {
            Application = group[0].Stack.Application,
            Layer = group[0].Layer,
            Stacks = group,
            Lines = LinesOf(group),
            Peers = peers.Length,
            IsOutlier = group.Length < most && group.Length <= Math.Max(1, peers.Length * FewestShare),
        });
    }

    private static ImmutableArray<DiffLine> LinesOf(ImmutableArray<StackPreview> group)
    {
        var lines = DiffLines.Of(group[0].Changes);
        if (group.Length == 1)
        {
            return lines;
        }

        var template = TemplateOf(group[0]);
        return [.. lines.Select(line => line with { Text = template.Apply(line.Text) })];
    }

    // The type token is a part of the key, because the lines name only its last part.
    private static string KeyOf(StackPreview stack)
    {
        var texts = stack.Changes.SelectMany(change => DiffLines.Of([change], all: true).Select(line => $"{line}").Prepend(change.Type)).Concat(stack.Failures);
        return TemplateOf(stack).Apply(string.Join('\n', texts));
    }

    private static ClusterTemplate TemplateOf(StackPreview stack) => new(stack.Stack.Cluster, stack.Parent);
}
