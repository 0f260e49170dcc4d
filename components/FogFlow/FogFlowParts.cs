using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;

namespace FogInfra.Components;

/// <summary>The services that FogFlow's nodes consist of. Plain functions over plain values.</summary>
internal static class FogFlowParts
{
    public const string Dgraph = "dgraph";
    public const string RabbitMQ = "rabbitmq";
    public const string Discovery = "discovery";
    public const string CloudBroker = "cloud-broker";
    public const string Designer = "designer";
    public const string Master = "master";
    public const string CloudWorker = "cloud-worker";
    public const string Nginx = "nginx";
    public const string EdgeBroker = "edge-broker";
    public const string EdgeWorker = "edge-worker";

    /// <summary>The names under which the values of secrets are asked for.</summary>
    public const string ConfigSecret = "config.json";
    public const string QueuePassword = "queue-password";

    /// <summary>The core services as they are reached from outside: the proxy, and the message queue.</summary>
    public const string CoreHttp = "core-http";
    public const string CoreAmqp = "core-amqp";

    // What a worker needs at the Kubernetes API to launch task instances as pods, and to look after them.
    private static readonly ImmutableArray<AccessRule> LaunchesPods =
    [
        new AccessRule { ApiGroups = [""], Resources = ["pods", "services"], Verbs = ["create", "delete", "get", "list", "watch"] },
        new AccessRule { ApiGroups = ["apps"], Resources = ["deployments"], Verbs = ["create", "delete", "get", "list", "watch"] },
    ];

    // The most that FogFlow's own chart gives it; the least is half of what an empty one takes.
    private static readonly Resources DatabaseResources = new() { Requests = Map("memory", "512Mi"), Limits = Map("memory", "2Gi") };

    /// <summary>The eight services of a cloud node, each after those that it needs.</summary>
    public static IEnumerable<ServiceWorkload> OfCloud(FogFlowCloudArgs args)
    {
        var (images, topology) = (args.Images, args.Topology);
        var database = Part(Dgraph, images.Dgraph, [(8000, "ratel"), (8080, "alpha"), (FogFlowConfig.DatabasePort, "grpc"), (6080, "zero")], "grpc");
        yield return database with
        {
            Containers = [database.Containers[0] with { Resources = DatabaseResources }],
            Settings = new ServiceSettings { Volumes = [args.DatabaseVolume with { Name = "data", MountPath = "/dgraph" }] },
        };
        yield return Part(RabbitMQ, images.RabbitMQ, [(FogFlowConfig.QueuePort, "amqp")], "amqp") with
        {
            Settings = new ServiceSettings
            {
                Config = Map("RABBITMQ_DEFAULT_USER", args.Messaging.User),
                Secrets = Secret("RABBITMQ_DEFAULT_PASS", QueuePassword, path: null),
                Expose = CoreExposure(args),
            },
        };
        yield return Configured(Part(Discovery, images.Discovery, [(FogFlowConfig.DiscoveryPort, "http")], "http"));
        yield return Core(args, Configured(Part(CloudBroker, images.Broker, [(FogFlowConfig.CloudBrokerPort, "http")], "http", Discovery)));
        yield return Core(args, Configured(
            Part(Designer, images.Designer, [(FogFlowConfig.DesignerPort, "http"), (FogFlowConfig.DesignerAgentPort, "agent")], "http", Dgraph, Discovery, CloudBroker),
            "/app/config.json")) with
        {
            Replicas = topology.Replicas,
        };
        yield return Core(args, Configured(Part(Master, images.Master, [(FogFlowConfig.MasterAgentPort, "agent")], "agent", RabbitMQ, Discovery, CloudBroker)));
        yield return Core(args, Worker(Part(CloudWorker, images.Worker, [], null, RabbitMQ, Discovery, CloudBroker, Master))) with
        {
            Replicas = topology.Replicas,
        };
        yield return Part(Nginx, images.Nginx, [(FogFlowConfig.ProxyPort, "http")], "http", Designer, Discovery, CloudBroker) with
        {
            Replicas = topology.Replicas,
            Settings = new ServiceSettings
            {
                Files = ImmutableSortedDictionary<string, string>.Empty.Add(ProxyConfiguration.Path, FogFlowConfig.Proxy()),
                Expose = CoreExposure(args),
            },
        };
        foreach (var task in args.Tasks)
        {
            yield return Task(task, CloudBroker, FogFlowConfig.CloudBrokerPort);
        }
    }

