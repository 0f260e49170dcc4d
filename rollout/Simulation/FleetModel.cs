using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Simulation;

/// <summary>How a fleet behaves in a simulation. Shares are from 0 to 1; which clusters they hit is drawn from the seed.</summary>
public sealed record FleetModel
{
    /// <summary>What everything is drawn from: the same seed, the same faults.</summary>
    public required int Seed { get; init; }

    /// <summary>How long the update of a stack takes where nothing better is known.</summary>
    public TimeSpan UpdateTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the update of a stack took before, by stack.</summary>
    public IReadOnlyDictionary<StackId, TimeSpan> KnownTimes { get; init; } = ImmutableDictionary<StackId, TimeSpan>.Empty;

    /// <summary>By how much an update may take longer or shorter than that.</summary>
    public double Jitter { get; init; } = 0.3;

    /// <summary>The share of clusters that are offline at first.</summary>
    public double Offline { get; init; }

    /// <summary>How long these are offline, at most; the shortest is a tenth of it.</summary>
    public TimeSpan OfflineFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The share of clusters on which the new version fails.</summary>
    public double Failing { get; init; }

    /// <summary>The ring in which it fails; null for all.</summary>
    public string? FailingRing { get; init; }

    /// <summary>The share of updates during which the link breaks.</summary>
    public double Flaky { get; init; }
}

/// <summary>A world that behaves as a <see cref="FleetModel"/> says.</summary>
internal sealed class ModelledWorld(FleetModel model, DateTimeOffset start) : IVirtualWorld
{
    private static readonly ImmutableSortedDictionary<string, int> Nothing = ImmutableSortedDictionary<string, int>.Empty;
    private static readonly ImmutableSortedDictionary<string, int> Updated = Nothing.Add("update", 1);
    private static readonly JsonObject Healthy = new() { ["healthy"] = true };

    /// <summary>When a cluster that is offline at first comes back; null for one that is not.</summary>
    public DateTimeOffset? BackAt(string cluster) => Draw("offline", cluster) < model.Offline
        ? start + (model.OfflineFor * (0.1 + (0.9 * Draw("back", cluster))))
        : null;

    /// <inheritdoc/>
    public (StackResult Result, TimeSpan Duration) Update(StackStep step, int generation, Direction direction, DateTimeOffset now)
    {
        var (stack, cluster) = (step.Stack, step.Cluster.Name);
        var time = model.KnownTimes.TryGetValue(stack, out var known) ? known : model.UpdateTime;
        var duration = time * (1 + (model.Jitter * ((2 * Draw("time", $"{stack}#{generation}")) - 1)));
        if (BackAt(cluster) > now)
        {
            return (Failed("it cannot be reached", FailureKind.Transport, Nothing), TimeSpan.FromSeconds(5));
        }

        if (Draw("link", $"{stack}#{generation}") < model.Flaky)
        {
            return (Failed("the link broke", FailureKind.Transport, Updated), duration / 2);
        }

        return step.Exposes && direction == Direction.Forward && IsFailing(step)
            ? (Failed("its pods do not become ready", FailureKind.Health, Updated), duration * 2)
            : (new StackResult { Changes = Updated, Outputs = Healthy }, duration);
    }

    /// <inheritdoc/>
    public StackResult Interrupt(StackStep step, bool killed) => Failed("it took longer than its time limit", FailureKind.Health, Updated);

    /// <inheritdoc/>
    public TimeSpan PreStage(StackStep step, DateTimeOffset now) => model.UpdateTime / 2;

    /// <inheritdoc/>
    public (Func<DateTimeOffset, ImmutableArray<Evidence>> Evidence, TimeSpan Duration) Look(EvidenceRequest request, DateTimeOffset now) =>
        (at => [new Evidence { Verdict = Verdict.Passed, Value = "taken as passed", Source = "simulation", ObservedAt = at }], TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    public Observations Observe(RolloutState state, DateTimeOffset now) => Observations.None;

    // A rollback goes to what ran before, which is taken to run again.
    private bool IsFailing(StackStep step) =>
        (model.FailingRing is null || step.Cluster.Ring == model.FailingRing)
        && Draw("fails", step.Cluster.Name) < model.Failing;

    private static StackResult Failed(string reason, FailureKind kind, ImmutableSortedDictionary<string, int> changes) =>
        new() { Changes = changes, Failures = [new StackFailure(null, reason)], Kind = kind };

    private double Draw(string what, string who) => (WaveOrder.Draw(model.Seed, $"{what} {who}") >> 11) / (double)(1UL << 53);
}
