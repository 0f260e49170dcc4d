using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Operators;

/// <summary>What a rollout, or a cluster in it, is waiting for.</summary>
/// <param name="Cause">The cause in one sentence.</param>
/// <param name="Evidence">What that is known from, a line each.</param>
/// <param name="Next">Commands that do something about it.</param>
public sealed record Explanation(string Cause, ImmutableArray<string> Evidence, ImmutableArray<string> Next)
{
    /// <summary>Explains a rollout.</summary>
    /// <param name="entries">Its entries.</param>
    /// <param name="state">Where they lead.</param>
    /// <param name="isAlive">Whether somebody runs it.</param>
    /// <param name="now">The present.</param>
    public static Explanation Of(IReadOnlyList<RolloutEntry> entries, RolloutState state, bool isAlive, DateTimeOffset now)
    {
        var back = state.Back is null ? "" : "It is being put back: ";
        return state switch
        {
            { Outcome: { } outcome } => Ended(state, outcome),
            _ when !isAlive => new(
                $"Its runner is gone since {Time(state.LastAt)}.", [.. state.Active.Current is null ? [] : Running(state.Active, now)], ["fog resume", "fog rollback --why TEXT"]),
            { Stop: not StopCause.None } => new($"{back}It is ending; what runs is let end.", [.. Failures(state), .. Running(state.Active, now)], []),
            { PausedBy: { } by } => new($"{back}{by} has paused it.", [.. Words(entries), .. Running(state.Active, now)], ["fog resume", "fog abort --why TEXT"]),
            _ when state.Active.Current is null => new($"{back}It is between two rings.", [], []),
            _ => InRing(entries, state, back, now),
        };
    }

    /// <summary>Explains a cluster in a rollout; null when the rollout does not know it.</summary>
    public static Explanation? Of(string cluster, IReadOnlyList<RolloutEntry> entries, RolloutState state, bool isAlive, DateTimeOffset now)
    {
        var stacks = state.Active.OfCluster(cluster).ToList();
        stacks = stacks.Count > 0 ? stacks : [.. state.Forward.OfCluster(cluster)];
        if (stacks.Count == 0)
        {
            return null;
        }

        // What is least far along says most.
        var stack = stacks.MinBy(each => each.Phase switch { StackPhase.Failed => 0, StackPhase.Deferred => 1, StackPhase.Running => 2, StackPhase.Pending => 3, _ => 4 })!;
        var name = stacks.Count == 1 ? cluster : $"{cluster} ({stack.Step.Stack.Application})";
        return stack.Phase switch
        {
            StackPhase.Running => new($"{name} is being updated: {Running(state.Active, stack.Step.Stack, now)}.", [], []),
            StackPhase.Failed => new($"{name} has failed: {stack.Reason}", [.. About(entries, stack.Step.Stack, now)], [$"fog retry {cluster} --why TEXT", $"fog skip {cluster} --why TEXT"]),
            StackPhase.Deferred => new($"{name} is left for later: {stack.Reason}", [], state.Outcome is null ? [] : ["fog catch-up"]),
            StackPhase.Skipped or StackPhase.Left => new($"{name} is left out: {stack.Reason}", [], []),
            StackPhase.Changed or StackPhase.Unchanged => new($"{name} is as wanted: {Wording.Versions(stack.Step.Wanted)}.", [.. About(entries, stack.Step.Stack, now)], []),
            _ => Waiting(entries, state, stack, name, isAlive, now),
        };
    }

    private static Explanation Ended(RolloutState state, RolloutOutcome outcome)
    {
        var owed = state.Owed().Select(each => $"{each.Step.Cluster.Name} is owed {Wording.Versions(each.Approved)}: {state.Active.Stacks[each.Step.Stack].Reason}");
        return new($"It has ended: {ReportJson.Name(outcome)}.", [.. Failures(state), .. owed], outcome switch
        {
            RolloutOutcome.Held => ["fog retry --why TEXT", "fog rollback --why TEXT"],
            RolloutOutcome.Cancelled => ["fog resume", "fog rollback --why TEXT"],
            _ when !state.Active.Deferred.IsEmpty => ["fog catch-up"],
            _ => [],
        });
    }

    private static Explanation InRing(IReadOnlyList<RolloutEntry> entries, RolloutState state, string back, DateTimeOffset now)
    {
        var (run, ring) = (state.Active, state.Active.CurrentPlan.Name);
        var gates = Undecided(run);
        if (gates.Count > 0)
        {
            var next = gates.Any(gate => Objections.OpenGates(state).Contains(gate.Name)) ? ImmutableArray.Create("fog approve --why TEXT", "fog reject --why TEXT") : [];
            return new($"{back}Ring {ring} waits for {string.Join(" and ", gates.Select(gate => $"'{gate.Name}'"))}.", [.. gates.SelectMany(gate => Gate(entries, run, gate, now))], next);
        }

        if (GateDecisions.ClosedUntil(run, now) is { } opens)
        {
            return new($"{back}Ring {ring} waits for its window: no update begins before {Time(opens)}.", [.. Running(run, now)], []);
        }

        return new(
            $"{back}Ring {ring}: {Wording.Count(run.Running, "stack")} being updated, {run.Current!.Pending.Count} waiting for their turn.",
            [.. Running(run, now), .. Retries(run, now)],
            []);
    }

