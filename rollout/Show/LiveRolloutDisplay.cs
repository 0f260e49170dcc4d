using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FogInfra.Rollout.Show;

/// <summary>Shows a rollout in a terminal as one tree that changes in place: rings, stacks, what each is doing.</summary>
internal sealed class LiveRolloutDisplay : IRolloutObserver
{
    private readonly Lock _lock = new();
    private readonly LiveDisplayContext _live;
    private readonly Dictionary<StackId, Row> _rows = [];
    private readonly Dictionary<string, string> _rings = [];
    private RolloutPlan? _plan;

    private LiveRolloutDisplay(LiveDisplayContext live) => _live = live;

    /// <summary>Shows what an operation tells, until it ends.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IRolloutObserver, Task<T>> operation) =>
        console.Live(new Text("")).StartAsync(live => operation(new LiveRolloutDisplay(live)));

    /// <inheritdoc/>
    public ValueTask OnAsync(RolloutState state, RolloutEvent @event, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Take(state, @event);
            Refresh();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void OnActivity(StackId stack, string activity)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(stack, out var row))
            {
                _rows[stack] = row with { Text = activity };
                Refresh();
            }
        }
    }

    private void Take(RolloutState state, RolloutEvent @event)
    {
        _plan = state.Forward.Plan;
        switch (@event)
        {
            case RolloutEvent.Started or RolloutEvent.ClustersJoined:
                foreach (var step in _plan.Steps)
                {
                    _rows.TryAdd(step.Stack, new Row("○", Color.Grey, Wording.Of(step)));
                }

                break;
            case RolloutEvent.RingStarted { Ring: var ring } when state.Back is null:
                _rings[ring] = "running";
                break;
            case RolloutEvent.RingPassed { Ring: var ring } when state.Back is null:
                _rings[ring] = "passed";
                break;
            case RolloutEvent.StackStarted { Stack: var stack }:
                var begun = state.Active.Stacks[stack].Step;
                _rows[stack] = new Row("◌", Color.Yellow, state.Back is null ? Wording.Of(begun) : $"back to {Wording.Versions(begun.Wanted)}");
                break;
            case RolloutEvent.StackFinished { Stack: var stack, Result: var result, Duration: var duration }:
                _rows[stack] = result.Succeeded && state.Back is not null ? new Row("↩", Color.Yellow, "put back") : Finished(result, duration);
                break;
            case RolloutEvent.StackDeferred { Stack: var stack, Reason: var reason }:
                _rows[stack] = new Row("॥", Color.Yellow, $"deferred: {reason}");
                break;
            case RolloutEvent.StackGivenUp { Stack: var stack, Reason: var reason }:
                _rows[stack] = new Row("✖", Color.Red, reason);
                break;
            case RolloutEvent.ClusterLeft or RolloutEvent.Commanded { Command: OperatorCommand.Skip }:
                foreach (var left in state.Active.Stacks.Values.Where(stack => stack.Phase is StackPhase.Left or StackPhase.Skipped))
                {
                    _rows[left.Step.Stack] = new Row("-", Color.Grey, left.Reason ?? "left out");
                }

                break;
            case RolloutEvent.ApprovalAsked { Ring: var ring }:
                _rings[ring] = "waits for approval: fog approve";
                break;
            case RolloutEvent.GateEvaluated { Ring: var ring, Gate: var gate, Verdict: not Verdict.Passed and var verdict }:
                _rings[ring] = $"check '{gate}' {(verdict == Verdict.Failed ? "does not hold" : "is undecided")}";
                break;
        }
    }

    private static Row Finished(StackResult result, TimeSpan duration) => result.Succeeded
        ? new Row("✔", Color.Green, $"{Wording.Changes(result)}, {Wording.Ready(result)} ready, {Wording.Seconds(duration)}")
        : new Row("✖", Color.Red, string.Join("; ", result.Failures.Select(failure => failure.Reason)));

    private void Refresh()
    {
        _live.UpdateTarget(new Rows((_plan?.Rings ?? []).Select(Render)));
        _live.Refresh();
    }

    private IRenderable Render(RingPlan ring)
    {
        var tree = new Tree(new Text($"ring {ring.Name} {_rings.GetValueOrDefault(ring.Name)}".TrimEnd(), new Style(decoration: Decoration.Bold)));
        foreach (var step in ring.Waves.SelectMany(wave => wave.Steps))
        {
            var row = _rows[step.Stack];
            tree.AddNode(new Text($"{row.Icon} {step.Cluster.Name} {step.Cluster.Layer.Name()} {step.Stack.Application}  {row.Text}", new Style(row.Color))
                .Overflow(Overflow.Ellipsis));
        }

        return tree;
    }

    private sealed record Row(string Icon, Color Color, string Text);
}
