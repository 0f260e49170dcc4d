using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Lifecycle;

/// <summary>Removes Events an hour after they were last seen, as the real API server does.</summary>
internal sealed class EventExpiry(ControllerApi api, TimeProvider time) : Controller
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Events && change.Type == ChangeType.Added) Queue.AddAfter(change.Object.Key, Left(change.Object.Value));
    }

    public override void Reconcile(ObjectKey key)
    {
        if (api.Find(Resources.Events, key) is not { } value) return;
        var left = Left(value);
        if (left > TimeSpan.Zero) Queue.AddAfter(key, left);
        else api.Delete(Resources.Events, value);
    }

    private TimeSpan Left(JsonMap value) => (KubernetesTime.Parse(value.Text("lastTimestamp")) ?? value.CreatedAt) + Lifetime - time.GetUtcNow();
}
