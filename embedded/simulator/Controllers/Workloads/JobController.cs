using System.Globalization;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>Runs the pods of each Job until enough have succeeded or too many have failed.</summary>
internal sealed class JobController(ControllerApi api, TimeProvider time) : Controller
{
    private const string Index = "batch.kubernetes.io/job-completion-index";

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(6);

    private readonly ControllerApi _api = api.As("kube-controller-manager");
    private readonly EventRecorder _events = new(api.As("job-controller"), time);

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Jobs) Queue.Add(change.Object.Key);
        else if (change.Object.Resource == Resources.Pods) Owners.Enqueue(Queue, change, "Job");
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.Jobs, key) is not { } job || job.IsDeleting) return;
        if (job.IsTrue("Complete") || job.IsTrue("Failed"))
        {
            Expire(job);
            return;
        }
        var pods = Owners.Claim(_api, Resources.Pods, job, LabelSelector.Read(job.At("spec", "selector")));
        var progress = new JobProgress(job, pods, time.GetUtcNow());
        foreach (var pod in pods.Where(pod => pod.IsActive && (progress.Outcome is not null || progress.IsSuspended))) _api.Delete(Resources.Pods, pod);
        if (progress is { Outcome: null, IsSuspended: false }) Start(job, progress);
        var left = _api.Controlled(Resources.Pods, job);
        _api.UpdateStatus(Resources.Jobs, job, new JobProgress(job, left, time.GetUtcNow()).Status());
        Tell(job, progress);
    }

    private void Start(JsonMap job, JobProgress progress)
    {
        if (progress.Deadline is { } deadline) Queue.AddAfter(ControllerApi.KeyOf(job), deadline - time.GetUtcNow());
        if (progress.LastFailure is { } failed)
        {
            // Each failure makes the wait for the next try twice as long.
            var wait = TimeSpan.FromTicks((long)Math.Min(LongestBackOff.Ticks, FirstBackOff.Ticks * Math.Pow(2, progress.Failed - 1)));
            if (failed + wait > time.GetUtcNow())
            {
                Queue.AddAfter(ControllerApi.KeyOf(job), failed + wait - time.GetUtcNow());
                return;
            }
        }
        foreach (var index in progress.ToStart())
        {
            try
            {
                var pod = _api.Create(Resources.Pods, ToPod(job, index));
                _events.Normal(job, "SuccessfulCreate", $"Created pod: {pod.Name}");
            }
            catch (StatusException error) when (error.Reason is "Forbidden" or "Invalid")
            {
                _events.Warning(job, "FailedCreate", $"Error creating: {error.Message}");
                throw;
            }
        }
    }

    private static JsonMap ToPod(JsonMap job, long? index)
    {
        var pod = PodTemplates.ToPod(job, job.Map("spec", "template"));
        if (index is not { } number) return pod;
        var text = number.ToString(CultureInfo.InvariantCulture);
        return pod.Set($"{job.Name}-{text}-", "metadata", "generateName").Set(text, "metadata", "annotations", Index).Set(text, "metadata", "labels", Index)
            .Edit("spec", spec => spec.Set($"{job.Name}-{text}", "hostname").EditEach("containers", container => container.With("env", JsonList.From(
                container.List("env").Append(JsonMap.Of(("name", "JOB_COMPLETION_INDEX"), ("value", text)))))));
    }

    private void Tell(JsonMap job, JobProgress progress)
    {
        if (progress.Outcome is not { } outcome) return;
        if (outcome.IsSuccess) _events.Normal(job, "Completed", "Job completed");
        else _events.Warning(job, outcome.Reason, outcome.Message);
    }

    private void Expire(JsonMap job)
    {
        if (job.Long("spec", "ttlSecondsAfterFinished") is not { } seconds) return;
        var ended = job.Maps("status", "conditions").Select(condition => KubernetesTime.Parse(condition.Text("lastTransitionTime"))).Max() ?? time.GetUtcNow();
        var left = ended.AddSeconds(seconds) - time.GetUtcNow();
        if (left > TimeSpan.Zero) Queue.AddAfter(ControllerApi.KeyOf(job), left);
        else _api.Delete(Resources.Jobs, job);
    }
}
