using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>
/// Keeps Deployments inside the bounds of their HorizontalPodAutoscalers. Simulated pods have no load and there is no metrics server, so, as
/// in a real cluster without one, nothing is scaled inside the bounds and the condition <c>ScalingActive</c> says why.
/// </summary>
internal sealed class AutoscalerController(ControllerApi api, TimeProvider time) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Autoscalers)
        {
            Queue.Add(change.Object.Key);
        }
        else if (change.Object.Resource == Resources.Deployments)
        {
            foreach (var scaler in _api.List(Resources.Autoscalers, change.Object.Key.Namespace)) Queue.Add(ControllerApi.KeyOf(scaler));
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.Autoscalers, key) is not { } scaler) return;
        var reference = scaler.Map("spec", "scaleTargetRef");
        var target = new ObjectKey(key.Namespace, reference.Text("name") ?? "");
        var deployment = reference.Text("kind") == "Deployment" ? _api.Find(Resources.Deployments, target) : null;
        if (deployment is null)
        {
            Report(scaler, current: 0, desired: 0, found: false);
            return;
        }

        var current = deployment.Long("spec", "replicas") ?? 1;
        var (least, most) = (scaler.Long("spec", "minReplicas") ?? 1, scaler.Long("spec", "maxReplicas") ?? 1);

        // Nobody's pods at all means that autoscaling is switched off (Kubernetes, "Horizontal Pod Autoscaling").
        var desired = current == 0 ? 0 : Math.Clamp(current, least, most);
        if (desired != current) _api.Update(Resources.Deployments, target, found => found.Set(desired, "spec", "replicas"));
        Report(scaler, deployment.Long("status", "replicas") ?? 0, desired, found: true);
    }

    private void Report(JsonMap scaler, long current, long desired, bool found)
    {
        var now = KubernetesTime.Format(time.GetUtcNow());
        var conditions = Conditions.Set(
            scaler.List("status", "conditions"), "AbleToScale", found, found ? "SucceededGetScale" : "FailedGetScale", found ? "" : "there is no such Deployment", now);
        conditions = Conditions.Set(conditions, "ScalingActive", false, "FailedGetResourceMetric", "a simulated cluster has no metrics", now);
        _api.UpdateStatus(Resources.Autoscalers, scaler, JsonMap.Of(("currentReplicas", current), ("desiredReplicas", desired), ("conditions", conditions)));
    }
}
