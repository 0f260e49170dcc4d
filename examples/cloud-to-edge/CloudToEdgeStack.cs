using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace Example.CloudToEdge;

/// <summary>The application in one environment, and the broker by which its backend talks with devices and with the cloud.</summary>
public sealed class CloudToEdgeStack : Stack
{
    /// <summary>Builds the stack.</summary>
    public CloudToEdgeStack()
    {
        var config = new Config();
        var version = config.Get("version") ?? "1.0.0";
        var environment = config.Get("environment") switch
        {
            "edge-staging" => WebEnvironment.EdgeStaging,
            "edge-production" => WebEnvironment.EdgeProduction,
            _ => WebEnvironment.Development,
        };
        var options = new ComponentResourceOptions { Provider = new Provider("cluster", new ProviderArgs { KubeConfig = config.Require("kubeconfig") }) };

        var demo = new WebApplication(
            "demo",
            new WebApplicationArgs
            {
                Application = "demo",
                Cluster = "demo-1",
                Environment = environment,
                Backend = new WebServer
                {
                    Image = $"demo/backend:{version}",
                    Port = 8000,
                    Config = ImmutableSortedDictionary<string, string>.Empty.Add("MQTT_BROKER", "mqtt.messaging.svc:1883"),
                },
                Frontend = new WebServer { Image = $"demo/frontend:{version}", Port = 4321, LivePath = "/", ReadyPath = "/" },
            },
            options);

        var broker = new MqttBroker(
            "messaging",
            new MqttBrokerArgs
            {
                Cluster = "demo-1",
                Layer = environment == WebEnvironment.Development ? Layer.Cloud : Layer.Edge,
                Clients = ImmutableSortedDictionary<string, Input<string>>.Empty.Add("demo", demo.Namespace),
                Bridge = config.Get("upstreamBroker") is { Length: > 0 } upstream
                    ? new MqttBridge
                    {
                        Address = upstream,
                        Topics = [new MqttTopic("sensors/#", MqttDirection.Out), new MqttTopic("commands/#", MqttDirection.In)],
                    }
                    : null,
            },
            options);

        Endpoint = demo.Endpoint;
        Broker = broker.Endpoint;
        Healthy = Output.Tuple(demo.Healthy, broker.Healthy).Apply(both => both.Item1 && both.Item2);
    }

    /// <summary>Where the application is reached inside the cluster.</summary>
    [Output]
    public Output<string> Endpoint { get; private set; }

    /// <summary>Where the broker is reached inside the cluster.</summary>
    [Output]
    public Output<string> Broker { get; private set; }

    /// <summary>Whether everything has all its pods ready.</summary>
    [Output]
    public Output<bool> Healthy { get; private set; }
}
