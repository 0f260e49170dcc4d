using System.Collections.Immutable;
using FogInfra.Model;
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
    public ValueTask OnAsync(RolloutEvent @event, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Take(@event);
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

    private void Take(RolloutEvent @event)
    {
        switch (@event)
        {
            case RolloutEvent.Started { Plan: var plan }:
                _plan = plan;
                foreach (var step in plan.Steps)
                {
                    _rows[step.Stack] = new Row("○", Color.Grey, Wording.Of(step));
                }

                break;
            case RolloutEvent.RingStarted { Ring: var ring }:
                _rings[ring.Ring.Name] = "running";
                break;
            case RolloutEvent.RingPassed { Ring: var ring }:
                _rings[ring.Ring.Name] = "passed";
                break;
            case RolloutEvent.StackStarted { Step: var step }:
                _rows[step.Stack] = new Row("◌", Color.Yellow, Wording.Of(step));
                break;
            case RolloutEvent.RollbackStackStarted { Step: var step }:
                _rows[step.Stack] = new Row("◌", Color.Yellow, $"back to {Wording.Versions(step.Deployed)}");
                break;
            case RolloutEvent.StackFinished { Step: var step, Result: var result, Duration: var duration }:
                _rows[step.Stack] = Finished(result, duration);
                break;
            case RolloutEvent.RollbackStackFinished { Step: var step, Result: var result, Duration: var duration }:
                _rows[step.Stack] = result.Succeeded ? new Row("↩", Color.Yellow, "put back") : Finished(result, duration);
                break;
            case RolloutEvent.Checked { Ring: var ring, Result: { Passed: false } check }:
                _rings[ring.Ring.Name] = $"check '{check.Check}' does not hold";
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
        var tree = new Tree(new Text($"ring {ring.Ring.Name} {_rings.GetValueOrDefault(ring.Ring.Name)}".TrimEnd(), new Style(decoration: Decoration.Bold)));
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
