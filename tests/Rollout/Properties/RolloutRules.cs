using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Simulation;

namespace FogInfra.Tests;

/// <summary>
/// What must hold at each step of any rollout, and at its end. It keeps its own books from the events and the world, so that a mistake in
/// the runner's state cannot hide from it.
/// </summary>
internal sealed class RolloutRules
{
    private readonly Scenario _scenario;
    private readonly VirtualRollout _rollout;
    private readonly Dictionary<string, Cluster> _clusters;
    private readonly HashSet<StackId> _running = [];
    private readonly Dictionary<StackId, int> _finished = [];
    private readonly Dictionary<StackId, int> _generations = [];
    private readonly HashSet<StackId> _retried = [];
    private readonly HashSet<string> _left = [];
    private readonly Dictionary<string, HashSet<string>> _failed = [];
    private readonly HashSet<string> _exposed = [];
    private readonly Dictionary<string, Verdict> _gates = [];
    private readonly HashSet<string> _byPerson = [];
    private readonly HashSet<StackId> _skippedByHand = [];
    private DateTimeOffset _updatedAt;
    private bool _stopped;
    private bool _paused;

    public RolloutRules(Scenario scenario, VirtualRollout rollout)
    {
        (_scenario, _rollout) = (scenario, rollout);
        _clusters = scenario.Fleet.Clusters.ToDictionary(cluster => cluster.Name);
        rollout.Recorded = (before, entry) => Take(before, entry);
    }

    private bool GoesBack => _rollout.State.Back is not null;

    private RolloutPolicy Policy => _scenario.Fleet.Policy;

    public void CheckEnd(RolloutReport report)
    {
        foreach (var stack in report.Stacks)
        {
            var (id, step) = (stack.Step.Stack, stack.Step);
            var place = $"{id} is {stack.Outcome} at the end of a rollout that {report.Outcome}";
            switch (stack.Outcome)
            {
                case StackOutcome.Changed or StackOutcome.Unchanged:
                    Rule(_scenario.World.Runs(id, step.Wanted), $"{place}, but does not run what is wanted");
                    break;
                case StackOutcome.RolledBack:
                    Rule(_scenario.World.Runs(id, step.Fallback), $"{place}, but does not run what was proven");
                    break;
                case StackOutcome.Deferred or StackOutcome.Failed or StackOutcome.Skipped:
                    Rule(!string.IsNullOrEmpty(stack.Reason), $"{place}, and nobody says why");
                    break;
                case StackOutcome.NotReached:
                    var touched = _rollout.State.Forward.Stacks[id].Touched;
                    Rule(!report.Succeeded, $"{place}: it was forgotten");
                    Rule(touched ? report.Outcome is RolloutOutcome.Held or RolloutOutcome.Aborted : _scenario.World.Runs(id, step.Deployed), $"{place}, but it was touched");
                    break;
            }
        }

        var outcomes = report.Stacks.Select(stack => stack.Outcome).ToHashSet();
        Rule(report.Outcome != RolloutOutcome.RolledBack || report.Stacks.All(stack => stack.Outcome != StackOutcome.Failed || _left.Contains(stack.Step.Cluster.Name) || _scenario.World.Runs(stack.Step.Stack, stack.Step.Deployed)),
            "the rollout was put back, but for one that failed");
        Rule(report.Outcome != RolloutOutcome.RolledBack || report.Stacks.All(stack => stack.Outcome != StackOutcome.Changed || _left.Contains(stack.Step.Cluster.Name)),
            "the rollout was put back, but for one that was changed");
        Rule(report.Outcome != RolloutOutcome.RolledBack || !outcomes.Contains(StackOutcome.RollbackFailed),
            $"the rollout was put back, but for {string.Join(", ", outcomes)}");
        Rule(_running.Count == 0 || report.Outcome is RolloutOutcome.Cancelled, "updates run after the end");
        Rule(report.Stacks.Select(stack => stack.Step.Stack).Distinct().Count() == report.Stacks.Length, "a stack is told twice");
    }

