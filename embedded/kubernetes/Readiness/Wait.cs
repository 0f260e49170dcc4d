using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>One wait for one object.</summary>
internal sealed class Wait(WaitRequest request, WatchedObjects watched, ProblemDetails details, ReadinessOptions options, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly ProblemTracker _tracker = new(time);
    private string _told = "";

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Waits to the end.</summary>
    public async Task<WaitResult> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (watched.TakeNews() is { } trouble)
            {
                return Failed(trouble, []);
            }

            var seen = Look();
            await watched.FollowAsync(request.Rule.Related(seen), cancellationToken).ConfigureAwait(false);
            var verdict = Judge(seen);
            if (verdict.State == VerdictState.Ready)
            {
                return new WaitResult(watched.Target, true, verdict.Message);
            }

            _tracker.Update(verdict.Problems);
            if (verdict.State == VerdictState.Failed)
            {
                return await ExplainAsync(verdict.Message, cancellationToken).ConfigureAwait(false);
            }

            if (await HasAnswersAsync(cancellationToken).ConfigureAwait(false))
            {
                continue; // What was learnt may decide.
            }

            if (!_tracker.Fatal.IsEmpty)
            {
                return await ExplainAsync($"{_tracker.Fatal[0].Text} ({verdict.Message})", cancellationToken).ConfigureAwait(false);
            }

            if (Elapsed >= request.Timeout)
            {
                return await ExplainAsync($"not ready after {Durations.Format(request.Timeout)}: {verdict.Message}", cancellationToken).ConfigureAwait(false);
            }

            Tell(verdict);
            await PauseAsync(verdict, cancellationToken).ConfigureAwait(false);
        }
    }

    private Observation Look() => new(watched.Target, Elapsed, options) { IsNew = request.IsNew, Related = watched.Related() };

    private Verdict Judge(Observation seen)
    {
        var verdict = request.Rule.Judge(seen);
        return verdict with { Problems = [.. verdict.Problems.Select(details.WithAnswers)] };
    }

    // Problems of which more can be known are asked about once, before they end the wait; those that may be told as they go on, now and then.
    private async Task<bool> HasAnswersAsync(CancellationToken cancellationToken)
    {
        var asked = false;
        foreach (var problem in _tracker.Current)
        {
            var isDue = problem.Kind switch
            {
                ProblemKind.Image => !PodProblems.IsRefusedImage(problem.Message) && _tracker.IsFirstQuestion(problem.Key),
                ProblemKind.Unschedulable => _tracker.Fatal.Contains(problem) && _tracker.IsFirstQuestion(problem.Key),
                _ => IsAskedAgain(problem) && _tracker.IsQuestionDue(problem.Key, options.Questions),
            };
            if (!isDue)
            {
                continue;
            }

            asked = true;
            if (await details.AskAsync(problem, cancellationToken).ConfigureAwait(false))
            {
                _tracker.Excuse(problem.Key);
            }
        }

        return asked;
    }

    private static bool IsAskedAgain(Problem problem) => problem is { Kind: ProblemKind.NotReady or ProblemKind.Volume, Pod: not null };

    private void Tell(Verdict verdict)
    {
        var worst = _tracker.Current.OrderBy(problem => problem.Tolerance ?? TimeSpan.MaxValue).FirstOrDefault();
        var text = watched.Interruption is { } interruption ? $"{verdict.Message} (nothing is heard of the cluster: {interruption})"
            : worst is null ? verdict.Message
            : $"{verdict.Message}; {worst.Text}";
        if (text != _told)
        {
            _told = text;
            request.Tell(text);
        }
    }

    private async Task PauseAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        TimeSpan?[] limits =
            [request.Timeout - Elapsed, verdict.LookAgainAfter, _tracker.NextFatal, _tracker.NextQuestion(IsAskedAgain, options.Questions)];
        var pause = limits.Min()!.Value; // Min passes over those that are null.
        using var limit = new CancellationTokenSource(pause < TimeSpan.Zero ? TimeSpan.Zero : pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await watched.Changed.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time has come to look again.
        }
    }

    private async Task<WaitResult> ExplainAsync(string message, CancellationToken cancellationToken) =>
        Failed(message, await details.ExplainAsync(message, _tracker.Current, cancellationToken).ConfigureAwait(false));

    private WaitResult Failed(string message, IEnumerable<string> reasons) =>
        new(watched.Target, false, message) { Reasons = reasons.Any() ? [.. reasons] : [message] };
}
