using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Traffic;

/// <summary>Keeps, for each Service, the addresses of its pods: as Endpoints and as an EndpointSlice.</summary>
internal sealed class EndpointsController(ControllerApi api) : Controller
{
    private const string ServiceName = "kubernetes.io/service-name";
    private const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    private const string Manager = "endpointslice-controller.k8s.io";

    private readonly ControllerApi _api = api.As("kube-controller-manager");

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Services) Queue.Add(change.Object.Key);
        else if (change.Object.Resource == Resources.Pods && MattersToServices(change)) EnqueueServicesOf(change.Object.Value, change.Previous?.Value);
    }

    public override void Reconcile(ObjectKey key)
    {
        var service = _api.Find(Resources.Services, key);
        if (service is null)
        {
            if (_api.Find(Resources.Endpoints, key) is { } leftOver) _api.Delete(Resources.Endpoints, leftOver);
            return; // The slice has the Service as its owner and goes with it.
        }
        var selector = service.Map("spec", "selector");
        if (selector.Count == 0 || service.IsDeleting || service.Text("spec", "type") == "ExternalName") return; // Someone else looks after its addresses, or it has none.
        var pods = _api.List(Resources.Pods, key.Namespace)
            .Where(pod => pod.Text("status", "podIP") is { Length: > 0 } && pod.Text("status", "phase") is not ("Succeeded" or "Failed") && LabelSelector.Of(selector).Matches(pod.Labels))
            .ToList();
        WriteEndpoints(service, ServiceEndpoints.Endpoints(service, pods));
        WriteSlice(service, ServiceEndpoints.Slice(service, pods));
    }

    private static bool MattersToServices(ObjectChange change)
    {
        var (value, previous) = (change.Object.Value, change.Previous?.Value);
        return previous is null || change.Type == ChangeType.Deleted || value.Text("status", "podIP") != previous.Text("status", "podIP") || value.IsTrue("Ready") != previous.IsTrue("Ready")
            || value.IsDeleting != previous.IsDeleting || value.Text("status", "phase") != previous.Text("status", "phase") || !value.Labels.Equals(previous.Labels);
    }

    private void EnqueueServicesOf(JsonMap pod, JsonMap? previous)
    {
        foreach (var service in _api.List(Resources.Services, pod.Namespace))
        {
            var selector = LabelSelector.Of(service.Map("spec", "selector"));
            if (!selector.IsEmpty && (selector.Matches(pod.Labels) || (previous is not null && selector.Matches(previous.Labels)))) Queue.Add(ControllerApi.KeyOf(service));
        }
    }

    private void WriteEndpoints(JsonMap service, JsonList? subsets)
    {
        var key = ControllerApi.KeyOf(service);
        var labels = service.Labels.With("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        if (_api.Find(Resources.Endpoints, key) is not null)
        {
            _api.Update(Resources.Endpoints, key, current => Equals(current["subsets"], subsets) ? current : current.With("subsets", subsets));
            return;
        }
        _api.Create(Resources.Endpoints, JsonMap.Of(
            ("apiVersion", "v1"), ("kind", "Endpoints"), ("metadata", JsonMap.Of(("name", key.Name), ("namespace", key.Namespace), ("labels", labels))), ("subsets", subsets)));
    }

    private void WriteSlice(JsonMap service, (JsonList Endpoints, JsonList Ports) slice)
    {
        var existing = _api.Controlled(Resources.EndpointSlices, service).FirstOrDefault();
        if (existing is not null)
        {
            _api.Update(Resources.EndpointSlices, ControllerApi.KeyOf(existing), current =>
                Equals(current["endpoints"], slice.Endpoints) && Equals(current["ports"], slice.Ports) ? current : current.With("endpoints", slice.Endpoints).With("ports", slice.Ports));
            return;
        }
        _api.Create(Resources.EndpointSlices, JsonMap.Of(
            ("apiVersion", "discovery.k8s.io/v1"), ("kind", "EndpointSlice"), ("addressType", "IPv4"), ("endpoints", slice.Endpoints), ("ports", slice.Ports),
            ("metadata", JsonMap.Of(
                ("generateName", service.Name + "-"), ("namespace", service.Namespace),
                ("labels", service.Labels.With(ManagedBy, Manager).With(ServiceName, service.Name)),
                ("ownerReferences", JsonList.Of([service.ToControllerReference()]))))));
    }
}
