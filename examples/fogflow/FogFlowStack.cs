using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace Example.FogFlow;

/// <summary>FogFlow in a cloud and an edge cluster, with a task that looks after the sensors at the edge.</summary>
public sealed class FogFlowStack : Stack
{
    /// <summary>Builds the stack.</summary>
    public FogFlowStack()
    {
        var config = new Config();
        var coreService = config.Require("coreServiceIP");
        var messaging = new FogFlowMessaging { Password = config.RequireSecret("queuePassword") };
        var addresses = new FogFlowAddresses { CoreService = coreService };

        var cloud = new FogFlowCloud(
            "fogflow-cloud",
            new FogFlowCloudArgs
            {
                Cluster = "cloud-1",
                Site = new FogFlowSite { SiteId = "001", Location = new GeographicLocation(49.40, 8.68) },
                Addresses = addresses,
                Messaging = messaging,
                ExternalIPs = [coreService],
                Topology = config.Get("topology") switch
                {
                    "single" => FogFlowTopology.SingleNode,
                    "1+n" => FogFlowTopology.OneMasterManyWorkers(2),
                    "n+n" => FogFlowTopology.ManyMastersManyWorkers(3, 3),
                    _ => FogFlowTopology.OneMasterOneWorker,
                },
            },
            new ComponentResourceOptions { Provider = ProviderOf("cloud", config.Require("kubeconfig")) });

        var edge = new FogFlowEdge(
            "fogflow-edge",
            new FogFlowEdgeArgs
            {
                Cluster = "edge-1",
                Site = new FogFlowSite { SiteId = "002", Location = new GeographicLocation(49.41, 8.71), WorkerCapacity = 4 },
                Addresses = addresses,
                Messaging = messaging,
                Tasks =
                [
                    new FogFlowTask
                    {
                        Name = "temperature",
                        Image = "example/temperature:1.0.0",
                        Config = ImmutableSortedDictionary<string, string>.Empty.Add("THRESHOLD", "30"),
                    },
                ],

                // Nodes with a GPU are kept for tasks that need one; this worker may run there too.
                Overrides = ImmutableSortedDictionary<string, ServiceSettings>.Empty.Add(
                    "edge-worker", new ServiceSettings { Tolerations = [new Toleration("nvidia.com/gpu", Effect: "NoSchedule")] }),
            },
            new ComponentResourceOptions { Provider = ProviderOf("edge", config.Require("edgeKubeconfig")), DependsOn = cloud });

        Dashboard = cloud.Dashboard;
        Healthy = Output.Tuple(cloud.Healthy, edge.Healthy).Apply(both => both.Item1 && both.Item2);
    }

    /// <summary>The address of FogFlow's dashboard.</summary>
    [Output]
    public Output<string> Dashboard { get; private set; }

    /// <summary>Whether every component has all its pods ready.</summary>
    [Output]
    public Output<bool> Healthy { get; private set; }

    private static Provider ProviderOf(string name, string kubeconfig) => new(name, new ProviderArgs { KubeConfig = kubeconfig });
}
