using System.Globalization;
using System.Net;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace FogInfra.Components;

/// <summary>
/// The network policies of an application in a cluster. Everything is forbidden first; then each service may be reached by the services
/// that depend on it, by the monitoring, and, where it has a way in from outside, from there. Plain functions over plain values.
/// </summary>
internal static class NetworkRules
{
    // The label by which a namespace can be selected by its name; the API server sets it (Kubernetes, "Namespaces").
    private const string NamespaceName = "kubernetes.io/metadata.name";

    private static readonly string[] Everywhere = ["0.0.0.0/0", "::/0"];

    /// <summary>For all pods of the namespace: nothing comes in, and nothing goes out but questions for names.</summary>
    public static NetworkPolicySpecArgs Default() => new()
    {
        PodSelector = new LabelSelectorArgs(),
        PolicyTypes = new[] { "Ingress", "Egress" },
        Egress = new[]
        {
            new NetworkPolicyEgressRuleArgs
            {
                To = new[]
                {
                    new NetworkPolicyPeerArgs
                    {
                        NamespaceSelector = Matching((NamespaceName, "kube-system")),
                        PodSelector = Matching(("k8s-app", "kube-dns")),
                    },
                },
                Ports = new[] { PortOf("53", "UDP"), PortOf("53", "TCP") },
            },
        },
    };

    /// <summary>For the pods of one service: who may reach it, and whom it may reach.</summary>
    /// <param name="workload">The application in the cluster.</param>
    /// <param name="service">The service.</param>
    /// <param name="upstream">The endpoints of the services further in that it reaches: <c>HOST:PORT</c>.</param>
    public static NetworkPolicySpecArgs Of(ClusterWorkload workload, ServiceWorkload service, IEnumerable<Output<string>> upstream) => new()
    {
        PodSelector = new LabelSelectorArgs { MatchLabels = Labels.Selector(workload, service) },
        PolicyTypes = new[] { "Ingress", "Egress" },
        Ingress = Ingress(workload, service).ToArray(),
        Egress = Egress(workload, service).Concat(upstream.Select(ToUpstream)).ToArray(),
    };

    private static IEnumerable<NetworkPolicyIngressRuleArgs> Ingress(ClusterWorkload workload, ServiceWorkload service)
    {
        var ports = PortsOf(service);
        if (ports.Length == 0)
        {
            yield break;
        }

        var dependents = workload.Services.Where(other => other.DependsOn.Contains(service.Name)).ToList();
        if (dependents.Count > 0)
        {
            yield return new NetworkPolicyIngressRuleArgs { From = dependents.Select(other => PodsOf(workload, other)).ToArray(), Ports = ports };
        }

        var monitoring = workload.Isolation.MonitoringNamespace ?? Isolation.DefaultMonitoringNamespace;
        yield return new NetworkPolicyIngressRuleArgs { From = new[] { NamespaceOf(monitoring) }, Ports = ports };

        if (service.Settings.Ingress is { } route)
        {
            var controller = workload.Isolation.IngressNamespace ?? Isolation.DefaultIngressNamespace;
            yield return new NetworkPolicyIngressRuleArgs
            {
                From = new[] { NamespaceOf(controller) },
                Ports = new[] { PortOf(ServicePorts.Target(service, route.Port).Port, "TCP") },
            };
        }

        if (service.Settings.Expose is { Kind: not ExposureKind.ClusterIP } or { ExternalIPs.IsEmpty: false })
        {
            yield return new NetworkPolicyIngressRuleArgs
            {
                From = Everywhere.Select(RangeOf).ToArray(),
                Ports = ServicePorts.Of(service).Select(port => PortOf(port.TargetPort!, port.Protocol)).ToArray(),
            };
        }
    }

    private static IEnumerable<NetworkPolicyEgressRuleArgs> Egress(ClusterWorkload workload, ServiceWorkload service)
    {
        foreach (var dependency in workload.Services.Where(other => service.DependsOn.Contains(other.Name)))
        {
            var ports = PortsOf(dependency);
            if (ports.Length > 0)
            {
                yield return new NetworkPolicyEgressRuleArgs { To = new[] { PodsOf(workload, dependency) }, Ports = ports };
            }
        }

        foreach (var rule in service.Settings.Egress)
        {
            yield return new NetworkPolicyEgressRuleArgs
            {
                To = new[] { RangeOf(rule.Cidr) },
                Ports = rule.Ports.Select(port => PortOf(port.ToString(CultureInfo.InvariantCulture), "TCP")).ToArray(),
            };
        }

        if (!service.Settings.Access.IsEmpty)
        {
            // The address of the API server is not known to the manifests; its ports are.
            yield return new NetworkPolicyEgressRuleArgs { To = Everywhere.Select(RangeOf).ToArray(), Ports = new[] { PortOf("443", "TCP"), PortOf("6443", "TCP") } };
        }
    }

    private static NetworkPolicyEgressRuleArgs ToUpstream(Output<string> endpoint) => new()
    {
        To = new[] { new NetworkPolicyPeerArgs { IpBlock = new IPBlockArgs { Cidr = endpoint.Apply(RangeOfEndpoint) } } },
        Ports = new[] { new NetworkPolicyPortArgs { Port = endpoint.Apply(Endpoints.PortOf), Protocol = "TCP" } },
    };

    // A policy knows addresses only. Behind a name there may be any, and another one tomorrow.
    private static string RangeOfEndpoint(string endpoint) =>
        IPAddress.TryParse(Endpoints.HostOf(endpoint), out var address)
            ? $"{address}/{(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)}"
            : Everywhere[0];

    private static NetworkPolicyPeerArgs PodsOf(ClusterWorkload workload, ServiceWorkload service) =>
        new() { PodSelector = new LabelSelectorArgs { MatchLabels = Labels.Selector(workload, service) } };

    /// <summary>All pods of a namespace.</summary>
    public static NetworkPolicyPeerArgs NamespaceOf(Input<string> name) =>
        new() { NamespaceSelector = new LabelSelectorArgs { MatchLabels = new InputMap<string> { { NamespaceName, name } } } };

    private static NetworkPolicyPeerArgs RangeOf(string cidr) => new() { IpBlock = new IPBlockArgs { Cidr = cidr } };

    /// <summary>All ports that a service listens on.</summary>
    public static NetworkPolicyPortArgs[] PortsOf(ServiceWorkload service) =>
    [
        .. from container in service.Containers
           from port in container.Ports
           select PortOf(port.Number.ToString(CultureInfo.InvariantCulture), port.Protocol),
    ];

    private static NetworkPolicyPortArgs PortOf(string port, string protocol) => new() { Port = PodContainers.ToPort(port), Protocol = protocol };

    private static LabelSelectorArgs Matching((string Name, string Value) label) =>
        new() { MatchLabels = new Dictionary<string, string> { [label.Name] = label.Value } };
}
