using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>Keeps as many pods of each ReplicaSet as it wants.</summary>
internal sealed class ReplicaSetController(ControllerApi api, TimeProvider time) : Controller
{
    private const int MostAtOnce = 500; // As many as the real controller creates or deletes before it looks again.

    private readonly ControllerApi _api = api.As("kube-controller-manager");
    private readonly EventRecorder _events = new(api.As("replicaset-controller"), time);

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.ReplicaSets) Queue.Add(change.Object.Key);
        else if (change.Object.Resource == Resources.Pods) Owners.Enqueue(Queue, change, "ReplicaSet");
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.ReplicaSets, key) is not { } set) return;
        var pods = Owners.Claim(_api, Resources.Pods, set, LabelSelector.Read(set.At("spec", "selector")));
        var active = pods.Where(pod => pod.IsActive).ToList();
        var failure = set.IsDeleting ? null : Adjust(set, active);
        if (failure is null && active.Count != (set.Long("spec", "replicas") ?? 1) && !set.IsDeleting)
        {
            active = [.. _api.Controlled(Resources.Pods, set).Where(pod => pod.IsActive)];
        }
        UpdateStatus(set, active, pods.Count(pod => pod.IsDeleting), failure);
        if (failure is not null) throw failure.Error;
    }

    // Creates or deletes pods; tells what stood in the way.
    private Failure? Adjust(JsonMap set, List<JsonMap> active)
    {
        var missing = (int)(set.Long("spec", "replicas") ?? 1) - active.Count;
        try
        {
            for (var i = 0; i < Math.Min(missing, MostAtOnce); i++)
            {
                var pod = _api.Create(Resources.Pods, PodTemplates.ToPod(set, set.Map("spec", "template")));
                _events.Normal(set, "SuccessfulCreate", $"Created pod: {pod.Name}");
            }
        }
        catch (StatusException error)
        {
            if (error.Reason != "NotFound") _events.Warning(set, "FailedCreate", $"Error creating: {error.Message}");
            return new Failure("FailedCreate", error);
        }
        foreach (var pod in active.Order(DeletionOrder.Of(time.GetUtcNow())).Take(Math.Min(-missing, MostAtOnce)))
        {
            _api.Delete(Resources.Pods, pod);
            _events.Normal(set, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }
        if (Math.Abs(missing) > MostAtOnce) Queue.Add(ControllerApi.KeyOf(set));
        return null;
    }

    private void UpdateStatus(JsonMap set, List<JsonMap> pods, int terminating, Failure? failure)
    {
        var (now, minReady) = (time.GetUtcNow(), set.Long("spec", "minReadySeconds") ?? 0);
        var labels = LabelSelector.Of(set.Map("spec", "template", "metadata", "labels"));
        var waits = pods.Select(pod => pod.UntilAvailable(minReady, now)).ToList();
        var conditions = failure is null
            ? Conditions.Remove(set.List("status", "conditions"), "ReplicaFailure")
            : Conditions.SetOnce(set.List("status", "conditions"), "ReplicaFailure", isTrue: true, failure.Reason, failure.Error.Message, KubernetesTime.Format(now));
        _api.UpdateStatus(Resources.ReplicaSets, set, JsonMap.Of(
            ("replicas", pods.Count),
            ("fullyLabeledReplicas", Counts.OrAbsent(pods.Count(pod => labels.Matches(pod.Labels)))),
            ("readyReplicas", Counts.OrAbsent(pods.Count(pod => pod.IsReady))),
            ("availableReplicas", Counts.OrAbsent(waits.Count(wait => wait == TimeSpan.Zero))),
            ("terminatingReplicas", terminating),
            ("observedGeneration", set.Generation),
            ("conditions", conditions.Count == 0 ? null : conditions)));
        if (waits.Where(wait => wait > TimeSpan.Zero).Min() is { } next) Queue.AddAfter(ControllerApi.KeyOf(set), next);
    }

    private sealed record Failure(string Reason, StatusException Error);
}
