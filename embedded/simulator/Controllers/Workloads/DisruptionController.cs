using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>Counts, for each PodDisruptionBudget, how many of its pods may be evicted now.</summary>
internal sealed class DisruptionController(ControllerApi api, TimeProvider time) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.DisruptionBudgets)
        {
            Queue.Add(change.Object.Key);
        }
        else if (change.Object.Resource == Resources.Pods)
        {
            foreach (var budget in _api.List(Resources.DisruptionBudgets, change.Object.Key.Namespace)) Queue.Add(ControllerApi.KeyOf(budget));
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.DisruptionBudgets, key) is not { } budget) return;
        var selector = LabelSelector.Read(budget.At("spec", "selector"));
        var pods = budget.At("spec", "selector") is null ? [] : _api.List(Resources.Pods, key.Namespace).Where(pod => pod.IsActive && selector.Matches(pod.Labels)).ToList();
        var expected = pods.Select(pod => pod.Controller?.Text("uid")).OfType<string>().Distinct().Sum(owner => WantedBy(owner, pods, key.Namespace));
        expected = Math.Max(expected, pods.Count);
        var healthy = pods.Count(pod => pod.IsReady);
        var desired = budget.At("spec", "maxUnavailable") is { } unavailable
            ? Math.Max(0, expected - IntOrPercent.Of(unavailable, expected, roundUp: true))
            : IntOrPercent.Of(budget.At("spec", "minAvailable") ?? 1, expected, roundUp: true);
        var allowed = expected == 0 ? 0 : Math.Max(0, healthy - desired);
        var conditions = Conditions.Set(budget.List("status", "conditions"), "DisruptionAllowed", allowed > 0,
            allowed > 0 ? "SufficientPods" : "InsufficientPods", "", KubernetesTime.Format(time.GetUtcNow()));
        _api.UpdateStatus(Resources.DisruptionBudgets, budget, JsonMap.Of(
            ("observedGeneration", budget.Generation), ("disruptionsAllowed", allowed), ("currentHealthy", healthy), ("desiredHealthy", desired), ("expectedPods", expected),
            ("conditions", conditions)));
    }

    private long WantedBy(string owner, List<JsonMap> pods, string space)
    {
        var reference = pods.Find(pod => pod.Controller?.Text("uid") == owner)!.Controller!;
        var resource = reference.Text("kind") switch { "ReplicaSet" => Resources.ReplicaSets, "StatefulSet" => Resources.StatefulSets, _ => default };
        if (resource == default) return pods.Count(pod => pod.Controller?.Text("uid") == owner);
        return _api.Find(resource, new ObjectKey(space, reference.Text("name") ?? ""))?.Long("spec", "replicas") ?? 0;
    }
}