    private void Take(RolloutState before, RolloutEntry entry)
    {
        switch (entry.Event)
        {
            case RolloutEvent.StackStarted { Stack: var stack }:
                CheckStart(before, stack);
                _generations[stack] = _generations.GetValueOrDefault(stack) + 1;

                // What a gate after the ring has said is not about what is updated from now on.
                before.Active.CurrentPlan.Ring.GatesAt(GateMoment.After).ToList().ForEach(Forget);
                break;
            case RolloutEvent.StackFinished finished:
                Finish(finished);
                break;
            case RolloutEvent.StackGivenUp { Stack: var stack }:
                Fail(stack);
                break;
            case RolloutEvent.TakenOver:
                _running.Clear();
                break;
            case RolloutEvent.RingStarted:
                _gates.Clear();
                _byPerson.Clear();
                _updatedAt = entry.At;
                break;
            case RolloutEvent.GateEvaluated gate:
                TakeGate(before, gate);
                break;
            case RolloutEvent.RingPassed { Ring: var ring }:
                CheckPass(before, ring);
                break;
            case RolloutEvent.Stopped:
                _stopped = true;
                break;
            case RolloutEvent.RollbackStarted:
                Rule(_running.Count == 0, "a rollback starts while updates run");
                _stopped = false;
                _finished.Clear();
                _generations.Clear();
                break;
            case RolloutEvent.ClusterLeft { Cluster: var cluster }:
                _left.Add(cluster);
                break;
            case RolloutEvent.ClustersJoined { Steps: var steps }:
                foreach (var step in steps)
                {
                    _clusters.TryAdd(step.Cluster.Name, step.Cluster);
                }

                break;
            case RolloutEvent.Commanded { Command: var command }:
                Take(before, command);
                break;
        }
    }

    private void Take(RolloutState before, OperatorCommand command)
    {
        _paused = command is OperatorCommand.Pause || (_paused && command is not (OperatorCommand.Resume or OperatorCommand.Abort or OperatorCommand.Rollback));
        switch (command)
        {
            case OperatorCommand.Retry { Cluster: var cluster }:
                foreach (var stack in before.Active.Stacks.Values.Where(stack => stack.Phase == StackPhase.Failed && (cluster is null || stack.Step.Cluster.Name == cluster)))
                {
                    _retried.Add(stack.Step.Stack);
                    _failed.Values.ToList().ForEach(failed => failed.Remove(stack.Step.Cluster.Name));
                }

                _gates.Where(gate => gate.Value == Verdict.Failed).ToList().ForEach(gate => _gates.Remove(gate.Key));
                _stopped = false;
                break;
            case OperatorCommand.Skip { Cluster: var cluster }:
                _failed.Values.ToList().ForEach(failed => failed.Remove(cluster));
                _skippedByHand.UnionWith(before.Active.Stacks.Keys.Where(stack => stack.Cluster == cluster));
                break;
            case OperatorCommand.Approve or OperatorCommand.Reject:
                foreach (var (gate, _) in before.Active.Current?.Gates.Where(gate => gate.Value.Verdict == Verdict.Inconclusive) ?? [])
                {
                    _gates[gate] = command is OperatorCommand.Approve ? Verdict.Passed : Verdict.Failed;
                    _byPerson.Add(gate);
                }

                break;
        }
    }

