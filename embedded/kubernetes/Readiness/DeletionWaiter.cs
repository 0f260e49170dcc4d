using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Feeds;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Waits until deleted objects are really gone, and tells what holds them back.</summary>
internal sealed class DeletionWaiter(KubernetesClient client, FeedHub feeds, TimeProvider time)
{
    /// <summary>Waits.</summary>
    /// <param name="resource">The object's kind.</param>
    /// <param name="target">The object that is being deleted.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="tell">Told what is waited for, whenever that changes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it is gone; else why not.</returns>
    public async Task<WaitResult?> WaitAsync(
        ApiResource resource, KubeObject target, TimeSpan timeout, Action<string> tell, CancellationToken cancellationToken)
    {
        var changed = new ChangeSignal();
        using var feed = feeds.Subscribe(new FeedKey(resource, target.Namespace, ObjectSelection.All), target.Name, changed);
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var told = "";
        try
        {
            while (true)
            {
                var state = feed.State;
                var found = state.Find(target.Namespace, target.Name);
                target = found is not null && found.Uid == target.Uid ? found : target;
                var seemsGone = state.IsListed && !ReferenceEquals(found, target);
                if (state.Fault is not null || seemsGone)
                {
                    // A feed may be behind, or not be allowed; the object itself is asked for before it counts as gone.
                    var now = await client.FindAsync(resource, target.Namespace, target.Name, either.Token).ConfigureAwait(false);
                    if (now is null || now.Uid != target.Uid)
                    {
                        return null;
                    }

                    if (state.Fault is { } fault)
                    {
                        return new WaitResult(now, false, $"it is being deleted, but cannot be watched: {fault.Message}");
                    }
                }

                var holding = DeletionProgress.Describe(target);
                if (holding != told)
                {
                    told = holding;
                    tell(holding);
                }

                await changed.WaitAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WaitResult(target, false, $"not gone after {Durations.Format(timeout)}: {DeletionProgress.Describe(target)}");
        }
    }
}
