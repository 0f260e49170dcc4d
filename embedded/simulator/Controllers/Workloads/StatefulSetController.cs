using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>Keeps the numbered pods of each StatefulSet: made in order, ended and updated in reverse order, one at a time unless it says otherwise.</summary>
internal sealed class StatefulSetController(ControllerApi api, TimeProvider time) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");
    private readonly EventRecorder _events = new(api.As("statefulset-controller"), time);

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.StatefulSets) Queue.Add(change.Object.Key);
        else if (change.Object.Resource == Resources.Pods) Owners.Enqueue(Queue, change, "StatefulSet");
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.StatefulSets, key) is not { } set) return;
        var pods = Owners.Claim(_api, Resources.Pods, set, LabelSelector.Read(set.At("spec", "selector")));
        var history = TemplateHistory.Of(_api, set);
        var current = set.Text("status", "currentRevision") ?? history.Current.Name;
        if (!set.IsDeleting) Step(set, history, current, pods);
        pods = [.. _api.Controlled(Resources.Pods, set)];
        UpdateStatus(set, history.Current.Name, current, pods);
        history.CleanUp(pods.Select(pod => pod.Labels.Text(TemplateHistory.Label)), [current]);
    }

    private void Step(JsonMap set, TemplateHistory history, string currentRevision, List<JsonMap> pods)
    {
        var (replicas, first) = (set.Long("spec", "replicas") ?? 1, set.Long("spec", "ordinals", "start") ?? 0);
        var inParallel = set.Text("spec", "podManagementPolicy") == "Parallel";
        var byOrdinal = pods.Where(pod => StatefulPods.Ordinal(set, pod) is not null).ToDictionary(pod => StatefulPods.Ordinal(set, pod)!.Value);
        for (var ordinal = first; ordinal < first + replicas; ordinal++)
        {
            if (!byOrdinal.TryGetValue(ordinal, out var pod)) Create(set, history, RevisionOf(set, history, currentRevision, ordinal), ordinal);
            else if (pod.HasEnded && !pod.IsDeleting) Delete(set, pod);
            else if (IsHealthy(set, pod)) continue;
            if (!inParallel) return; // The next one waits for this one.
        }
        foreach (var pod in byOrdinal.Where(one => one.Key < first || one.Key >= first + replicas).OrderByDescending(one => one.Key).Select(one => one.Value))
        {
            if (!pod.IsDeleting) Delete(set, pod);
            if (!inParallel) return;
        }
        Update(set, history, byOrdinal, first, replicas);
    }

    private void Update(JsonMap set, TemplateHistory history, Dictionary<long, JsonMap> byOrdinal, long first, long replicas)
    {
        if (set.Text("spec", "updateStrategy", "type") != "RollingUpdate") return;
        var least = first + (set.Long("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0);
        for (var ordinal = first + replicas - 1; ordinal >= Math.Max(first, least); ordinal--)
        {
            if (!byOrdinal.TryGetValue(ordinal, out var pod)) return;
            if (pod.Labels.Text(TemplateHistory.Label) != history.Current.Name)
            {
                if (!pod.IsDeleting) Delete(set, pod);
                return;
            }
            if (!IsHealthy(set, pod)) return;
        }
    }

    // During an update the pods that it has not reached yet are made again as they were.
    private static string RevisionOf(JsonMap set, TemplateHistory history, string currentRevision, long ordinal)
    {
        if (set.Text("spec", "updateStrategy", "type") != "RollingUpdate" || currentRevision == history.Current.Name) return history.Current.Name;
        var first = set.Long("spec", "ordinals", "start") ?? 0;
        var partition = set.Long("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
        var untouched = partition > 0 ? partition : set.Long("status", "currentReplicas") ?? 0;
        return ordinal < first + untouched ? currentRevision : history.Current.Name;
    }

    private bool IsHealthy(JsonMap set, JsonMap pod)
    {
        if (pod.IsDeleting) return false;
        var left = pod.UntilAvailable(set.Long("spec", "minReadySeconds") ?? 0, time.GetUtcNow());
        if (left > TimeSpan.Zero) Queue.AddAfter(ControllerApi.KeyOf(set), left.Value);
        return left == TimeSpan.Zero;
    }

    private void Create(JsonMap set, TemplateHistory history, string revision, long ordinal)
    {
        var pod = StatefulPods.Pod(set, history.TemplateOf(revision), revision, ordinal);
        try
        {
            foreach (var claim in StatefulPods.Claims(set, ordinal).Where(claim => _api.Find(Resources.PersistentVolumeClaims, ControllerApi.KeyOf(claim)) is null))
            {
                _api.Create(Resources.PersistentVolumeClaims, claim);
                _events.Normal(set, "SuccessfulCreate", $"create Claim {claim.Name} Pod {pod.Name} in StatefulSet {set.Name} success");
            }
            _api.Create(Resources.Pods, pod);
            _events.Normal(set, "SuccessfulCreate", $"create Pod {pod.Name} in StatefulSet {set.Name} successful");
        }
        catch (StatusException error) when (error.Reason is "Forbidden" or "Invalid")
        {
            _events.Warning(set, "FailedCreate", $"create Pod {pod.Name} in StatefulSet {set.Name} failed error: {error.Message}");
            throw;
        }
    }

    private void Delete(JsonMap set, JsonMap pod)
    {
        _api.Delete(Resources.Pods, pod);
        _events.Normal(set, "SuccessfulDelete", $"delete Pod {pod.Name} in StatefulSet {set.Name} successful");
    }

    private void UpdateStatus(JsonMap set, string updateRevision, string currentRevision, List<JsonMap> pods)
    {
        var (now, minReady) = (time.GetUtcNow(), set.Long("spec", "minReadySeconds") ?? 0);
        int Of(string revision) => pods.Count(pod => !pod.IsDeleting && pod.Labels.Text(TemplateHistory.Label) == revision);
        var (updated, ready) = (Of(updateRevision), pods.Count(pod => pod.IsReady));
        var isDone = updated == (set.Long("spec", "replicas") ?? 1) && ready == updated && pods.Count == updated;
        if (isDone) currentRevision = updateRevision;
        _api.UpdateStatus(Resources.StatefulSets, set, JsonMap.Of(
            ("observedGeneration", set.Generation),
            ("replicas", pods.Count),
            ("readyReplicas", Counts.OrAbsent(ready)),
            ("currentReplicas", Counts.OrAbsent(Of(currentRevision))),
            ("updatedReplicas", Counts.OrAbsent(updated)),
            ("currentRevision", currentRevision),
            ("updateRevision", updateRevision),
            ("collisionCount", 0),
            ("availableReplicas", pods.Count(pod => pod.UntilAvailable(minReady, now) == TimeSpan.Zero))));
    }
}
