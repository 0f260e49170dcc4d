using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using NetworkPolicy = Pulumi.Kubernetes.Networking.V1.NetworkPolicy;

namespace FogInfra.Components;

/// <summary>
/// Lets pods of other namespaces reach a service, or a service reach them, where each namespace by itself forbids everything: a policy at each end.
/// </summary>
internal static class NamespaceLink
{
    /// <summary>Lets all pods of other namespaces reach a service.</summary>
    /// <param name="name">The beginning of the resources' names.</param>
    /// <param name="parent">What they belong to.</param>
    /// <param name="workload">The application of the service.</param>
    /// <param name="inside">Its namespace, once it exists.</param>
    /// <param name="service">The service.</param>
    /// <param name="clients">The other namespaces, once they exist, by any names that are told apart.</param>
    public static void LetIn(
        string name, Resource parent, ClusterWorkload workload, Input<string> inside, ServiceWorkload service, ImmutableSortedDictionary<string, Input<string>> clients)
    {
        if (clients.IsEmpty)
        {
            return;
        }

        var ports = NetworkRules.PortsOf(service);
        Policy(name, parent, workload, inside, $"{service.Name}-clients", new NetworkPolicySpecArgs
        {
            PodSelector = Pods(workload, service),
            PolicyTypes = new[] { "Ingress" },
            Ingress = new[]
            {
                new NetworkPolicyIngressRuleArgs { From = clients.Values.Select(client => NetworkRules.NamespaceOf(client)).ToArray(), Ports = ports },
            },
        });
        foreach (var (key, client) in clients)
        {
            Policy($"{name}-{key}", parent, workload, client, $"to-{workload.Application}-{service.Name}", new NetworkPolicySpecArgs
            {
                PodSelector = new LabelSelectorArgs(),
                PolicyTypes = new[] { "Egress" },
                Egress = new[] { new NetworkPolicyEgressRuleArgs { To = new[] { PodsThere(workload, inside, service) }, Ports = ports } },
            });
        }
    }

    /// <summary>Lets a service reach pods of other namespaces on some of their ports. That they may be reached, they say themselves.</summary>
    /// <param name="name">The beginning of the resources' names.</param>
    /// <param name="parent">What they belong to.</param>
    /// <param name="workload">The application of the service.</param>
    /// <param name="inside">Its namespace, once it exists.</param>
    /// <param name="service">The service.</param>
    /// <param name="targets">The other namespaces and ports.</param>
    public static void LetOut(
        string name, Resource parent, ClusterWorkload workload, Input<string> inside, ServiceWorkload service, IReadOnlyCollection<(string Namespace, int Port)> targets)
    {
        if (targets.Count > 0)
        {
            Policy(name, parent, workload, inside, $"{service.Name}-targets", new NetworkPolicySpecArgs
            {
                PodSelector = Pods(workload, service),
                PolicyTypes = new[] { "Egress" },
                Egress = targets.GroupBy(target => target.Namespace, StringComparer.Ordinal).Select(same => new NetworkPolicyEgressRuleArgs
                {
                    To = new[] { NetworkRules.NamespaceOf(same.Key) },
                    Ports = same.Select(target => new NetworkPolicyPortArgs { Port = target.Port, Protocol = "TCP" }).ToArray(),
                }).ToArray(),
            });
        }
    }

    private static LabelSelectorArgs Pods(ClusterWorkload workload, ServiceWorkload service) => new() { MatchLabels = Labels.Selector(workload, service) };

    private static NetworkPolicyPeerArgs PodsThere(ClusterWorkload workload, Input<string> inside, ServiceWorkload service)
    {
        var peer = NetworkRules.NamespaceOf(inside);
        peer.PodSelector = Pods(workload, service);
        return peer;
    }

    private static void Policy(string resource, Resource parent, ClusterWorkload workload, Input<string> inside, string name, NetworkPolicySpecArgs spec) =>
        _ = new NetworkPolicy(
            resource,
            new NetworkPolicyArgs { Metadata = new ObjectMetaArgs { Name = name, Namespace = inside, Labels = Labels.OfApplication(workload) }, Spec = spec },
            new CustomResourceOptions { Parent = parent });
}
