using FogInfra.Embedded.Simulator.Controllers.Workloads;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Scheduling;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Lifecycle;

/// <summary>Removes the pods of nodes that are no more, and those that do not tolerate a taint that evicts.</summary>
internal sealed class PodCollector(ControllerApi api) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Nodes) Queue.Add(change.Object.Key);
    }

    public override void Reconcile(ObjectKey key)
    {
        var node = _api.Find(Resources.Nodes, key);
        var taints = node?.Maps("spec", "taints").Where(taint => taint.Text("effect") == "NoExecute").ToList() ?? [];
        if (node is not null && taints.Count == 0) return;
        foreach (var pod in _api.List(Resources.Pods).Where(pod => pod.Text("spec", "nodeName") == key.Name).ToList())
        {
            if (node is null) _api.Delete(Resources.Pods, pod, gracePeriodSeconds: 0);
            else if (pod.IsActive && taints.Exists(taint => !NodeFit.Tolerates(pod.Map("spec"), taint))) _api.Delete(Resources.Pods, pod);
        }
    }
}
