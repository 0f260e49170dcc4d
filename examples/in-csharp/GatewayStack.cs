using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace Example.InCSharp;

/// <summary>A sensor gateway on one edge cluster: a broker, and a collector that depends on it.</summary>
public sealed class GatewayStack : Stack
{
    /// <summary>Builds the stack.</summary>
    public GatewayStack()
    {
        var config = new Config();
        var provider = new Provider("edge", new ProviderArgs { KubeConfig = config.Require("kubeconfig") });
        var gateway = new LayeredApplication(
            "gateway",
            new LayeredApplicationArgs { Workload = Gateway(config.Get("version") ?? "1.0.0") },
            new ComponentResourceOptions { Provider = provider });
        Healthy = gateway.Healthy;
        Broker = gateway.Services["broker"].Endpoint;
    }

    /// <summary>Whether every service has all its pods ready.</summary>
    [Output]
    public Output<bool> Healthy { get; private set; }

    /// <summary>Where the broker is reached inside the cluster.</summary>
    [Output]
    public Output<string> Broker { get; private set; }

    private static ClusterWorkload Gateway(string version) => new()
    {
        Application = "gateway",
        Namespace = "gateway",
        Cluster = "edge",
        Layer = Layer.Edge,
        Services =
        [
            new ServiceWorkload
            {
                Name = "broker",
                Version = version,
                Replicas = 1,
                Containers =
                [
                    new Container
                    {
                        Name = "broker",
                        Image = $"gateway/broker:{version}",
                        Ports = [new ContainerPort(1883, "mqtt")],
                        ReadinessProbe = new Probe { TcpPort = "mqtt" },
                    },
                ],
                Settings = new ServiceSettings
                {
                    Files = ImmutableSortedDictionary<string, string>.Empty.Add("/etc/broker/broker.conf", "listener 1883\n"),
                },
            },
            new ServiceWorkload
            {
                Name = "collector",
                Version = version,
                Replicas = 2,
                DependsOn = ["broker"], // Created and updated only after the broker is ready; told by BROKER_ENDPOINT where it is.
                Containers = [new Container { Name = "collector", Image = $"gateway/collector:{version}" }],
                Settings = new ServiceSettings { Disruption = new Disruption(MaxUnavailable: "1") },
            },
        ],
    };
}
