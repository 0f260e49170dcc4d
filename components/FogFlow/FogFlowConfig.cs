using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;

namespace FogInfra.Components;

/// <summary>The <c>config.json</c> that all components of a FogFlow node read. Plain functions over plain values, but for the late addresses.</summary>
internal static class FogFlowConfig
{
    /// <summary>The port of the discovery service.</summary>
    public const int DiscoveryPort = 8090;

    /// <summary>The port of a cloud node's broker.</summary>
    public const int CloudBrokerPort = 8070;

    /// <summary>The port of an edge node's broker.</summary>
    public const int EdgeBrokerPort = 8060;

    /// <summary>The port on which the master is notified of changes.</summary>
    public const int MasterAgentPort = 1060;

    /// <summary>The port of the designer's web pages.</summary>
    public const int DesignerPort = 8080;

    /// <summary>The port on which the designer is notified of changes.</summary>
    public const int DesignerAgentPort = 1030;

    /// <summary>The port of the proxy in front of the core services.</summary>
    public const int ProxyPort = 80;

    /// <summary>The port of the message queue (AMQP 0-9-1).</summary>
    public const int QueuePort = 5672;

    /// <summary>The port by which the designer reaches the graph database (gRPC).</summary>
    public const int DatabasePort = 9080;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The configuration as a text that only secrets may hold: the queue's password is in it.</summary>
    /// <param name="site">The node.</param>
    /// <param name="addresses">By which addresses it is reached.</param>
    /// <param name="messaging">By which user it comes to the message queue.</param>
    /// <param name="brokerPort">The port of the node's broker.</param>
    /// <param name="brokerHost">The broker's name in its cluster.</param>
    public static Output<string> Of(FogFlowSite site, FogFlowAddresses addresses, FogFlowMessaging messaging, int brokerPort, string brokerHost)
    {
        Input<string> password = Output.CreateSecret(messaging.Password.ToOutput()).Apply(value => value);
        var known = Output.Tuple(
            addresses.CoreService, addresses.ExternalHost ?? addresses.CoreService, addresses.InternalHost ?? brokerHost, password);
        return known.Apply(values => Text(site, values.Item1, values.Item2, values.Item3, messaging.User, values.Item4, brokerPort));
    }

    /// <summary>The text, when everything is known.</summary>
    internal static string Text(
        FogFlowSite site, string coreService, string externalHost, string internalHost, string user, string password, int brokerPort) => new JsonObject
        {
            ["coreservice_ip"] = coreService,
            ["external_hostip"] = externalHost,
            ["internal_hostip"] = internalHost,

            // Releases since 3.2.2 have one address in the place of the two.
            ["my_hostip"] = externalHost,
            ["physical_location"] = new JsonObject { ["longitude"] = site.Location.Longitude, ["latitude"] = site.Location.Latitude },
            ["site_id"] = site.SiteId,
            ["logging"] = new JsonObject { ["info"] = "stdout", ["error"] = "stdout", ["protocol"] = "stdout", ["debug"] = "stdout" },
            ["discovery"] = new JsonObject { ["http_port"] = DiscoveryPort },
            ["broker"] = new JsonObject { ["http_port"] = brokerPort },
            ["master"] = new JsonObject { ["ngsi_agent_port"] = MasterAgentPort },
            ["worker"] = new JsonObject { ["container_autoremove"] = false, ["start_actual_task"] = true, ["capacity"] = site.WorkerCapacity },
            ["designer"] = new JsonObject { ["webSrvPort"] = DesignerPort, ["agentPort"] = DesignerAgentPort },
            ["rabbitmq"] = new JsonObject { ["port"] = QueuePort, ["username"] = user, ["password"] = password },
            ["https"] = new JsonObject { ["enabled"] = false },
            ["persistent_storage"] = new JsonObject { ["port"] = DatabasePort },
        }.ToJsonString(Indented);

    /// <summary>What the proxy in front of the core services does: the dashboard, and the interfaces of discovery and broker.</summary>
    public static string Proxy() => new ProxyConfiguration
    {
        Port = ProxyPort,
        Routes =
        [
            new ProxyRoute("/", $"http://{FogFlowParts.Designer}:{DesignerPort}"),
            new ProxyRoute("/ngsi9/", $"http://{FogFlowParts.Discovery}:{DiscoveryPort}"),
            new ProxyRoute("/ngsi10/", $"http://{FogFlowParts.CloudBroker}:{CloudBrokerPort}"),
            new ProxyRoute("/ngsi-ld/", $"http://{FogFlowParts.CloudBroker}:{CloudBrokerPort}"),
        ],
    }.ToText();
}
