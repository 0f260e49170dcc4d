using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Components;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>FogFlow's nodes: what they consist of, what they are configured with, what they reach.</summary>
public sealed class FogFlowTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Secret = "kubernetes:core/v1:Secret";

    private static readonly string[] CloudComponents =
        ["dgraph", "rabbitmq", "discovery", "cloud-broker", "designer", "master", "cloud-worker", "nginx"];

    public static FogFlowCloudArgs Cloud(FogFlowTopology? topology = null, params FogFlowTask[] tasks) => new()
    {
        Cluster = "cloud-1",
        Site = new FogFlowSite { SiteId = "001", Location = new GeographicLocation(35.69, 139.71), WorkerCapacity = 6 },
        Addresses = new FogFlowAddresses { CoreService = "192.0.2.1" },
        Messaging = new FogFlowMessaging { User = "admin", Password = "hidden" },
        ExternalIPs = ["192.0.2.1"],
        Topology = topology ?? FogFlowTopology.OneMasterOneWorker,
        Tasks = [.. tasks],
    };

    public static FogFlowEdgeArgs Edge(params FogFlowTask[] tasks) => new()
    {
        Cluster = "edge-1",
        Site = new FogFlowSite { SiteId = "002", Location = new GeographicLocation(35.7, 139.8), WorkerCapacity = 4 },
        Addresses = new FogFlowAddresses { CoreService = "192.0.2.1", ExternalHost = "192.0.2.20", InternalHost = "10.42.0.1" },
        Messaging = new FogFlowMessaging { Password = "hidden" },
        Tasks = [.. tasks],
    };

    [Fact]
    public async Task Cloud_IsEightComponents_EachAfterThoseThatItNeeds()
    {
        var run = await ComponentRun.Of(() => _ = new FogFlowCloud("fogflow", Cloud()));

        var made = run.Mocks.Registered.Where(args => args.Type == Deployment).Select(args => (string)Tree.At(args.Inputs, "metadata.name")!).ToList();
        Assert.Equal(CloudComponents.Order(), made.Order());
        foreach (var service in FogFlowCloud.WorkloadOf(Cloud()).Services)
        {
            Assert.All(service.DependsOn, other => Assert.True(made.IndexOf(other) < made.IndexOf(service.Name), $"{other} before {service.Name}"));
        }
    }

    [Fact]
    public async Task Images_AreTheConfiguredOnes()
    {
        var args = new FogFlowCloudArgs
        {
            Cluster = "cloud-1",
            Site = Cloud().Site,
            Addresses = Cloud().Addresses,
            Messaging = Cloud().Messaging,
            Images = new FogFlowImages { Broker = "mirror.example.org/broker:k8s" },
        };
        var run = await ComponentRun.Of(() => _ = new FogFlowCloud("fogflow", args));

        Assert.Equal("mirror.example.org/broker:k8s", run.At(Deployment, "fogflow-cloud-1-cloud-broker", "spec.template.spec.containers.0.image"));
        Assert.Equal(
            "k8s", Tree.Texts(run.Mocks.Inputs(Deployment, "fogflow-cloud-1-cloud-broker"), "spec.template.metadata.labels")["app.kubernetes.io/version"]);
    }

    [Theory]
    [InlineData("discovery", "/config.json")]
    [InlineData("cloud-broker", "/config.json")]
    [InlineData("master", "/config.json")]
    [InlineData("cloud-worker", "/config.json")]
    [InlineData("designer", "/app/config.json")]
    public async Task Configuration_IsASecretFile(string component, string path)
    {
        var run = await ComponentRun.Of(() => _ = new FogFlowCloud("fogflow", Cloud()));

        var config = JsonNode.Parse((string)run.At(Secret, $"fogflow-cloud-1-{component}-secrets", "stringData.FOGFLOW_CONFIG")!)!;
        Assert.Equal("192.0.2.1", config["coreservice_ip"]!.GetValue<string>());
        Assert.Equal("192.0.2.1", config["external_hostip"]!.GetValue<string>());
        Assert.Equal("cloud-broker", config["internal_hostip"]!.GetValue<string>());
        Assert.Equal("001", config["site_id"]!.GetValue<string>());
        Assert.Equal(35.69, config["physical_location"]!["latitude"]!.GetValue<double>());
        Assert.Equal(139.71, config["physical_location"]!["longitude"]!.GetValue<double>());
        Assert.Equal(6, config["worker"]!["capacity"]!.GetValue<int>());
        Assert.Equal("hidden", config["rabbitmq"]!["password"]!.GetValue<string>());
        var mounts = (IEnumerable<object>)run.At(Deployment, $"fogflow-cloud-1-{component}", "spec.template.spec.containers.0.volumeMounts")!;
        Assert.Contains(path, mounts.Select(mount => Tree.At(mount, "mountPath")));
    }

    [Fact]
    public async Task Password_IsInSecretsOnly()
    {
        var run = await ComponentRun.Of(() => _ = new FogFlowCloud("fogflow", Cloud()));

        Assert.All(
            run.Mocks.Registered.Where(args => args.Type is not Secret),
            args => Assert.DoesNotContain("hidden", System.Text.Json.JsonSerializer.Serialize(args.Inputs), StringComparison.Ordinal));
        Assert.Equal("hidden", run.At(Secret, "fogflow-cloud-1-rabbitmq-secrets", "stringData.RABBITMQ_DEFAULT_PASS"));
    }

    public static TheoryData<FogFlowTopology, int, int, int> Topologies { get; } = new()
    {
        { FogFlowTopology.SingleNode, 1, 0, 1 },
        { FogFlowTopology.OneMasterOneWorker, 1, 1, 1 },
        { FogFlowTopology.OneMasterManyWorkers(2), 1, 2, 2 },
        { FogFlowTopology.ManyMastersManyWorkers(3, 5), 3, 5, 3 },
    };

    [Theory]
    [MemberData(nameof(Topologies))]
    public void Topology_DecidesNodesAndPods(FogFlowTopology topology, int masters, int workers, int replicas)
    {
        var services = FogFlowCloud.WorkloadOf(Cloud(topology)).Services;

        Assert.Equal(new Topology(masters, workers), topology.Nodes);
        Assert.All(services, service => Assert.Equal(service.Name is "designer" or "cloud-worker" or "nginx" ? replicas : 1, service.Replicas));
        Assert.All(services, service => Assert.Equal(
            workers == 0, service.Settings.Tolerations.Any(toleration => toleration.Key == "node-role.kubernetes.io/control-plane")));
    }

    [Fact]
    public void Overrides_ChangeAComponent_AndUnknownOnesAreRefused()
    {
        var tainted = new ServiceSettings { Replicas = 4, Tolerations = [new Toleration("gpu")] };
        FogFlowCloudArgs With(string name) => new()
        {
            Cluster = "cloud-1",
            Site = Cloud().Site,
            Addresses = Cloud().Addresses,
            Messaging = Cloud().Messaging,
            Overrides = Samples.Map((name, tainted)),
        };

        var worker = FogFlowCloud.WorkloadOf(With("cloud-worker")).Services.Single(service => service.Name == "cloud-worker");
        Assert.Equal(4, worker.Replicas);
        Assert.Contains(worker.Settings.Tolerations, toleration => toleration.Key == "gpu");
        Assert.Contains("no worker", Assert.Throws<ArgumentException>(() => FogFlowCloud.WorkloadOf(With("worker"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quota_LeavesRoomForWhatTheWorkerLaunches_UnlessSomebodySaysHowMuch()
    {
        Assert.Equal("27", FogFlowCloud.WorkloadOf(Cloud()).Isolation.Quota["pods"]);
        var said = new FogFlowEdgeArgs
        {
            Cluster = "edge-1",
            Site = Edge().Site,
            Addresses = Edge().Addresses,
            Messaging = Edge().Messaging,
            Isolation = new Isolation { Quota = Samples.Map(("pods", "9")) },
        };
        Assert.Equal("9", FogFlowEdge.WorkloadOf(said).Isolation.Quota["pods"]);
    }

    [Theory]
    [InlineData("", 0, 8)]
    [InlineData("001", 91, 8)]
    [InlineData("001", 0, -1)]
    public async Task Site_ThatCannotBe_IsRefused(string id, double latitude, int capacity)
    {
        var args = new FogFlowEdgeArgs
        {
            Cluster = "edge-1",
            Site = new FogFlowSite { SiteId = id, Location = new GeographicLocation(latitude, 0), WorkerCapacity = capacity },
            Addresses = Cloud().Addresses,
            Messaging = Cloud().Messaging,
        };

        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(() => _ = new FogFlowEdge("edge", args)));
    }

    [Fact]
    public async Task Edge_IsABrokerAWorkerAndTasks_ConfiguredForItsSite()
    {
        var run = await ComponentRun.Of(() => _ = new FogFlowEdge("fogflow", Edge(new FogFlowTask { Name = "count", Image = "example/count:2", Instances = 3 })));

        Assert.Equal(
            ["count", "edge-broker", "edge-worker"],
            run.Mocks.Registered.Where(args => args.Type == Deployment).Select(args => (string)Tree.At(args.Inputs, "metadata.name")!).Order());
        var config = JsonNode.Parse((string)run.At(Secret, "fogflow-edge-1-edge-worker-secrets", "stringData.FOGFLOW_CONFIG")!)!;
        Assert.Equal(("192.0.2.1", "192.0.2.20", "10.42.0.1", "002", 4, 8060), (
            config["coreservice_ip"]!.GetValue<string>(), config["external_hostip"]!.GetValue<string>(), config["internal_hostip"]!.GetValue<string>(),
            config["site_id"]!.GetValue<string>(), config["worker"]!["capacity"]!.GetValue<int>(), config["broker"]!["http_port"]!.GetValue<int>()));
        Assert.Equal(3.0, Convert.ToDouble(run.At(Deployment, "fogflow-edge-1-count", "spec.replicas"), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Worker_MayLaunchPods_AndOthersHaveNoAccess()
    {
        var run = await ComponentRun.Of(() => _ = new FogFlowCloud("fogflow", Cloud()));

        Assert.Equal(["fogflow-cloud-1-cloud-worker-access"], run.Mocks.Names("kubernetes:rbac.authorization.k8s.io/v1:Role"));
        Assert.Equal("pods", run.At("kubernetes:rbac.authorization.k8s.io/v1:Role", "fogflow-cloud-1-cloud-worker-access", "rules.0.resources.0"));
        Assert.Equal("create", run.At("kubernetes:rbac.authorization.k8s.io/v1:Role", "fogflow-cloud-1-cloud-worker-access", "rules.0.verbs.0"));
    }

    [Fact]
    public async Task TaskInstances_OfTheWorker_TalkWithTheBroker_AndWithNobodyElse()
    {
        var (model, pods) = NetworkReading.Of(await ComponentRun.Of(() => _ = new FogFlowCloud("fogflow", Cloud())), "fogflow");
        var launched = new Endpoint("task", "fogflow", ImmutableDictionary<string, string>.Empty.Add("app", "demo"), "10.3.0.1");

        Assert.True(model.Allows(launched, pods["cloud-broker"], 8070));
        Assert.True(model.Allows(pods["cloud-broker"], launched, 8080));
        Assert.False(model.Allows(launched, pods["dgraph"], 9080));
        Assert.False(model.Allows(launched, pods["rabbitmq"], 5672));
        Assert.False(model.Allows(pods["nginx"], launched, 8080));
    }

    [Fact]
    public async Task Notifications_GoBackToWhoSubscribed_AndNothingElseDoes()
    {
        var (model, pods) = NetworkReading.Of(await ComponentRun.Of(() => _ = new FogFlowCloud("fogflow", Cloud())), "fogflow");

        Assert.True(model.Allows(pods["cloud-broker"], pods["master"], 1060));
        Assert.True(model.Allows(pods["cloud-broker"], pods["designer"], 1030));
        Assert.True(model.Allows(pods["discovery"], pods["cloud-broker"], 8070));
        Assert.False(model.Allows(pods["cloud-broker"], pods["designer"], 8080));
        Assert.False(model.Allows(pods["rabbitmq"], pods["master"], 1060));
        Assert.False(model.Allows(pods["nginx"], pods["rabbitmq"], 5672));
    }

    [Fact]
    public async Task Edge_ReachesTheCoreServices_AtTheirPortsOnly()
    {
        var (model, pods) = NetworkReading.Of(await ComponentRun.Of(() => _ = new FogFlowEdge("fogflow", Edge())), "fogflow");
        var core = new Endpoint("core", null, ImmutableDictionary<string, string>.Empty, "192.0.2.1");

        Assert.True(model.Allows(pods["edge-worker"], core, 5672));
        Assert.True(model.Allows(pods["edge-broker"], core, 80));
        Assert.False(model.Allows(pods["edge-broker"], core, 22));
        Assert.False(model.Allows(pods["edge-broker"], core with { Address = "192.0.2.2" }, 80));
        Assert.False(model.Allows(core, pods["edge-broker"], 8060));
    }
}
