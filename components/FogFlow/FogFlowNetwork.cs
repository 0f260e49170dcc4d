using System.Globalization;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using NetworkPolicy = Pulumi.Kubernetes.Networking.V1.NetworkPolicy;

namespace FogInfra.Components;

/// <summary>
/// What FogFlow's parts reach besides those that they depend on: brokers and the discovery notify those who subscribed, and task instances
/// that a worker starts at run time talk with the node's broker in both directions. Policies add up, so these stand beside those of the services.
/// </summary>
internal static class FogFlowNetwork
{
    /// <summary>Makes the policies of a node.</summary>
    /// <param name="name">The beginning of the resources' names.</param>
    /// <param name="parent">What they belong to.</param>
    /// <param name="workload">The node.</param>
    /// <param name="inside">The namespace, once it exists.</param>
    /// <param name="broker">The node's broker.</param>
    /// <param name="wanted">Whether there are to be policies at all.</param>
    public static void Create(string name, Resource parent, ClusterWorkload workload, Input<string> inside, string broker, bool wanted)
    {
        if (!wanted)
        {
            return;
        }

        var notifications = Notifications(workload, broker);
        foreach (var to in notifications.GroupBy(notification => notification.To))
        {
            Policy($"{name}-{to.Key}-notified", $"{to.Key}-notified", new NetworkPolicySpecArgs
            {
                PodSelector = Pods(to.Key),
                PolicyTypes = new[] { "Ingress" },
                Ingress = to.Select(notification => new NetworkPolicyIngressRuleArgs
                {
                    From = new[] { new NetworkPolicyPeerArgs { PodSelector = Pods(notification.From) } },
                    Ports = new[] { Port(notification.Port) },
                }).ToArray(),
            });
        }

        foreach (var from in notifications.GroupBy(notification => notification.From))
        {
            Policy($"{name}-{from.Key}-notifies", $"{from.Key}-notifies", new NetworkPolicySpecArgs
            {
                PodSelector = Pods(from.Key),
                PolicyTypes = new[] { "Egress" },
                Egress = from.Select(notification => new NetworkPolicyEgressRuleArgs
                {
                    To = new[] { new NetworkPolicyPeerArgs { PodSelector = Pods(notification.To) } },
                    Ports = new[] { Port(notification.Port) },
                }).ToArray(),
            });
        }

        // Pods that a worker starts have none of the labels by which services are told apart.
        Policy($"{name}-tasks", "task-instances", new NetworkPolicySpecArgs
        {
            PodSelector = Launched(),
            PolicyTypes = new[] { "Ingress", "Egress" },
            Ingress = new[] { new NetworkPolicyIngressRuleArgs { From = new[] { new NetworkPolicyPeerArgs { PodSelector = Pods(broker) } } } },
            Egress = new[]
            {
                new NetworkPolicyEgressRuleArgs { To = new[] { new NetworkPolicyPeerArgs { PodSelector = Pods(broker) } }, Ports = new[] { Port(BrokerPort(workload, broker)) } },
            },
        });
        Policy($"{name}-{broker}-tasks", $"{broker}-tasks", new NetworkPolicySpecArgs
        {
            PodSelector = Pods(broker),
            PolicyTypes = new[] { "Ingress", "Egress" },
            Ingress = new[]
            {
                new NetworkPolicyIngressRuleArgs { From = new[] { new NetworkPolicyPeerArgs { PodSelector = Launched() } }, Ports = new[] { Port(BrokerPort(workload, broker)) } },
            },
            Egress = new[] { new NetworkPolicyEgressRuleArgs { To = new[] { new NetworkPolicyPeerArgs { PodSelector = Launched() } } } },
        });

        LabelSelectorArgs Pods(string service) =>
            new() { MatchLabels = Labels.Selector(workload, workload.Services.First(candidate => candidate.Name == service)) };

        void Policy(string resource, string policy, NetworkPolicySpecArgs spec) => _ = new NetworkPolicy(
            resource,
            new NetworkPolicyArgs
            {
                Metadata = new ObjectMetaArgs { Name = policy, Namespace = inside, Labels = Labels.OfApplication(workload) },
                Spec = spec,
            },
            new CustomResourceOptions { Parent = parent });
    }

    // Who is told of changes by whom, of the parts that are there.
    private static List<(string From, string To, int Port)> Notifications(ClusterWorkload workload, string broker)
    {
        List<(string From, string To, int Port)> all =
        [
            (FogFlowParts.Discovery, broker, BrokerPort(workload, broker)),
            (FogFlowParts.Discovery, FogFlowParts.Master, FogFlowConfig.MasterAgentPort),
            (FogFlowParts.Discovery, FogFlowParts.Designer, FogFlowConfig.DesignerAgentPort),
            (broker, FogFlowParts.Master, FogFlowConfig.MasterAgentPort),
            (broker, FogFlowParts.Designer, FogFlowConfig.DesignerAgentPort),
            .. workload.Services.Where(service => service.DependsOn is [var only] && only == broker)
                .SelectMany(task => task.Containers[0].Ports, (task, port) => (broker, task.Name, port.Number)),
        ];
        return [.. all.Where(notification => Has(notification.From) && Has(notification.To))];

        bool Has(string service) => workload.Services.Any(candidate => candidate.Name == service);
    }

    private static int BrokerPort(ClusterWorkload workload, string broker) =>
        workload.Services.First(service => service.Name == broker).Containers[0].Ports[0].Number;

    private static LabelSelectorArgs Launched() =>
        new() { MatchExpressions = new[] { new LabelSelectorRequirementArgs { Key = Labels.PartOf, Operator = "DoesNotExist" } } };

    private static NetworkPolicyPortArgs Port(int number) =>
        new() { Port = PodContainers.ToPort(number.ToString(CultureInfo.InvariantCulture)), Protocol = "TCP" };
}
