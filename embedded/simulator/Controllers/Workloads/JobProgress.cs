using System.Globalization;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>How a Job ended.</summary>
internal sealed record JobOutcome(bool IsSuccess, string Reason, string Message);

/// <summary>How far a Job has come: pure arithmetic over it and its pods.</summary>
internal sealed class JobProgress
{
    private const string Index = "batch.kubernetes.io/job-completion-index";

    private readonly JsonMap _job;
    private readonly IReadOnlyList<JsonMap> _pods;
    private readonly DateTimeOffset _now;

    /// <summary>A Job and its pods at a time.</summary>
    public JobProgress(JsonMap job, IReadOnlyList<JsonMap> pods, DateTimeOffset now)
    {
        (_job, _pods, _now) = (job, pods, now);
        Outcome = FindOutcome();
    }

    /// <summary>How it ended; null while it has not.</summary>
    public JobOutcome? Outcome { get; }

    /// <summary>Whether it is to do nothing for now.</summary>
    public bool IsSuspended => _job.Flag("spec", "suspend");

    /// <summary>The pods that have failed.</summary>
    public int Failed => _pods.Count(pod => pod.Text("status", "phase") == "Failed");

    /// <summary>When the last pod failed; null when none has.</summary>
    public DateTimeOffset? LastFailure => _pods.Where(pod => pod.Text("status", "phase") == "Failed")
        .SelectMany(pod => pod.Maps("status", "containerStatuses")).Select(status => KubernetesTime.Parse(status.Text("state", "terminated", "finishedAt"))).Max();

    /// <summary>When it is to have ended; null without such a time.</summary>
    public DateTimeOffset? Deadline => _job.Long("spec", "activeDeadlineSeconds") is { } seconds ? StartTime.AddSeconds(seconds) : null;

    private DateTimeOffset StartTime => KubernetesTime.Parse(_job.Text("status", "startTime")) ?? _now;

    private bool IsIndexed => _job.Text("spec", "completionMode") == "Indexed";

    private long Parallelism => _job.Long("spec", "parallelism") ?? 1;

    private int Active => _pods.Count(pod => pod.IsActive);

    private int Succeeded => IsIndexed ? IndexesDone().Count : _pods.Count(pod => pod.Text("status", "phase") == "Succeeded");

    /// <summary>The indexes of the pods to start now; null for pods without one.</summary>
    public IReadOnlyList<long?> ToStart()
    {
        var wanted = _job.Long("spec", "completions") is { } completions ? Math.Min(Parallelism, completions - Succeeded) : Succeeded > 0 ? 0 : Parallelism;
        var missing = (int)Math.Max(0, wanted - Active);
        if (!IsIndexed) return [.. Enumerable.Repeat((long?)null, missing)];
        var taken = _pods.Where(pod => pod.IsActive).Select(IndexOf).Union(IndexesDone()).ToHashSet();
        return [.. Enumerable.Range(0, (int)(_job.Long("spec", "completions") ?? 0)).Select(index => (long?)index).Where(index => !taken.Contains(index)).Take(missing)];
    }

    /// <summary>The Job's status.</summary>
    public JsonMap Status()
    {
        var now = KubernetesTime.Format(_now);
        var conditions = _job.List("status", "conditions");
        if (Outcome is { } outcome)
        {
            conditions = Conditions.Set(conditions, outcome.IsSuccess ? "SuccessCriteriaMet" : "FailureTarget", isTrue: true, outcome.Reason, outcome.Message, now);
            conditions = Conditions.Set(conditions, outcome.IsSuccess ? "Complete" : "Failed", isTrue: true, outcome.Reason, outcome.Message, now);
        }
        else if (IsSuspended)
        {
            conditions = Conditions.Set(conditions, "Suspended", isTrue: true, "JobSuspended", "Job suspended", now);
        }
        else if (_job.IsTrue("Suspended"))
        {
            conditions = Conditions.Set(conditions, "Suspended", isTrue: false, "JobResumed", "Job resumed", now);
        }
        return JsonMap.Of(
            ("conditions", conditions.Count == 0 ? null : conditions),
            ("startTime", IsSuspended && _job.At("status", "startTime") is null ? null : KubernetesTime.Format(StartTime)),
            ("completionTime", Outcome is { IsSuccess: true } ? now : null),
            ("active", Counts.OrAbsent(Active)),
            ("succeeded", Counts.OrAbsent(Succeeded)),
            ("failed", Counts.OrAbsent(Failed)),
            ("ready", _pods.Count(pod => pod.IsActive && pod.IsReady)),
            ("terminating", _pods.Count(pod => pod.IsDeleting && !pod.HasEnded)),
            ("completedIndexes", IsIndexed && Succeeded > 0 ? Ranges(IndexesDone()) : null),
            ("uncountedTerminatedPods", JsonMap.Empty));
    }

    private JobOutcome? FindOutcome()
    {
        var enough = _job.Long("spec", "completions") is { } completions ? Succeeded >= completions : Succeeded > 0 && Active == 0;
        if (enough) return new JobOutcome(true, "CompletionsReached", "Reached expected number of succeeded pods");
        if (Failed > (_job.Long("spec", "backoffLimit") ?? 6) || RestartsExceedLimit()) return new JobOutcome(false, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        return Deadline <= _now ? new JobOutcome(false, "DeadlineExceeded", "Job was active longer than specified deadline") : null;
    }

    // Pods that start their containers again count each time.
    private bool RestartsExceedLimit() => _job.Text("spec", "template", "spec", "restartPolicy") == "OnFailure"
        && _pods.SelectMany(pod => pod.Maps("status", "containerStatuses")).Sum(status => status.Long("restartCount") ?? 0) is var restarts
        && restarts > 0 && restarts >= Math.Max(1, _job.Long("spec", "backoffLimit") ?? 6);

    private HashSet<long?> IndexesDone() => [.. _pods.Where(pod => pod.Text("status", "phase") == "Succeeded").Select(IndexOf)];

    private static long? IndexOf(JsonMap pod) => long.TryParse(pod.Annotations.Text(Index), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static string Ranges(IEnumerable<long?> indexes)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (var index in indexes.OfType<long>().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == index - 1) ranges[^1] = (ranges[^1].First, index);
            else ranges.Add((index, index));
        }
        return string.Join(',', ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
    }
}
