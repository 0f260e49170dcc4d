using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Traffic;

/// <summary>Where the traffic of a Service goes: pure functions over the Service and its pods.</summary>
internal static class ServiceEndpoints
{
    /// <summary>The subsets of its Endpoints; null when it has no pods.</summary>
    public static JsonList? Endpoints(JsonMap service, IReadOnlyList<JsonMap> pods)
    {
        var subsets = pods.GroupBy(pod => (JsonData)Ports(service, pod, withAppProtocol: false)).Select(group =>
        {
            var takesAll = service.Flag("spec", "publishNotReadyAddresses");
            var ready = group.Where(pod => takesAll || (pod.IsTrue("Ready") && !pod.IsDeleting)).ToList();
            var unready = group.Except(ready).Where(pod => !pod.IsDeleting).ToList();
            return JsonMap.Of(
                ("addresses", ready.Count == 0 ? null : JsonList.From(ready.OrderBy(Address, StringComparer.Ordinal).Select(ToAddress))),
                ("notReadyAddresses", unready.Count == 0 ? null : JsonList.From(unready.OrderBy(Address, StringComparer.Ordinal).Select(ToAddress))),
                ("ports", group.Key is JsonList { Count: > 0 } ? group.Key : null));
        }).Where(subset => subset.ContainsKey("addresses") || subset.ContainsKey("notReadyAddresses"));
        var list = JsonList.From(subsets);
        return list.Count == 0 ? null : list;
    }

    /// <summary>The endpoints and ports of its slice.</summary>
    public static (JsonList Endpoints, JsonList Ports) Slice(JsonMap service, IReadOnlyList<JsonMap> pods)
    {
        var takesAll = service.Flag("spec", "publishNotReadyAddresses");
        var endpoints = pods.OrderBy(Address, StringComparer.Ordinal).Select(pod =>
        {
            var serves = pod.IsTrue("Ready");
            return JsonMap.Of(
                ("addresses", JsonList.FromTexts([Address(pod)])),
                ("conditions", JsonMap.Of(("ready", takesAll || (serves && !pod.IsDeleting)), ("serving", serves), ("terminating", pod.IsDeleting))),
                ("hostname", Hostname(pod, service)),
                ("nodeName", pod.Text("spec", "nodeName")),
                ("targetRef", Reference(pod)));
        });
        return (JsonList.From(endpoints), pods.Count == 0 ? JsonList.Empty : Ports(service, pods[0], withAppProtocol: true));
    }

    private static JsonList Ports(JsonMap service, JsonMap pod, bool withAppProtocol) => JsonList.From(service.Maps("spec", "ports").Select(port => JsonMap.Of(
        ("name", withAppProtocol ? port.Text("name") ?? "" : port.Text("name")),
        ("port", TargetPort(port, pod)),
        ("protocol", port.Text("protocol") ?? "TCP"),
        ("appProtocol", port.Text("appProtocol")))).Where(port => port.ContainsKey("port")));

    // A target may be named, and then each pod says what number that is.
    private static JsonData? TargetPort(JsonMap port, JsonMap pod) => port["targetPort"] switch
    {
        JsonText name => pod.Maps("spec", "containers").SelectMany(container => container.Maps("ports")).FirstOrDefault(one => one.Text("name") == name.Value)?["containerPort"],
        JsonNumber { Whole: > 0 } number => number,
        _ => port["port"],
    };

    private static string Address(JsonMap pod) => pod.Text("status", "podIP") ?? "";

    private static JsonMap ToAddress(JsonMap pod) => JsonMap.Of(
        ("ip", Address(pod)), ("nodeName", pod.Text("spec", "nodeName")), ("targetRef", Reference(pod)));

    private static string? Hostname(JsonMap pod, JsonMap service) =>
        pod.Text("spec", "subdomain") == service.Name ? pod.Text("spec", "hostname") : null;

    private static JsonMap Reference(JsonMap pod) => JsonMap.Of(("kind", "Pod"), ("namespace", pod.Namespace), ("name", pod.Name), ("uid", pod.Uid));
}
