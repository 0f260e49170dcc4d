using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Feeds;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>How a wait ended.</summary>
/// <param name="Latest">The object as it was seen last.</param>
/// <param name="IsReady">It is ready.</param>
/// <param name="Message">Why it is not, in one line; of a ready object something worth telling, or empty.</param>
internal sealed record WaitResult(KubeObject Latest, bool IsReady, string Message)
{
    /// <summary>Why it is not, in detail, one line each.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];
}

/// <summary>What to wait for.</summary>
/// <param name="Resource">The object's kind.</param>
/// <param name="Target">The object as the write gave it back.</param>
/// <param name="Rule">When it is ready.</param>
/// <param name="IsNew">It was just created.</param>
/// <param name="Timeout">How long to wait.</param>
/// <param name="Tell">Told what is waited for, whenever that changes.</param>
internal sealed record WaitRequest(ApiResource Resource, KubeObject Target, IReadinessRule Rule, bool IsNew, TimeSpan Timeout, Action<string> Tell);

/// <summary>
/// Waits until objects are ready: watches them and what belongs to them, lets the kind's rule judge at each change, and gives up when the
/// rule does, when a problem has lasted too long, or when time is up.
/// </summary>
internal sealed class ReadinessWaiter(KubernetesClient client, FeedHub feeds, ReadinessOptions options, TimeProvider time)
{
    private readonly ProblemDetails _details = new(client, options);

    /// <summary>Waits.</summary>
    public async Task<WaitResult> WaitAsync(WaitRequest request, CancellationToken cancellationToken)
    {
        // Most objects are ready as they come back, or after one question; only the others are worth a watch.
        var seen = new Observation(request.Target, TimeSpan.Zero, options) { IsNew = request.IsNew };
        var verdict = request.Rule.Judge(seen);
        if (verdict.State == VerdictState.Waiting)
        {
            seen = await ListAsync(seen, request.Rule.Related(seen).Where(related => related.Once), cancellationToken).ConfigureAwait(false);
            verdict = request.Rule.Judge(seen);
        }

        if (verdict.State == VerdictState.Ready)
        {
            return new WaitResult(request.Target, true, verdict.Message);
        }

        using var watched = new WatchedObjects(client, feeds, request.Resource, seen);
        return await new Wait(request, watched, _details, options, time).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks once, without waiting.</summary>
    public async Task<WaitResult> LookAsync(KubeObject target, IReadinessRule rule, CancellationToken cancellationToken)
    {
        var seen = new Observation(target, TimeSpan.Zero, options);
        var verdict = rule.Judge(seen);
        if (verdict.State == VerdictState.Ready)
        {
            return new WaitResult(target, true, verdict.Message);
        }

        seen = await ListAsync(seen, rule.Related(seen), cancellationToken).ConfigureAwait(false);
        verdict = rule.Judge(seen);
        return new WaitResult(target, verdict.State == VerdictState.Ready, verdict.Message)
        {
            Reasons = await _details.ExplainAsync(verdict.Message, verdict.Problems, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<Observation> ListAsync(Observation seen, IEnumerable<RelatedObjects> wanted, CancellationToken cancellationToken)
    {
        foreach (var related in wanted)
        {
            try
            {
                var list = await client.ListAsync(related.Kinds[0], related.Namespace, related.Selection, cancellationToken).ConfigureAwait(false);
                seen = seen with { Related = seen.Related.SetItem(related.Group, list.Items) };
            }
            catch (ApiException)
            {
                // Not served, or not for us to see: the rule judges without it.
            }
        }

        return seen;
    }
}
