using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Network;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Traffic;

/// <summary>Gives addresses to Services of type LoadBalancer and to Ingresses, as a cloud and an ingress controller would.</summary>
/// <param name="resource">Services or Ingresses.</param>
/// <param name="api">The API.</param>
/// <param name="network">The cluster's addresses.</param>
/// <param name="delay">How long it takes.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadBalancerController(GroupResource resource, ControllerApi api, ClusterNetwork network, TimeSpan delay, TimeProvider time) : Controller
{
    private readonly ControllerApi _api = api.As(resource == Resources.Services ? "cloud-controller-manager" : "ingress-controller");
    private readonly EventRecorder _events = new(api.As(resource == Resources.Services ? "service-controller" : "ingress-controller"), time);
    private readonly Dictionary<ObjectKey, DateTimeOffset> _due = [];

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource != resource) return;
        if (change.Type == ChangeType.Deleted) _due.Remove(change.Object.Key);
        else Queue.Add(change.Object.Key);
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(resource, key) is not { } value || value.IsDeleting) return;
        var hasAddress = value.List("status", "loadBalancer", "ingress").Count > 0;
        var needsAddress = resource != Resources.Services || value.Text("spec", "type") == "LoadBalancer";
        if (hasAddress == needsAddress) return;
        if (!needsAddress)
        {
            _api.UpdateStatus(resource, value, value.Map("status").With("loadBalancer", JsonMap.Empty));
            return;
        }
        var now = time.GetUtcNow();
        if (!_due.TryGetValue(key, out var due))
        {
            _due[key] = due = now + delay;
            if (resource == Resources.Services) _events.Normal(value, "EnsuringLoadBalancer", "Ensuring load balancer");
        }
        if (due > now)
        {
            Queue.AddAfter(key, due - now);
            return;
        }
        _due.Remove(key);
        _api.UpdateStatus(resource, value, value.Map("status").Set(JsonList.Of([Ingress(value)]), "loadBalancer", "ingress"));
        if (resource == Resources.Services) _events.Normal(value, "EnsuredLoadBalancer", "Ensured load balancer");
        else _events.Normal(value, "Sync", "Scheduled for sync");
    }

    private JsonMap Ingress(JsonMap value)
    {
        var wanted = value.Text("spec", "loadBalancerIP");
        var address = wanted is { Length: > 0 } ? wanted : network.TakeBalancerAddress();
        return resource == Resources.Services ? JsonMap.Of(("ip", address), ("ipMode", "VIP")) : JsonMap.Of(("ip", address));
    }
}
