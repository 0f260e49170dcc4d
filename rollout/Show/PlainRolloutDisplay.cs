using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>Tells a rollout line by line, for logs and pipes.</summary>
internal sealed class PlainRolloutDisplay(IAnsiConsole console) : IRolloutObserver
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ValueTask OnAsync(RolloutState state, RolloutEvent @event, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var line in EventText.Lines(state, @event))
            {
                console.WriteLine(line);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Activities change too often for a log.</summary>
    public void OnActivity(StackId stack, string activity)
    {
    }
}
