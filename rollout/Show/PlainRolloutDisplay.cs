using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>Tells a rollout line by line, for logs and pipes.</summary>
internal sealed class PlainRolloutDisplay : IRolloutObserver, IAsyncDisposable
{
    // Whoever waits wants to know for what; a log that says it too often is not read. So at 30 s, a minute, two, four ...
    private static readonly TimeSpan FirstReminder = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly SortedDictionary<string, Running> _running = new(StringComparer.Ordinal);

    private PlainRolloutDisplay(IAnsiConsole console, TimeProvider time)
    {
        (_console, _time) = (console, time);
        _timer = time.CreateTimer(_ => Remind(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Tells what an operation does, until it ends.</summary>
    public static async Task<T> ShowAsync<T>(IAnsiConsole console, TimeProvider time, Func<IRolloutObserver, Task<T>> operation)
    {
        var display = new PlainRolloutDisplay(console, time);
        await using (display.ConfigureAwait(false))
        {
            return await operation(display).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask OnAsync(RolloutState state, RolloutEvent @event, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            switch (@event)
            {
                case RolloutEvent.StackStarted { Stack: var stack }:
                    _running[EventText.Name(stack)] = new Running(_time.GetTimestamp(), null, FirstReminder);
                    break;
                case RolloutEvent.StackFinished { Stack: var stack }:
                    _running.Remove(EventText.Name(stack));
                    break;
            }

            foreach (var line in EventText.Lines(state, @event))
            {
                _console.WriteLine(line);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Keeps the last word of each stack. Activities change too often for a log, so it is told only when it takes long.</summary>
    public void OnActivity(StackId stack, string activity)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(EventText.Name(stack), out var running))
            {
                _running[EventText.Name(stack)] = running with { Activity = activity };
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Remind()
    {
        lock (_lock)
        {
            foreach (var (name, running) in _running.ToArray())
            {
                var elapsed = _time.GetElapsedTime(running.Since);
                if (elapsed >= running.NextReminder)
                {
                    _console.WriteLine($"  {name}: {(int)elapsed.TotalSeconds} s so far, {running.Activity ?? "nothing heard of it yet"}");
                    _running[name] = running with { NextReminder = 2 * running.NextReminder };
                }
            }
        }
    }

    private sealed record Running(long Since, string? Activity, TimeSpan NextReminder);
}
