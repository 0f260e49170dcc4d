using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Simulation;

namespace FogInfra.Tests;

/// <summary>The clusters of a scenario: what each really runs, and everything that goes wrong with them.</summary>
internal sealed class ScenarioWorld : IVirtualWorld
{
    private const string Broken = "broken";

    private readonly Random _random;
    private readonly double _offline;
    private readonly double _failing;
    private readonly double _flaky;
    private readonly double _partial;
    private readonly double _slow;
    private readonly double _checkFails;
    private readonly double _gateUndecided;
    private readonly double _stale;
    private readonly int _elsewhere;
    private readonly Dictionary<string, DateTimeOffset?> _backAt = [];
    private readonly Dictionary<StackId, string?> _runs = [];

    public ScenarioWorld(int seed, Scenario scenario, Random random)
    {
        _random = new Random(seed ^ 0x5f3759df);
        double Share(double often, double most) => random.NextDouble() < often ? random.NextDouble() * most : 0;
        (_offline, _failing, _flaky, _partial) = (Share(0.4, 0.5), Share(0.5, 0.3), Share(0.3, 0.4), random.NextDouble());
        (_slow, _checkFails, _gateUndecided, _stale) = (Share(0.3, 0.3), Share(0.3, 0.3), Share(0.3, 0.9), Share(0.3, 0.5));
        _elsewhere = random.NextDouble() < 0.2 ? random.Next(1, 6) : 0;
        foreach (var cluster in scenario.Fleet.Clusters)
        {
            _backAt[cluster.Name] = random.NextDouble() >= _offline ? null
                : random.NextDouble() < 0.3 ? DateTimeOffset.MaxValue.AddYears(-1)
                : Scenario.Start + TimeSpan.FromMinutes(random.Next(0, 180));
        }

        foreach (var (stack, workload) in scenario.Deployed)
        {
            _runs[stack] = WorkloadJson.Write(workload);
        }
    }

    /// <summary>When a cluster comes back that is offline at the start; null for one that is not.</summary>
    public DateTimeOffset? BackAt(string cluster) => _backAt.GetValueOrDefault(cluster);

    /// <summary>What a stack's cluster really runs, as text; null for nothing.</summary>
    public string? Runs(StackId stack) => _runs.GetValueOrDefault(stack);

    /// <summary>Whether a stack's cluster really runs a workload.</summary>
    public bool Runs(StackId stack, ClusterWorkload? workload) => Runs(stack) == (workload is null ? null : WorkloadJson.Write(workload));

    public (StackResult Result, TimeSpan Duration) Update(StackStep step, int generation, Direction direction, DateTimeOffset now)
    {
        var duration = TimeSpan.FromSeconds(_random.Next(5, Happens(_slow) ? 900 : 60));
        if (_backAt.GetValueOrDefault(step.Cluster.Name) > now)
        {
            return (Failed("no route to host", FailureKind.Transport, 0), TimeSpan.FromSeconds(5));
        }

        if (Happens(_flaky))
        {
            var partial = Happens(_partial);
            if (partial)
            {
                _runs[step.Stack] = Broken;
            }

            return (Failed("connection reset", FailureKind.Transport, partial ? 1 : 0), duration / 2);
        }

        if (Happens(direction == Direction.Forward ? _failing : _failing / 4))
        {
            _runs[step.Stack] = Broken;
            return (Failed("its pods crash", FailureKind.Health, 1), duration);
        }

        var wanted = step.Wanted is null ? null : WorkloadJson.Write(step.Wanted);
        var same = Runs(step.Stack) == wanted;
        _runs[step.Stack] = wanted;
        return (new StackResult { Changes = Count(same ? "same" : "update", 1), Outputs = new JsonObject { ["healthy"] = !Happens(_checkFails), ["ready"] = "yes" } }, duration);
    }

    /// <summary>Nobody knows how far it got.</summary>
    public StackResult Interrupt(StackStep step, bool killed)
    {
        if (Happens(0.5))
        {
            _runs[step.Stack] = Broken;
        }

        return Failed("it took longer than its time limit", FailureKind.Health, 1);
    }

    public TimeSpan PreStage(StackStep step, DateTimeOffset now) => TimeSpan.FromSeconds(_random.Next(1, 100));

    public (Func<DateTimeOffset, ImmutableArray<Evidence>> Evidence, TimeSpan Duration) Look(EvidenceRequest request, DateTimeOffset now)
    {
        if (Happens(_gateUndecided))
        {
            return (_ => [], TimeSpan.FromSeconds(_random.Next(1, 30)));
        }

        if (request.Gate is Gate.Metric)
        {
            var verdict = Happens(0.02) ? Verdict.Failed : Verdict.Passed;
            return (_ => [request.AboutRing(verdict, "errors", "a metric")], TimeSpan.FromSeconds(_random.Next(0, 10)));
        }

        var stale = Happens(_stale);
        return (_ => [.. OutputEvidence.Collect(request).Select(found => stale ? found with { Generation = found.Generation - 1 } : found)], TimeSpan.FromSeconds(_random.Next(0, 10)));
    }

    public Observations Observe(RolloutState state, DateTimeOffset now) =>
        new() { ExposedElsewhere = (int)((now - Scenario.Start).TotalMinutes / 7) % 2 == 0 ? _elsewhere : 0 };

    private bool Happens(double share) => share > 0 && _random.NextDouble() < share;

    private static StackResult Failed(string reason, FailureKind kind, int changed) =>
        new() { Changes = Count("update", changed), Failures = [new StackFailure(null, reason)], Kind = kind };

    private static ImmutableSortedDictionary<string, int> Count(string operation, int count) =>
        ImmutableSortedDictionary<string, int>.Empty.Add(operation, count);
}
