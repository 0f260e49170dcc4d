using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Preview;

/// <summary>What happens in one layer of a ring.</summary>
/// <param name="Ring">The ring.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Clusters">How many clusters it has that the rollout looks at.</param>
/// <param name="Changed">In how many of them something changes.</param>
/// <param name="Create">How many resources are made or taken over.</param>
/// <param name="Update">How many are changed in place.</param>
/// <param name="Replace">How many are replaced.</param>
/// <param name="Delete">How many are deleted.</param>
/// <param name="Risks">What deserves a second look, with the number of clusters that it concerns; the gravest first.</param>
internal sealed record PreviewRow(
    string Ring,
    Layer Layer,
    int Clusters,
    int Changed,
    int Create,
    int Update,
    int Replace,
    int Delete,
    ImmutableArray<(PreviewRisk Risk, int Clusters)> Risks)
{
    /// <summary>The risks in words: <c>replaces 2, deletes 1</c>; <c>-</c> without any.</summary>
    public string RiskText => Risks.IsEmpty ? "-" : string.Join(", ", Risks.Select(risk => $"{risk.Risk.Name()} {risk.Clusters}"));
}

/// <summary>Sums a preview up, ring by ring and layer by layer. A pure function.</summary>
internal static class PreviewTable
{
    /// <summary>The rows, in the order in which they are taken.</summary>
    public static ImmutableArray<PreviewRow> Of(FleetPreview preview, ImmutableArray<PreviewBlock> blocks)
    {
        var outliers = blocks.Where(block => block.IsOutlier).SelectMany(block => block.Stacks).Select(stack => stack.Stack).ToHashSet();
        var order = preview.Rings.Select((ring, index) => (ring.Name, index)).DistinctBy(ring => ring.Name).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. from stack in preview.Stacks
               group stack by (stack.Ring, stack.Layer) into row
               orderby order.GetValueOrDefault(row.Key.Ring, int.MaxValue), row.Key.Layer
               select Row(row.Key.Ring, row.Key.Layer, [.. row], stack => outliers.Contains(stack.Stack)),
        ];
    }

    private static PreviewRow Row(string ring, Layer layer, ImmutableArray<StackPreview> stacks, Func<StackPreview, bool> isOutlier)
    {
        var risks = from stack in stacks
                    from risk in isOutlier(stack) ? PreviewRisks.Of(stack).Add(PreviewRisk.Outlier) : PreviewRisks.Of(stack)
                    group stack.Stack.Cluster by risk into found
                    orderby found.Key
                    select (found.Key, found.Distinct().Count());
        return new PreviewRow(
            ring,
            layer,
            stacks.Select(stack => stack.Stack.Cluster).Distinct().Count(),
            stacks.Where(stack => !stack.Changes.IsEmpty).Select(stack => stack.Stack.Cluster).Distinct().Count(),
            Sum(ResourceOperation.Create) + Sum(ResourceOperation.Import),
            Sum(ResourceOperation.Update),
            Sum(ResourceOperation.Replace),
            Sum(ResourceOperation.Delete),
            [.. risks]);

        int Sum(ResourceOperation operation) => stacks.Sum(stack => stack.Count(operation));
    }
}
