using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Controllers.Workloads;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>Puts pods on nodes; those that fit nowhere are tried again when nodes change or other pods end.</summary>
internal sealed class Scheduler : Controller
{
    private const string Name = "default-scheduler";

    private readonly ControllerApi _api;
    private readonly EventRecorder _events;
    private readonly TimeProvider _time;
    private readonly HashSet<ObjectKey> _waiting = [];
    private readonly Dictionary<string, Dictionary<ObjectKey, JsonMap>> _podsByNode = new(StringComparer.Ordinal);

    /// <summary>The scheduler of a cluster.</summary>
    public Scheduler(ControllerApi api, TimeProvider time)
    {
        _api = api.As("kube-scheduler");
        _events = new EventRecorder(api.As(Name), time);
        _time = time;
    }

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Pods) ObservePod(change);
        else if (change.Object.Resource == Resources.Nodes || change.Object.Resource == Resources.PersistentVolumeClaims) TryWaiting();
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.Pods, key) is not { } pod || !NeedsNode(pod)) return;
        if (pod.List("spec", "schedulingGates").Count > 0)
        {
            SetUnscheduled(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates");
            return;
        }
        var loads = _api.List(Resources.Nodes).Select(node => new NodeLoad(node, PodsOn(node.Name))).ToList();
        var decision = VolumeClaims.Missing(_api, pod) is { } missing
            ? new SchedulingDecision.Nowhere($"0/{loads.Count} nodes are available: {missing}. preemption: 0/{loads.Count} nodes are available: {loads.Count} Preemption is not helpful for scheduling.")
            : SchedulingDecision.For(pod, loads, node => VolumeClaims.Reach(_api, pod, node));
        switch (decision)
        {
            case SchedulingDecision.Place place:
                if (!VolumeClaims.Prepare(_api, pod, place.Node))
                {
                    _waiting.Add(key); // Its volumes are being made; then it is put on that node.
                    break;
                }
                _api.Bind(pod, place.Node);
                _events.Normal(pod, "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {place.Node}");
                Follow(place.Node, key, pod);
                break;
            case SchedulingDecision.Nowhere nowhere:
                _waiting.Add(key);
                SetUnscheduled(pod, "Unschedulable", nowhere.Message);
                _events.Warning(pod, "FailedScheduling", nowhere.Message);
                break;
        }
    }

    private static bool NeedsNode(JsonMap pod) =>
        pod.Text("spec", "nodeName") is null or "" && pod.Text("spec", "schedulerName") == Name && !pod.IsDeleting && !pod.HasEnded;

    private void ObservePod(ObjectChange change)
    {
        var (key, pod) = (change.Object.Key, change.Object.Value);
        var node = pod.Text("spec", "nodeName") ?? "";
        var isGone = change.Type == ChangeType.Deleted || pod.HasEnded;
        if (node.Length > 0)
        {
            if (!isGone)
            {
                Follow(node, key, pod);
            }
            else if (_podsByNode.TryGetValue(node, out var pods) && pods.Remove(key))
            {
                TryWaiting(); // There is room now.
            }
        }
        if (isGone || node.Length > 0) _waiting.Remove(key);
        else if (NeedsNode(pod) && (change.Previous is null || !ReferenceEquals(change.Previous.Value["spec"], pod["spec"]))) Queue.Add(key);
    }

    private void Follow(string node, ObjectKey key, JsonMap pod)
    {
        if (!_podsByNode.TryGetValue(node, out var pods)) _podsByNode[node] = pods = [];
        pods[key] = pod;
    }

    private IEnumerable<JsonMap> PodsOn(string node) => _podsByNode.TryGetValue(node, out var pods) ? pods.Values : [];

    private void TryWaiting()
    {
        foreach (var key in _waiting) Queue.Add(key);
    }

    private void SetUnscheduled(JsonMap pod, string reason, string message)
    {
        var now = KubernetesTime.Format(_time.GetUtcNow());
        var conditions = Conditions.Set(pod.List("status", "conditions"), "PodScheduled", isTrue: false, reason, message, now);
        _api.UpdateStatus(Resources.Pods, pod, pod.Map("status").With("conditions", conditions));
    }
}
