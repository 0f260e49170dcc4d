using System.Collections.Immutable;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Simulation;

/// <summary>How many clusters ran an unproven version, from a time on.</summary>
/// <param name="After">The time since the start.</param>
/// <param name="Clusters">How many.</param>
public sealed record Exposure(TimeSpan After, int Clusters);

/// <summary>A ring in a simulation.</summary>
/// <param name="Ring">The ring, or the part of one.</param>
/// <param name="Begun">When it began, since the start.</param>
/// <param name="Passed">When it passed; null when it did not.</param>
/// <param name="Updates">How many updates it took.</param>
/// <param name="MostExposed">How many clusters were exposed at once while it ran.</param>
public sealed record SimulatedRing(string Ring, TimeSpan Begun, TimeSpan? Passed, int Updates, int MostExposed);

/// <summary>What a simulation found.</summary>
/// <param name="Report">How the rollout ended.</param>
/// <param name="Rings">Its rings, in their order; the way back is not among them.</param>
/// <param name="Exposure">The exposure over time.</param>
/// <param name="FleetSize">How many clusters the fleet has.</param>
/// <param name="Events">How many events there were.</param>
public sealed record SimulationReport(
    RolloutReport Report, ImmutableArray<SimulatedRing> Rings, ImmutableArray<Exposure> Exposure, int FleetSize, int Events)
{
    /// <summary>How many clusters were exposed at once, at most: the blast radius.</summary>
    public int MostExposed => Exposure.IsEmpty ? 0 : Exposure.Max(each => each.Clusters);

    /// <summary>How many of a hundred that is.</summary>
    public double MostExposedPercent => FleetSize == 0 ? 0 : 100.0 * MostExposed / FleetSize;
}

/// <summary>Runs a plan over a model of its fleet: the same decisions, on virtual time.</summary>
public static class RolloutSimulation
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    /// <summary>Simulates.</summary>
    public static SimulationReport Run(RolloutPlan plan, FleetModel model)
    {
        var world = new ModelledWorld(model, Start);
        var rollout = new VirtualRollout(plan, world, Start);
        foreach (var cluster in plan.Steps.Select(step => step.Cluster.Name).Distinct(StringComparer.Ordinal))
        {
            if (world.BackAt(cluster) is { } back)
            {
                rollout.Schedule(back, new RolloutEvent.ClusterReturned(cluster));
            }
        }

        var watch = new Watch(rollout);
        var report = rollout.Run(mostEvents: 1000 + (100 * plan.Steps.Count()));
        return new SimulationReport(report, watch.Rings(), watch.Exposure(), plan.FleetSize, rollout.Entries.Count);
    }

    private sealed class Watch
    {
        private readonly List<Exposure> _exposure = [new(TimeSpan.Zero, 0)];
        private readonly List<SimulatedRing> _rings = [];

        public Watch(VirtualRollout rollout) => rollout.Recorded = (_, entry) => Take(rollout.State, entry);

        public ImmutableArray<SimulatedRing> Rings() => [.. _rings];

        public ImmutableArray<Exposure> Exposure() => [.. _exposure];

        private void Take(RolloutState state, RolloutEntry entry)
        {
            var after = entry.At - state.StartedAt;
            var exposed = state.Exposed;
            if (exposed != _exposure[^1].Clusters)
            {
                if (_exposure[^1].After == after)
                {
                    _exposure.RemoveAt(_exposure.Count - 1);
                }

                _exposure.Add(new Exposure(after, exposed));
            }

            if (state.Back is null)
            {
                TakeRing(entry.Event, after, exposed);
            }
        }

        private void TakeRing(RolloutEvent @event, TimeSpan after, int exposed)
        {
            if (@event is RolloutEvent.RingStarted { Ring: var ring })
            {
                _rings.Add(new SimulatedRing(ring, after, null, 0, exposed));
            }
            else if (_rings.Count > 0)
            {
                var running = _rings[^1];
                _rings[^1] = running with
                {
                    Passed = @event is RolloutEvent.RingPassed ? after : running.Passed,
                    Updates = running.Updates + (@event is RolloutEvent.StackStarted ? 1 : 0),
                    MostExposed = Math.Max(running.MostExposed, exposed),
                };
            }
        }
    }
}
