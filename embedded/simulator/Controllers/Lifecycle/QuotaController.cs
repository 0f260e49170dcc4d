using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Lifecycle;

/// <summary>Keeps, for each ResourceQuota, what is used of it.</summary>
internal sealed class QuotaController(ControllerApi api, ObjectStore store, ClusterKinds kinds) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.ResourceQuotas)
        {
            Queue.Add(change.Object.Key);
        }
        else if (change.Object.Resource != Resources.Events && change.Object.Key.Namespace.Length > 0)
        {
            foreach (var quota in store.Read(Resources.ResourceQuotas).Objects.In(change.Object.Key.Namespace)) Queue.Add(quota.Key);
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.ResourceQuotas, key) is not { } quota) return;
        _api.UpdateStatus(Resources.ResourceQuotas, quota, JsonMap.Of(("hard", quota.At("spec", "hard")), ("used", QuotaRules.Used(quota, store, kinds.Current))));
    }
}