    private void CheckStart(RolloutState before, StackId stack)
    {
        foreach (var window in before.Active.CurrentPlan.Ring.GatesAt(GateMoment.Before).OfType<Gate.Window>().Where(window => !_byPerson.Contains(window.Name)))
        {
            Rule(window.IsOpen(_rollout.Now), $"{stack} is updated outside of {window.Name}");
        }

        var (run, step) = (before.Active, before.Active.Stacks[stack].Step);
        Rule(_running.Add(stack), $"{stack} is updated twice at once");
        Rule(!_paused, $"{stack} starts although the rollout is paused");
        Rule(!_left.Contains(stack.Cluster) , $"{stack} starts although its cluster left");
        Rule(!step.IsSkipped, $"{stack} starts although nothing is to be done");
        Rule(_finished.GetValueOrDefault(stack) == 0 || _retried.Contains(stack), $"{stack} is updated again although it is done");
        var wave = run.CurrentPlan.Waves.Single(wave => wave.Steps.Any(other => other.Stack == stack));
        Rule(wave.Steps.Count(other => _running.Contains(other.Stack)) <= wave.MaxConcurrent, $"{stack} starts, and more run than {wave.MaxConcurrent}");
        Rule(step.FailureDomain is null || _running.Count(other => run.Stacks[other].Step.FailureDomain == step.FailureDomain) == 1, $"{stack} starts, and another one of {step.FailureDomain} runs");
        if (GoesBack)
        {
            return;
        }

        Rule(!_stopped, $"{stack} starts although the rollout has stopped");
        CheckParents(stack, step);
        CheckBudgets(run, stack, step);
        Rule(before.Holds.GetValueOrDefault(stack.Cluster) is not { } hold || hold.Until <= _rollout.Now, $"{stack} starts although its cluster holds");
    }

    // Looks at the fleet and the world, not at what the plan says the stack waits for.
    private void CheckParents(StackId stack, StackStep step)
    {
        for (var parent = _clusters[stack.Cluster].Parent; parent is not null; parent = _clusters[parent].Parent)
        {
            var above = _rollout.State.Forward.Stacks.Values.Where(other => other.Step.Cluster.Name == parent).ToList();
            foreach (var other in above.Where(other => other.Phase != StackPhase.Left && !other.Step.IsSkipped))
            {
                Rule(other.IsAsWanted && _scenario.World.Runs(other.Step.Stack, other.Step.Wanted), $"{stack} starts before its parent {other.Step.Stack}, which is {other.Phase}");
            }

            if (above.Count > 0)
            {
                return;
            }
        }
    }

    private void CheckBudgets(RunState run, StackId stack, StackStep step)
    {
        var ring = run.CurrentPlan.Ring;
        var size = run.Plan.Rings.Where(other => other.Ring.Name == ring.Name).SelectMany(other => other.Steps).Select(other => other.Cluster.Name).Distinct().Count();
        var budget = (ring.FailureBudget ?? Policy.RingFailureBudget).Budget(size);
        Rule(_failed.GetValueOrDefault(ring.Name, []).Count <= budget, $"{stack} starts although more than {budget} clusters of {ring.Name} have failed");
        Rule(Policy.FleetFailureBudget is not { } fleet || _failed.Values.SelectMany(each => each).Distinct().Count() <= fleet.Budget(_scenario.Fleet.Clusters.Length),
            $"{stack} starts although more clusters of the fleet have failed than may");
        if (step.Exposes && _exposed.Add(stack.Cluster) && Policy.ExposureBudget is { } exposure)
        {
            var most = exposure.Of(_scenario.Fleet.Clusters.Length);
            var elsewhere = _scenario.World.Observe(_rollout.State, _rollout.Now).ExposedElsewhere;
            Rule(_exposed.Count + elsewhere <= most, $"{stack} starts, and {_exposed.Count} clusters and {elsewhere} elsewhere are exposed; {most} may be");
        }
    }

    private void Finish(RolloutEvent.StackFinished finished)
    {
        var (stack, result) = (finished.Stack, finished.Result);
        Rule(_running.Remove(stack), $"{stack} ends without running");
        _updatedAt = _rollout.Now;
        if (result.Succeeded)
        {
            _finished[stack] = _finished.GetValueOrDefault(stack) + 1;
            _retried.Remove(stack);
        }
        else if (result.Kind == FailureKind.Health)
        {
            Fail(stack);
        }
        else if (!_rollout.State.Active.Stacks.Values.Any(other => other.Step.Cluster.Name == stack.Cluster && (other.Touched || other.Phase == StackPhase.Running)))
        {
            _exposed.Remove(stack.Cluster);
        }
    }

