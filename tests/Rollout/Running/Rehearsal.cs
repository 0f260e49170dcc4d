using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Simulation;

namespace FogInfra.Tests;

/// <summary>A rollout on virtual time in a world that does what a test says. Every update takes ten seconds unless it says otherwise.</summary>
internal sealed class Rehearsal : IVirtualWorld
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<string> _updates = [];
    private readonly List<(int Second, Action<VirtualRollout, DateTimeOffset> Schedule)> _scheduled = [];
    private int _running;

    /// <summary>Clusters of which the workload fails, going forward.</summary>
    public HashSet<string> Failing { get; init; } = [];

    /// <summary>From which second on a workload that fails does not any more.</summary>
    public Dictionary<string, int> MendedAt { get; init; } = [];

    /// <summary>Clusters of which the workload fails, going back.</summary>
    public HashSet<string> FailingBack { get; init; } = [];

    /// <summary>Clusters that are offline, until a second.</summary>
    public Dictionary<string, int> OfflineUntil { get; init; } = [];

    /// <summary>Clusters that go offline, from a second on.</summary>
    public Dictionary<string, int> OfflineFrom { get; } = [];

    /// <summary>How long updates take, in seconds, where it is not 10.</summary>
    public Dictionary<string, int> Takes { get; init; } = [];

    /// <summary>The outputs after an update of a cluster.</summary>
    public Func<string, JsonObject> Outputs { get; set; } = _ => new JsonObject { ["healthy"] = true };

    /// <summary>What a gate sees at a second.</summary>
    public Func<EvidenceRequest, int, ImmutableArray<Evidence>> Sees { get; set; } = (request, _) => OutputEvidence.Collect(request);

    public Func<int, int> ExposedElsewhere { get; set; } = _ => 0;

    /// <summary>The updates in the order in which they began: <c>0 c1 2</c> at second 0 to version 2.</summary>
    public IReadOnlyList<string> Updates => _updates;

    /// <summary>The clusters in the order in which their updates began.</summary>
    public IEnumerable<string> Order => _updates.Select(update => update.Split(' ')[1]);

    public int MostAtOnce { get; private set; }

    public RolloutReport Report { get; private set; } = null!;

    public VirtualRollout Rollout { get; private set; } = null!;

    public RolloutState State => Rollout.State;

    public IEnumerable<T> Events<T>()
        where T : RolloutEvent => Rollout.Entries.Select(entry => entry.Event).OfType<T>();

    /// <summary>The second at which the first event of a kind happened.</summary>
    public int SecondOf<T>(Func<T, bool>? which = null)
        where T : RolloutEvent => Second(Rollout.Entries.First(entry => entry.Event is T found && (which is null || which(found))).At);

    public Rehearsal At(int second, RolloutEvent @event)
    {
        _scheduled.Add((second, (rollout, at) => rollout.Schedule(at, @event)));
        return this;
    }

    public Rehearsal At(int second, OperatorCommand command) => At(second, new RolloutEvent.Commanded(command));

    public Rehearsal KillAt(int second)
    {
        _scheduled.Add((second, (rollout, at) => rollout.ScheduleKill(at)));
        return this;
    }

    public Rehearsal Run(RolloutPlan plan)
    {
        Rollout = new VirtualRollout(plan, this, Start) { Recorded = (_, entry) => Count(entry.Event) };
        foreach (var (cluster, second) in OfflineUntil)
        {
            Rollout.Schedule(Time(second), new RolloutEvent.ClusterReturned(cluster));
        }

        foreach (var (second, schedule) in _scheduled)
        {
            schedule(Rollout, Time(second));
        }

        Report = Rollout.Run(mostEvents: 5000);
        return this;
    }

    public Rehearsal Run(Fleet fleet) => Run(fleet.Plan());

    /// <summary>What became of each cluster: <c>c1 changed</c>.</summary>
    public IEnumerable<string> Outcomes() => Report.Stacks.Select(stack => $"{stack.Step.Cluster.Name} {stack.Outcome.ToString().ToLowerInvariant()}");

    public StackReport Of(string cluster) => Report.Stacks.Single(stack => stack.Step.Cluster.Name == cluster);

    public static DateTimeOffset Time(int second) => Start.AddSeconds(second);

    public (StackResult Result, TimeSpan Duration) Update(StackStep step, int generation, Direction direction, DateTimeOffset now)
    {
        var cluster = step.Cluster.Name;
        _updates.Add($"{Second(now)} {cluster} {step.Wanted?.Versions()["web"] ?? "none"}");
        var duration = TimeSpan.FromSeconds(Takes.GetValueOrDefault(cluster, 10));
        return (OfflineUntil.TryGetValue(cluster, out var until) && now < Time(until)) || (OfflineFrom.TryGetValue(cluster, out var from) && now >= Time(from)) ? (Result("update", 0, "no route to host", FailureKind.Transport), TimeSpan.FromSeconds(1))
            : (direction == Direction.Forward ? Failing : FailingBack).Contains(cluster) && now < Time(MendedAt.GetValueOrDefault(cluster, int.MaxValue)) ? (Result("update", 1, "its pods crash", FailureKind.Health), duration)
            : (Result("update", 1, null, default) with { Outputs = Outputs(cluster) }, duration);
    }

    public StackResult Interrupt(StackStep step, bool killed) => Result("update", 1, "it took longer than its time limit", FailureKind.Health);

    public TimeSpan PreStage(StackStep step, DateTimeOffset now)
    {
        _updates.Add($"{Second(now)} {step.Cluster.Name} prepared");
        return TimeSpan.FromSeconds(5);
    }

    public (Func<DateTimeOffset, ImmutableArray<Evidence>> Evidence, TimeSpan Duration) Look(EvidenceRequest request, DateTimeOffset now) =>
        (at => Sees(request, Second(at)), TimeSpan.FromSeconds(1));

    public Observations Observe(RolloutState state, DateTimeOffset now) => new() { ExposedElsewhere = ExposedElsewhere(Second(now)) };

    private static int Second(DateTimeOffset time) => (int)(time - Start).TotalSeconds;

    private void Count(RolloutEvent @event)
    {
        _running += @event switch
        {
            RolloutEvent.StackStarted => 1,
            RolloutEvent.StackFinished => -1,
            RolloutEvent.TakenOver => -_running,
            _ => 0,
        };
        MostAtOnce = Math.Max(MostAtOnce, _running);
    }

    private static StackResult Result(string operation, int count, string? failure, FailureKind kind) => new()
    {
        Changes = ImmutableSortedDictionary<string, int>.Empty.Add(operation, count),
        Failures = failure is null ? [] : [new StackFailure("web", failure)],
        Kind = kind,
    };
}
