using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Values;
using static FogInfra.Embedded.Simulator.Tables.Columns;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>The columns of what carries traffic.</summary>
internal static class NetworkColumns
{
    private const int MostShown = 3;

    public static IReadOnlyList<TableColumn> Service { get; } =
    [
        Name,
        TextAt("Type", "spec", "type"),
        Text("Cluster-IP", cell => OrNone(cell.Value.Text("spec", "clusterIP"))),
        Text("External-IP", cell => ExternalAddress(cell.Value)),
        Text("Port(s)", cell => OrNone(Join(cell.Value.Maps("spec", "ports").Select(port => port.Long("nodePort") is { } nodePort and > 0
            ? $"{port.Long("port")}:{nodePort}/{port.Text("protocol")}"
            : $"{port.Long("port")}/{port.Text("protocol")}")))),
        Age,
        Text("Selector", cell => Labels(cell.Value.Map("spec", "selector"))).Wide(),
    ];

    public static IReadOnlyList<TableColumn> Ingress { get; } =
    [
        Name,
        Text("Class", cell => OrNone(cell.Value.Text("spec", "ingressClassName") ?? cell.Value.Annotations.Text("kubernetes.io/ingress.class"))),
        Text("Hosts", cell => Hosts(cell.Value)),
        Text("Address", cell => BalancerAddresses(cell.Value)),
        Text("Ports", cell => cell.Value.List("spec", "tls").Count > 0 ? "80, 443" : "80"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> IngressClass { get; } =
    [
        Name,
        TextAt("Controller", "spec", "controller"),
        Text("Parameters", cell => cell.Value.At("spec", "parameters") is { } parameters ? $"{parameters.Text("kind")}.{parameters.Text("apiGroup")}/{parameters.Text("name")}" : None),
        Age,
    ];

    public static IReadOnlyList<TableColumn> NetworkPolicy { get; } =
        [Name, Text("Pod-Selector", cell => OrNone(LabelSelector.Read(cell.Value.At("spec", "podSelector")).ToString())), Age];

    public static IReadOnlyList<TableColumn> Endpoints { get; } = [Name, Text("Endpoints", cell => EndpointsOf(cell.Value)), Age];

    public static IReadOnlyList<TableColumn> EndpointSlice { get; } =
    [
        Name,
        TextAt("AddressType", "addressType"),
        Text("Ports", cell => Shortened([.. cell.Value.Maps("ports").Select(port => $"{port.Long("port")}")], "<unset>")),
        Text("Endpoints", cell => Shortened([.. cell.Value.Maps("endpoints").SelectMany(endpoint => endpoint.List("addresses").Texts())], "<unset>")),
        Age,
    ];

    private static string ExternalAddress(JsonMap service)
    {
        var given = Join(service.List("spec", "externalIPs").Texts());
        switch (service.Text("spec", "type"))
        {
            case "ExternalName":
                return service.Text("spec", "externalName") ?? None;
            case "LoadBalancer":
                var addresses = Join([BalancerAddresses(service), given]);
                return addresses.Length > 0 ? addresses : "<pending>";
            default:
                return OrNone(given);
        }
    }

    private static string BalancerAddresses(JsonMap value) =>
        Join(value.Maps("status", "loadBalancer", "ingress").Select(ingress => ingress.Text("ip") ?? ingress.Text("hostname")));

    private static string Hosts(JsonMap ingress)
    {
        var hosts = ingress.Maps("spec", "rules").Select(rule => rule.Text("host")).Where(host => !string.IsNullOrEmpty(host)).OfType<string>().ToList();
        if (hosts.Count == 0) return "*";
        return hosts.Count > MostShown ? $"{string.Join(',', hosts.Take(MostShown))} + {hosts.Count - MostShown} more..." : string.Join(',', hosts);
    }

    private static string EndpointsOf(JsonMap endpoints)
    {
        var all = endpoints.Maps("subsets").SelectMany(subset =>
        {
            var addresses = subset.Maps("addresses").Select(address => address.Text("ip") ?? "");
            var ports = subset.Maps("ports").Select(port => port.Long("port")).ToList();
            return ports.Count == 0 ? addresses : addresses.SelectMany(address => ports.Select(port => $"{address}:{port}"));
        });
        return Shortened([.. all], None);
    }

    private static string Shortened(List<string> texts, string none) => texts.Count == 0 ? none
        : texts.Count > MostShown ? $"{string.Join(',', texts.Take(MostShown))} + {texts.Count - MostShown} more..." : string.Join(',', texts);
}
