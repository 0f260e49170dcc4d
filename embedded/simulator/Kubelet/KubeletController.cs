using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Controllers.Workloads;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Network;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>The kubelets of all nodes: runs the pods that are on them, as far as a simulation can, and ends those that are deleted.</summary>
internal sealed class KubeletController : Controller
{
    private static readonly TimeSpan MountRetry = TimeSpan.FromSeconds(10);

    private readonly ControllerApi _api;
    private readonly EventRecorder _events;
    private readonly ClusterNetwork _network;
    private readonly ClusterTimings _timings;
    private readonly TimeProvider _time;
    private readonly PodReferences _references;
    private readonly ContainerSteps _steps;
    private readonly Dictionary<ObjectKey, PodRun> _runs = [];
    private readonly HashSet<ObjectKey> _waiting = [];

    /// <summary>The kubelets of a cluster.</summary>
    public KubeletController(ControllerApi api, ClusterSpec spec, ClusterNetwork network, NameSuffixes suffixes, TimeProvider time)
    {
        _api = api.As("kubelet");
        _events = new EventRecorder(_api, time);
        (_network, _timings, _time) = (network, spec.Timings, time);
        _references = new PodReferences(_api);
        _steps = new ContainerSteps(new ImageCatalogue(spec.Images), new NodeImages(), _references, _events, spec.Timings, suffixes);
    }

    public override void Observe(ObjectChange change)
    {
        var resource = change.Object.Resource;
        if (resource == Resources.Pods)
        {
            var pod = change.Object.Value;
            var isNew = change.Previous is null || change.Type == ChangeType.Deleted || pod.IsDeleting || !ReferenceEquals(change.Previous.Value["spec"], pod["spec"]);
            if (isNew && pod.Text("spec", "nodeName") is { Length: > 0 }) Queue.Add(change.Object.Key);
        }
        else if (resource == Resources.ConfigMaps || resource == Resources.Secrets || resource == Resources.PersistentVolumeClaims)
        {
            foreach (var key in _waiting.Where(key => key.Namespace == change.Object.Key.Namespace)) Queue.Add(key);
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        var pod = _api.Find(Resources.Pods, key);
        if (pod is null)
        {
            _runs.Remove(key);
            _waiting.Remove(key);
            return;
        }
        if (pod.HasEnded && !pod.IsDeleting) return;
        var node = _api.Find(Resources.Nodes, new ObjectKey("", pod.Text("spec", "nodeName") ?? ""));
        if (node is null) return; // Nothing runs on a node that is no more; the garbage collector of pods removes it.

        var now = _time.GetUtcNow();
        if (!_runs.TryGetValue(key, out var run) || run.Uid != pod.Uid || !run.HasImagesOf(pod)) _runs[key] = run = new PodRun(pod, now);
        if (pod.IsDeleting)
        {
            Stop(pod, run, now);
            return;
        }
        Advance(pod, run, node, now);
        _api.UpdateStatus(Resources.Pods, pod, PodStatus.Of(pod, run, AddressOf(node), now));
        if (run.Due is { } due) Queue.AddAfter(key, due - now);
    }

    private static string AddressOf(JsonMap node) => node.Maps("status", "addresses").FirstOrDefault(address => address.Text("type") == "InternalIP")?.Text("address") ?? "127.0.0.1";

    private void Advance(JsonMap pod, PodRun run, JsonMap node, DateTimeOffset now)
    {
        if (run.Address is null)
        {
            if (_references.MissingInVolumes(pod) is var (volume, message))
            {
                _events.Warning(pod, "FailedMount", $"MountVolume.SetUp failed for volume \"{volume}\" : {message}", host: node.Name);
                _waiting.Add(ControllerApi.KeyOf(pod));
                Queue.AddAfter(ControllerApi.KeyOf(pod), MountRetry);
                return;
            }
            _waiting.Remove(ControllerApi.KeyOf(pod));
            run.Address = pod.Flag("spec", "hostNetwork") ? AddressOf(node) : _network.TakePodAddress(node.Text("spec", "podCIDR") ?? "10.244.255.0/24");
        }
        foreach (var container in run.InitContainers)
        {
            _steps.Advance(pod, container, now);
            if (!container.HasSucceeded) return;
        }
        foreach (var container in run.Containers) _steps.Advance(pod, container, now);
    }

    private void Stop(JsonMap pod, PodRun run, DateTimeOffset now)
    {
        if (run.StopsAt is null)
        {
            var running = run.Containers.Where(container => container.Stage == ContainerStage.Running).ToList();
            foreach (var container in running) _events.Normal(pod, "Killing", $"Stopping container {container.Name}", $"spec.containers{{{container.Name}}}", pod.Text("spec", "nodeName"));
            var needed = running.Select(container => container.Behaviour.Stop ?? _timings.ContainerStop).DefaultIfEmpty(TimeSpan.Zero).Max();
            run.StopsAt = now + needed;
        }
        var latest = (KubernetesTime.Parse(pod.Text("metadata", "deletionTimestamp")) ?? now);
        var end = run.StopsAt < latest ? run.StopsAt.Value : latest;
        if (end > now) Queue.AddAfter(ControllerApi.KeyOf(pod), end - now);
        else _api.Delete(Resources.Pods, pod, propagation: null, gracePeriodSeconds: 0);
    }
}
