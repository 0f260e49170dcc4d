using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Tests;

/// <summary>Brokers, and the bridges that make one backbone of them.</summary>
public sealed class MqttTests
{
    private const string Secret = "kubernetes:core/v1:Secret";

    private static readonly MqttTopic Sensors = new("sensors/#", MqttDirection.Out);
    private static readonly MqttTopic Commands = new("commands/+/set", MqttDirection.In, 2);

    public static MqttBrokerArgs Edge(MqttBridge? bridge = null) => new()
    {
        Cluster = "edge-1",
        Layer = Layer.Edge,
        Bridge = bridge ?? new MqttBridge { Address = "192.0.2.5:1883", Topics = [Sensors, Commands], User = "edge-1", Password = "hidden", Authority = "PEM" },
        Passwords = "device:$7$hash",
        Storage = new StorageClaim("1Gi"),
        Clients = ImmutableSortedDictionary<string, Input<string>>.Empty.Add("demo", "demo"),
    };

    [Fact]
    public async Task Bridge_CarriesItsTopics_AndIsInASecret()
    {
        var run = await ComponentRun.Of(() => _ = new MqttBroker("mqtt", Edge()));

        Assert.Equal(
            """
            connection edge-1
            address 192.0.2.5:1883
            remote_clientid edge-1
            cleansession false
            try_private true
            restart_timeout 5 60
            remote_username edge-1
            remote_password hidden
            bridge_cafile /mosquitto/trust/authority.crt
            topic sensors/# out 1
            topic commands/+/set in 2

            """,
            run.At(Secret, "messaging-edge-1-mqtt-secrets", "stringData.bridge"));
        Assert.Equal("PEM", run.At(Secret, "messaging-edge-1-mqtt-secrets", "stringData.authority"));
        Assert.Equal("device:$7$hash", run.At(Secret, "messaging-edge-1-mqtt-secrets", "stringData.passwords"));
    }

    [Fact]
    public void Broker_WithoutPasswords_LetsInWhomTheNetworkLetsIn()
    {
        Assert.Contains("allow_anonymous true", MqttConfiguration.Broker(1883, withPasswords: false, withBridge: false), StringComparison.Ordinal);
        Assert.Contains("allow_anonymous false\npassword_file", MqttConfiguration.Broker(1883, withPasswords: true, withBridge: false), StringComparison.Ordinal);
        Assert.Contains("include_dir /mosquitto/bridge", MqttConfiguration.Broker(1883, withPasswords: true, withBridge: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a b", 0)]
    [InlineData("a/#/b", 0)]
    [InlineData("a+/b", 0)]
    [InlineData("a/b#", 0)]
    [InlineData("a", 3)]
    [InlineData("a", -1)]
    public void Topic_ThatIsNone_IsRefused(string pattern, int quality)
    {
        var bridge = new MqttBridge { Address = "a:1", Topics = [new MqttTopic(pattern, MqttDirection.Both, quality)] };

        Assert.Throws<ArgumentException>(() => MqttConfiguration.Bridge("edge-1", "a:1", bridge, null));
    }

    [Fact]
    public void Bridge_WithoutTopics_OrWithAPasswordOfTwoLines_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => MqttConfiguration.Bridge("e", "a:1", new MqttBridge { Address = "a:1", Topics = [] }, null));
        Assert.Throws<ArgumentException>(() => MqttConfiguration.Bridge("e", "a:1", new MqttBridge { Address = "a:1", Topics = [Sensors] }, "a\nlog_dest none"));
    }

    [Fact]
    public async Task Clients_ReachTheBroker_AndTheBrokerReachesTheOther_AndNothingElse()
    {
        var run = await ComponentRun.Of(() => _ = new MqttBroker("mqtt", Edge()));
        var (model, pods) = NetworkReading.Of(run, "messaging", "demo", "other");
        var broker = pods["mqtt"];
        Endpoint Client(string place) => new("client", place, ImmutableDictionary<string, string>.Empty, "10.9.0.1");
        var other = new Endpoint("cloud", null, ImmutableDictionary<string, string>.Empty, "192.0.2.5");

        Assert.True(model.Allows(Client("demo"), broker, 1883));
        Assert.False(model.Allows(Client("other"), broker, 1883));
        Assert.False(model.Allows(Client("demo"), broker, 22));
        Assert.True(model.Allows(broker, other, 1883));
        Assert.False(model.Allows(broker, other, 443));
        Assert.False(model.Allows(broker, other with { Address = "192.0.2.6" }, 1883));
    }

    [Fact]
    public async Task Innermost_HasNoBridge_AndNoSecret()
    {
        var run = await ComponentRun.Of(() => _ = new MqttBroker("mqtt", new MqttBrokerArgs { Cluster = "cloud-1", Layer = Layer.Cloud, Exposure = ExposureKind.LoadBalancer }));

        Assert.Empty(run.Mocks.Names(Secret));
        Assert.Equal(["messaging-cloud-1-mqtt-address"], run.Mocks.Names("kubernetes:core/v1:Service"));
    }
}
