using System.Collections.Immutable;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Remembers since when problems have been there, and tells which have lasted too long.</summary>
internal sealed class ProblemTracker(TimeProvider time)
{
    private readonly Dictionary<string, Tracked> _tracked = new(StringComparer.Ordinal);

    /// <summary>The problems that are there, in what is known best of each.</summary>
    public ImmutableArray<Problem> Current => [.. _tracked.Values.Select(tracked => tracked.Best)];

    /// <summary>The problems that have lasted too long.</summary>
    public ImmutableArray<Problem> Fatal => [.. _tracked.Values.Where(tracked => Remaining(tracked) <= TimeSpan.Zero).Select(tracked => tracked.Best)];

    /// <summary>
    /// In what time the next one will have lasted too long; null when none will. Not positive when one has in the meantime: whoever looked
    /// for such a moment ago must look again, and not wait for another.
    /// </summary>
    public TimeSpan? NextFatal => _tracked.Values.Select(Remaining).Min();

    /// <summary>Takes note of the problems that are there now; those that are gone are forgotten.</summary>
    public void Update(ImmutableArray<Problem> problems)
    {
        foreach (var key in _tracked.Keys.Except(problems.Select(problem => problem.Key)).ToList())
        {
            _tracked.Remove(key);
        }

        foreach (var problem in problems)
        {
            if (_tracked.TryGetValue(problem.Key, out var tracked))
            {
                tracked.Best = Better(tracked.Best, problem);
                // What is put up with without limit for the time being starts anew when it no longer is.
                tracked.Since = problem.Tolerance is null ? time.GetTimestamp() : tracked.Since;
            }
            else
            {
                _tracked.Add(problem.Key, new Tracked(problem, time.GetTimestamp()));
            }
        }
    }

    /// <summary>Notes that a problem is being taken care of, so that it ends no wait.</summary>
    public void Excuse(string key)
    {
        if (_tracked.TryGetValue(key, out var tracked))
        {
            tracked.IsExcused = true;
        }
    }

    /// <summary>Whether a question about a problem is to be asked: once for each problem.</summary>
    public bool IsFirstQuestion(string key)
    {
        if (!_tracked.TryGetValue(key, out var tracked) || tracked.WasAsked)
        {
            return false;
        }

        return tracked.WasAsked = true;
    }

    /// <summary>Whether a question that is asked again and again is due: a certain time after the problem began, or was asked about.</summary>
    public bool IsQuestionDue(string key, TimeSpan every)
    {
        if (!_tracked.TryGetValue(key, out var tracked) || time.GetElapsedTime(tracked.Asked) < every)
        {
            return false;
        }

        tracked.Asked = time.GetTimestamp();
        return true;
    }

    /// <summary>In what time the next such question is due; null when there is none.</summary>
    /// <param name="isAsked">Which problems are asked about in this way.</param>
    /// <param name="every">How often.</param>
    public TimeSpan? NextQuestion(Func<Problem, bool> isAsked, TimeSpan every) =>
        _tracked.Values.Where(tracked => isAsked(tracked.Best)).Select(tracked => (TimeSpan?)(every - time.GetElapsedTime(tracked.Asked))).Min();

    private TimeSpan? Remaining(Tracked tracked) =>
        tracked.IsExcused ? null : tracked.Best.Tolerance - time.GetElapsedTime(tracked.Since);

    // The word for an image's problem changes as it goes on, from ErrImagePull to ImagePullBackOff; the message that told more is kept.
    private static Problem Better(Problem known, Problem now) =>
        now.Kind == ProblemKind.Image && known.Tolerance < (now.Tolerance ?? TimeSpan.MaxValue)
            ? now with { Message = known.Message, Tolerance = known.Tolerance }
            : now;

    private sealed class Tracked(Problem best, long since)
    {
        public Problem Best { get; set; } = best;

        public long Since { get; set; } = since;

        public long Asked { get; set; } = since;

        public bool IsExcused { get; set; }

        public bool WasAsked { get; set; }
    }
}
