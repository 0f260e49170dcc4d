using System.Collections.Immutable;

namespace FogInfra.Clusters.Nodes;

/// <summary>
/// Nodes whose machines were started. An API server holds a node that was stopped a short while ago for ready still, until its kubelet
/// speaks again or 40 s have passed, so only what the kubelet has said since then counts.
/// </summary>
/// <param name="Names">The nodes.</param>
/// <param name="At">When they were started, or a little before.</param>
internal sealed record Restarted(ImmutableArray<string> Names, DateTimeOffset At)
{
    /// <summary>No node.</summary>
    public static readonly Restarted None = new([], DateTimeOffset.MinValue);

    /// <summary>Whether a node is ready, as far as it can be known.</summary>
    public bool IsReady(ClusterNode node) => node.IsReady && (!Names.Contains(node.Name) || node.LastHeartbeat >= Second(At));

    // Heartbeats have no fractions.
    private static DateTimeOffset Second(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
