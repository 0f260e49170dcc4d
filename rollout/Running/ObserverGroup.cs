using System.Collections.Immutable;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Several observers as one; each is told after the one before it.</summary>
public sealed class ObserverGroup(params ImmutableArray<IRolloutObserver> observers) : IRolloutObserver
{
    /// <inheritdoc/>
    public async ValueTask OnAsync(RolloutState state, RolloutEvent @event, CancellationToken cancellationToken)
    {
        foreach (var observer in observers)
        {
            await observer.OnAsync(state, @event, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void OnActivity(StackId stack, string activity)
    {
        foreach (var observer in observers)
        {
            observer.OnActivity(stack, activity);
        }
    }
}