    private void Fail(StackId stack)
    {
        var ring = _rollout.State.Active.RingOf(_rollout.State.Active.Stacks[stack].Ring);
        (_failed.TryGetValue(ring, out var failed) ? failed : _failed[ring] = []).Add(stack.Cluster);
    }

    private void TakeGate(RolloutState before, RolloutEvent.GateEvaluated gate)
    {
        // What was seen once holds, but for what is watched: that may change while the ring soaks.
        var isWatched = before.Active.Current is not null && before.Active.CurrentPlan.Ring.Gates.Any(each => each.Name == gate.Gate && each.IsWatched);
        var decided = _gates.GetValueOrDefault(gate.Gate) switch
        {
            Verdict.Inconclusive => false,
            Verdict.Passed => !isWatched || _byPerson.Contains(gate.Gate),
            _ => true,
        };
        if (decided || before.Active.Current is null || before.Active.CurrentPlan.Name != gate.Ring)
        {
            return;
        }

        // A look takes a while. One that began before a stack was tried again is on record like any other, and means nothing: the runner
        // must not take it, and the rule is about those that it takes. It must not drop others.
        if (Rounds(_rollout.State, gate.Gate) == Rounds(before, gate.Gate))
        {
            Rule(before.Active.Current.Wave is not null || _updatedAt > gate.Since, $"a look at the gate {gate.Gate} is dropped although nothing was updated since");
            return;
        }

        var failing = gate.Evidence.Where(found => found is { Verdict: Verdict.Failed, Stack: not null }).ToList();
        _gates[gate.Gate] = gate.Verdict;
        foreach (var found in failing.Where(found => _rollout.State.Active.Stacks[found.Stack!].Phase == StackPhase.Failed))
        {
            Fail(found.Stack!);
            _gates[gate.Gate] = Verdict.Inconclusive;
        }

        foreach (var found in gate.Evidence.Where(found => found is { Verdict: Verdict.Passed, Stack: not null }))
        {
            Rule(found.Generation == _generations.GetValueOrDefault(found.Stack!), $"the gate {gate.Gate} takes evidence of update {found.Generation} of {found.Stack}");
        }
    }

    private void Forget(Gate gate)
    {
        _gates.Remove(gate.Name);
        _byPerson.Remove(gate.Name);
    }

    private static int Rounds(RolloutState state, string gate) => state.Active.Current?.Gates.GetValueOrDefault(gate)?.Rounds ?? 0;

    private void CheckPass(RolloutState before, string ring)
    {
        var plan = before.Active.CurrentPlan;
        Rule(plan.Name == ring, $"ring {ring} passes, but {plan.Name} runs");
        Rule(_running.Count == 0, $"ring {ring} passes while updates run");
        _exposed.ExceptWith(plan.Steps.Select(step => step.Cluster.Name));
        var updated = plan.Steps.Any(step => before.Active.Stacks[step.Stack] is { IsAsWanted: true, Generation: > 0, Step.Wanted: not null });
        foreach (var gate in plan.Ring.GatesAt(GateMoment.After).Where(gate => updated && !gate.DryRun))
        {
            Rule(_gates.GetValueOrDefault(gate.Name) == Verdict.Passed, $"ring {ring} passes although its gate '{gate.Name}' has not");
        }

        foreach (var step in plan.Steps)
        {
            Rule(before.Active.Stacks[step.Stack].IsDone, $"ring {ring} passes although {step.Stack} is not done");
        }
    }

    private void Rule(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new RuleBrokenException($"Seed {_scenario.Seed}, {_rollout.Now:u}: {otherwise}.");
        }
    }
}

/// <summary>A rule does not hold.</summary>
internal sealed class RuleBrokenException(string message) : Exception(message);
