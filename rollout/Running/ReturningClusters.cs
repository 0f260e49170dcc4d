using System.Runtime.CompilerServices;

namespace FogInfra.Rollout.Running;

/// <summary>Tells a running rollout of clusters that were offline and can be reached again.</summary>
/// <param name="probe">Looks.</param>
/// <param name="time">The clock.</param>
/// <param name="interval">How often it looks. Default: every 10 seconds.</param>
public sealed class ReturningClusters(IClusterProbe probe, TimeProvider time, TimeSpan? interval = null) : IRolloutInbox
{
    private readonly TimeSpan _interval = interval ?? TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RolloutEvent> ReadAsync(Func<RolloutState> state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var run = state().Active;
            var offline = run.Deferred.Select(stack => run.Stacks[stack])
                .Where(stack => stack is { Cause: DeferralCause.Offline, Returned: false })
                .Select(stack => stack.Step.Cluster)
                .DistinctBy(cluster => cluster.Name);
            foreach (var cluster in offline)
            {
                if (await probe.UnreachableBecauseAsync(cluster, cancellationToken).ConfigureAwait(false) is null)
                {
                    yield return new RolloutEvent.ClusterReturned(cluster.Name);
                }
            }
        }
    }
}