    /// <summary>The services of an edge node.</summary>
    public static IEnumerable<ServiceWorkload> OfEdge(FogFlowEdgeArgs args)
    {
        var upstream = UpstreamOf(Layer.Cloud);
        var broker = Configured(Part(EdgeBroker, args.Images.Broker, [(FogFlowConfig.EdgeBrokerPort, "http")], "http"));
        yield return broker with
        {
            Upstream = upstream,
            Settings = broker.Settings with { Expose = new Exposure { ExternalIPs = args.ExternalIPs } },
        };
        yield return Worker(Part(EdgeWorker, args.Images.Worker, [], null, EdgeBroker)) with { Upstream = upstream };
        foreach (var task in args.Tasks)
        {
            yield return Task(task, EdgeBroker, FogFlowConfig.EdgeBrokerPort);
        }
    }

    /// <summary>Lays what somebody wants different over the services.</summary>
    public static ImmutableArray<ServiceWorkload> With(
        this IEnumerable<ServiceWorkload> services, ImmutableSortedDictionary<string, ServiceSettings> overrides)
    {
        var all = services.ToImmutableArray();
        var unknown = overrides.Keys.Where(name => all.All(service => service.Name != name)).ToList();
        return unknown.Count > 0
            ? throw new ArgumentException($"There is no {string.Join(", ", unknown)} to override; there are: {string.Join(", ", all.Select(service => service.Name))}.", nameof(overrides))
            : [.. all.Select(service => overrides.TryGetValue(service.Name, out var own) ? service.With(own) : service)];
    }

    /// <summary>The isolation with room for the pods that the worker launches, unless somebody has said how many there may be.</summary>
    public static Isolation WithRoom(this Isolation isolation, IEnumerable<ServiceWorkload> services, FogFlowSite site)
    {
        const int Spare = 5;
        var pods = (2 * services.Sum(service => service.Replicas)) + Spare + site.WorkerCapacity;
        return isolation.Quota.ContainsKey("pods")
            ? isolation
            : isolation with { Quota = isolation.Quota.Add("pods", pods.ToString(CultureInfo.InvariantCulture)) };
    }

    /// <summary>The core services in the cloud, seen from elsewhere.</summary>
    public static ImmutableArray<UpstreamService> UpstreamOf(Layer layer) => [new(CoreHttp, "core", layer), new(CoreAmqp, "core", layer)];

    private static ServiceWorkload Task(FogFlowTask task, string broker, int brokerPort)
    {
        var part = Part(task.Name, task.Image, [(task.Port, "http")], null, broker);
        return part with
        {
            Replicas = task.Instances,
            Containers = [part.Containers[0] with { Resources = task.Resources }],
            Settings = new ServiceSettings
            {
                Config = task.Config
                    .SetItem("myport", task.Port.ToString(CultureInfo.InvariantCulture))
                    .SetItem("brokerURL", $"http://{broker}:{brokerPort}/ngsi10"),
            },
        };
    }

    private static ServiceWorkload Part(string name, string image, (int Number, string Name)[] ports, string? probed, params string[] dependsOn) => new()
    {
        Name = name,
        Version = ImageReference.TagOf(image) ?? "latest",
        Replicas = 1,
        DependsOn = [.. dependsOn],
        Containers =
        [
            new Container
            {
                Name = name,
                Image = image,
                Ports = [.. ports.Select(port => new ContainerPort(port.Number, port.Name))],
                ReadinessProbe = probed is null ? null : new Probe { TcpPort = probed, PeriodSeconds = 10 },
                LivenessProbe = probed is null ? null : new Probe { TcpPort = probed, InitialDelaySeconds = 15, PeriodSeconds = 20 },
            },
        ],
    };

    private static ServiceWorkload Configured(ServiceWorkload service, string path = "/config.json") =>
        service with { Settings = service.Settings with { Secrets = Secret("FOGFLOW_CONFIG", ConfigSecret, path) } };

    private static ServiceWorkload Worker(ServiceWorkload service)
    {
        var configured = Configured(service);
        return configured with { Settings = configured.Settings with { Access = LaunchesPods } };
    }

    // The components of a cloud node find each other by the address that edge nodes use too.
    private static ServiceWorkload Core(FogFlowCloudArgs args, ServiceWorkload service) => service with { Upstream = UpstreamOf(args.Layer) };

    private static Exposure CoreExposure(FogFlowCloudArgs args) => new() { Kind = args.Exposure, ExternalIPs = args.ExternalIPs };

    private static ImmutableSortedDictionary<string, SecretSource> Secret(string name, string source, string? path) =>
        ImmutableSortedDictionary<string, SecretSource>.Empty.Add(name, new SecretSource(SecretKind.StackConfig, source, path));

    private static ImmutableSortedDictionary<string, string> Map(string name, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(name, value);
}