    // Those before the ring while nothing of it has begun, those after it when all of it is done.
    private static List<Gate> Undecided(RunState run)
    {
        var current = run.Current!;
        GateMoment? moment = current.Wave is null ? GateMoment.After : current.UpdatedAt == current.StartedAt && current.Running.IsEmpty ? GateMoment.Before : null;
        return moment is null ? [] : [.. run.CurrentPlan.Ring.GatesAt(moment.Value).Where(gate => current.Gates.GetValueOrDefault(gate.Name) is null or { Verdict: Verdict.Inconclusive } && !gate.DryRun)];
    }

    private static IEnumerable<string> Gate(IReadOnlyList<RolloutEntry> entries, RunState run, Gate gate, DateTimeOffset now)
    {
        var known = run.Current!.Gates.GetValueOrDefault(gate.Name);
        if (gate is Gate.Soak soak)
        {
            yield return $"'{gate.Name}' ends at {Time(run.Current.UpdatedAt + soak.Duration)}";
        }

        if (known is not null)
        {
            yield return $"'{gate.Name}' asked since {Time(known.AskedAt)}{(gate.Limit is { } limit ? $", fails at {Time(known.AskedAt + limit)}" : "")}{(known.LookedAt is { } looked ? $", looked at {known.Rounds} times, again at {Time(looked + gate.Interval)}" : "")}";
        }

        var last = entries.LastOrDefault(entry => entry.Event is RolloutEvent.GateEvaluated evaluated && evaluated.Gate == gate.Name && evaluated.Ring == run.CurrentPlan.Name);
        foreach (var found in (last?.Event as RolloutEvent.GateEvaluated)?.Evidence ?? [])
        {
            yield return EvidenceText.Of(found, now);
        }
    }

    private static Explanation Waiting(IReadOnlyList<RolloutEntry> entries, RolloutState state, StackProgress stack, string name, bool isAlive, DateTimeOffset now)
    {
        var run = state.Active;
        var whole = Of(entries, state, isAlive, now);
        if (run.Current?.Turns.ContainsKey(stack.Step.Stack) != true)
        {
            return whole with { Cause = $"{name} waits for its ring {stack.Ring}, which has not begun. {whole.Cause}" };
        }

        if (stack.NotBefore > now)
        {
            return new($"{name} cannot be reached, {stack.Attempts} times so far; it is tried again at {Time(stack.NotBefore)}.", stack.Reason is { } reason ? [reason] : [], [$"fog skip {stack.Step.Cluster.Name} --why TEXT"]);
        }

        if (state.Holds.TryGetValue(stack.Step.Cluster.Name, out var hold) && hold.Until > now)
        {
            return new($"{name} asks not to be updated until {Time(hold.Until)}: {hold.Reason}", [], []);
        }

        return stack.Step.After.FirstOrDefault(after => run.Stacks.TryGetValue(after, out var other) && !other.IsDone) is { } parent
            ? new($"{name} waits for {parent.Cluster}, on which it hangs.", [$"{parent.Cluster}: {(run.Stacks[parent].Phase == StackPhase.Running ? Running(run, parent, now) : "waiting")}"], [])
            : whole with { Cause = $"{name} waits for its turn. {whole.Cause}" };
    }

    private static IEnumerable<string> Running(RunState run, DateTimeOffset now) =>
        (run.Current?.Running.Values ?? []).Select(running => $"{running.Stack.Cluster}: {Running(run, running.Stack, now)}");

    private static string Running(RunState run, StackId stack, DateTimeOffset now) => run.Current?.Running.Values.FirstOrDefault(running => running.Stack == stack) is { } running
        ? $"for {Wording.Seconds(now - running.StartedAt)}, to {Wording.Versions(run.Stacks[stack].Step.Wanted)}"
        : "as wanted";

    private static IEnumerable<string> Retries(RunState run, DateTimeOffset now) =>
        from stack in run.Current!.Pending.Values
        let progress = run.Stacks[stack]
        where progress.NotBefore > now
        select $"{stack.Cluster}: cannot be reached, tried again at {Time(progress.NotBefore)}: {progress.Reason}";

    private static IEnumerable<string> Failures(RolloutState state) => state.Failures.Select(failure => $"{failure}");

    private static IEnumerable<string> Words(IReadOnlyList<RolloutEntry> entries) =>
        entries.LastOrDefault(entry => entry.Event is RolloutEvent.Commanded { Command: OperatorCommand.Pause }) is { Event: RolloutEvent.Commanded { Command.Why: var why }, At: var at }
            ? [$"{Time(at)}: {why}"]
            : [];

    private static IEnumerable<string> About(IReadOnlyList<RolloutEntry> entries, StackId stack, DateTimeOffset now) =>
        entries.Select(entry => entry.Event).OfType<RolloutEvent.GateEvaluated>().SelectMany(gate => gate.Evidence).Where(found => found.Stack == stack).TakeLast(3)
            .Select(found => EvidenceText.Of(found, now));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
