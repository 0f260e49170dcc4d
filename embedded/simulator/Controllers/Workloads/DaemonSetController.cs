using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>Keeps one pod of each DaemonSet on every node that it is meant for.</summary>
internal sealed class DaemonSetController(ControllerApi api, TimeProvider time) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");
    private readonly EventRecorder _events = new(api.As("daemonset-controller"), time);

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.DaemonSets)
        {
            Queue.Add(change.Object.Key);
        }
        else if (change.Object.Resource == Resources.Pods)
        {
            Owners.Enqueue(Queue, change, "DaemonSet");
        }
        else if (change.Object.Resource == Resources.Nodes)
        {
            foreach (var set in _api.List(Resources.DaemonSets)) Queue.Add(ControllerApi.KeyOf(set));
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.DaemonSets, key) is not { } set) return;
        var pods = Owners.Claim(_api, Resources.Pods, set, LabelSelector.Read(set.At("spec", "selector")));
        var history = TemplateHistory.Of(_api, set);
        var hash = TemplateHistory.HashOf(history.Current);
        var nodes = _api.List(Resources.Nodes).Where(node => DaemonPods.BelongsOn(set, node)).Select(node => node.Name).ToList();
        if (!set.IsDeleting)
        {
            Place(set, hash, nodes, pods);
            Update(set, hash, nodes, pods);
        }
        pods = _api.Controlled(Resources.Pods, set);
        UpdateStatus(set, hash, nodes, pods);
        history.CleanUp(pods.Select(pod => pod.Labels.Text(TemplateHistory.Label)), []);
    }

    private void Place(JsonMap set, string hash, List<string> nodes, List<JsonMap> pods)
    {
        var byNode = pods.ToLookup(DaemonPods.NodeOf);
        foreach (var pod in pods.Where(pod => !pod.IsDeleting))
        {
            var isSurplus = !nodes.Contains(DaemonPods.NodeOf(pod)) || byNode[DaemonPods.NodeOf(pod)].Where(other => !other.IsDeleting).Min(other => other.Name) != pod.Name;
            if (isSurplus || pod.HasEnded) Delete(set, pod);
        }
        foreach (var node in nodes.Where(node => !byNode[node].Any()))
        {
            try
            {
                var pod = _api.Create(Resources.Pods, DaemonPods.Pod(set, hash, node));
                _events.Normal(set, "SuccessfulCreate", $"Created pod: {pod.Name}");
            }
            catch (StatusException error) when (error.Reason is "Forbidden" or "Invalid")
            {
                _events.Warning(set, "FailedCreate", $"Error creating: {error.Message}");
                throw;
            }
        }
    }

    // Old pods that do not work go at once, the others as many at a time as may be missing.
    private void Update(JsonMap set, string hash, List<string> nodes, List<JsonMap> pods)
    {
        if (set.Text("spec", "updateStrategy", "type") != "RollingUpdate") return;
        var most = Math.Max(1, IntOrPercent.Of(set.At("spec", "updateStrategy", "rollingUpdate", "maxUnavailable"), nodes.Count, roundUp: true));
        var missing = nodes.Count - pods.Count(pod => !pod.IsDeleting && IsAvailable(set, pod));
        foreach (var pod in pods.Where(pod => !pod.IsDeleting && pod.Labels.Text(TemplateHistory.Label) != hash).OrderBy(pod => IsAvailable(set, pod)).ThenBy(pod => pod.Name, StringComparer.Ordinal))
        {
            var works = IsAvailable(set, pod);
            if (works && missing >= most) return;
            if (works) missing++;
            Delete(set, pod);
        }
    }

    private void Delete(JsonMap set, JsonMap pod)
    {
        _api.Delete(Resources.Pods, pod);
        _events.Normal(set, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
    }

    private bool IsAvailable(JsonMap set, JsonMap pod)
    {
        var left = pod.UntilAvailable(set.Long("spec", "minReadySeconds") ?? 0, time.GetUtcNow());
        if (left > TimeSpan.Zero) Queue.AddAfter(ControllerApi.KeyOf(set), left.Value);
        return left == TimeSpan.Zero;
    }

    private void UpdateStatus(JsonMap set, string hash, List<string> nodes, List<JsonMap> pods)
    {
        var wanted = pods.FindAll(pod => nodes.Contains(DaemonPods.NodeOf(pod)) && !pod.IsDeleting);
        var available = wanted.Count(pod => IsAvailable(set, pod));
        _api.UpdateStatus(Resources.DaemonSets, set, JsonMap.Of(
            ("currentNumberScheduled", wanted.Count),
            ("numberMisscheduled", pods.Count(pod => !nodes.Contains(DaemonPods.NodeOf(pod)))),
            ("desiredNumberScheduled", nodes.Count),
            ("numberReady", wanted.Count(pod => pod.IsReady)),
            ("observedGeneration", set.Generation),
            ("updatedNumberScheduled", Counts.OrAbsent(wanted.Count(pod => pod.Labels.Text(TemplateHistory.Label) == hash))),
            ("numberAvailable", Counts.OrAbsent(available)),
            ("numberUnavailable", Counts.OrAbsent(nodes.Count - available))));
    }
}
