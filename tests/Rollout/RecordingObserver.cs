using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>Keeps what happened, in order.</summary>
internal sealed class RecordingObserver : IRolloutObserver
{
    private readonly List<RolloutEvent> _events = [];

    public IReadOnlyList<RolloutEvent> Events => _events;

    public ValueTask OnAsync(RolloutState state, RolloutEvent @event, CancellationToken cancellationToken)
    {
        lock (_events)
        {
            _events.Add(@event);
        }

        return ValueTask.CompletedTask;
    }

    public void OnActivity(StackId stack, string activity)
    {
    }
}
