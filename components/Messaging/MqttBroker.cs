using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>The arguments of an <see cref="MqttBroker"/>.</summary>
public sealed class MqttBrokerArgs : ResourceArgs
{
    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The cluster's layer.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "messaging";

    /// <summary>The image of Mosquitto, a reference with a tag.</summary>
    public string Image { get; init; } = "eclipse-mosquitto:2.0";

    /// <summary>The port.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>The way to a broker further in; null for a broker that stands alone, or is the innermost.</summary>
    public MqttBridge? Bridge { get; init; }

    /// <summary>
    /// Users and the hashes of their passwords, as <c>mosquitto_passwd</c> writes them; null to let in everybody whom the network lets in. It
    /// goes into a Secret only.
    /// </summary>
    public Input<string>? Passwords { get; init; }

    /// <summary>Storage for messages that wait; null to lose them when the pod goes.</summary>
    public StorageClaim? Storage { get; init; }

    /// <summary>Namespaces, once they exist, whose pods may reach the broker, by any names that are told apart.</summary>
    public ImmutableSortedDictionary<string, Input<string>> Clients { get; init; } = ImmutableSortedDictionary<string, Input<string>>.Empty;

    /// <summary>How far the broker is reached besides <see cref="ExternalIPs"/>. What is bridged to must be reached from outside.</summary>
    public ExposureKind Exposure { get; init; } = ExposureKind.ClusterIP;

    /// <summary>Addresses of the cluster's nodes by which the broker is reached from outside.</summary>
    public ImmutableArray<string> ExternalIPs { get; init; } = [];

    /// <summary>How it is kept apart from what else runs in the cluster.</summary>
    public Isolation Isolation { get; init; } = new();

    /// <summary>What is different about its pods.</summary>
    public ServiceSettings Overrides { get; init; } = new();
}

/// <summary>
/// An MQTT broker (Mosquitto) of a cluster. With a bridge in each that leads to the cluster further in, the brokers are one backbone: what a
/// device says at the edge is heard in the cloud, and what the cloud orders is heard at the edge, after an interruption too.
/// </summary>
public sealed class MqttBroker : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:messaging:MqttBroker";

    private const string ServiceName = "mqtt";
    private const string BridgeSecret = "bridge";
    private const string AuthoritySecret = "authority";
    private const string PasswordsSecret = "passwords";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What the broker is to be.</param>
    /// <param name="options">Its options; the provider among them decides the cluster.</param>
    public MqttBroker(string name, MqttBrokerArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var workload = WorkloadOf(args);
        var application = new LayeredApplication(
            name,
            new LayeredApplicationArgs
            {
                Workload = workload,
                ReadSecret = secret => SecretOf(args, secret.Name),
                FindUpstream = _ => args.Bridge!.Address.ToOutput(),
            },
            new ComponentResourceOptions { Parent = this });
        if (args.Isolation.Network != false)
        {
            NamespaceLink.LetIn($"{name}-clients", this, workload, application.Namespace, workload.Services[0], args.Clients);
        }

        Endpoint = application.Services[ServiceName].Endpoint;
        ExternalEndpoint = application.Services[ServiceName].ExternalEndpoint;
        Healthy = application.Healthy;
        RegisterOutputs(new Dictionary<string, object?>
        {
            ["endpoint"] = Endpoint,
            ["externalEndpoint"] = ExternalEndpoint,
            ["healthy"] = Healthy,
        });
    }

    /// <summary><c>HOST:PORT</c> inside the cluster.</summary>
    public Output<string> Endpoint { get; }

    /// <summary><c>HOST:PORT</c> outside of the cluster, which brokers further out bridge to; empty where it is not reached from there.</summary>
    public Output<string> ExternalEndpoint { get; }

    /// <summary>Whether the broker was ready when it was last looked at.</summary>
    public Output<bool> Healthy { get; }

    /// <summary>What the broker consists of, for example to have it monitored.</summary>
    public static ClusterWorkload WorkloadOf(MqttBrokerArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var broker = new ServiceWorkload
        {
            Name = ServiceName,
            Version = ImageReference.TagOf(args.Image) ?? "latest",
            Replicas = 1, // Mosquitto keeps its sessions to itself, so a second pod would be a second broker.
            Containers =
            [
                new Container
                {
                    Name = ServiceName,
                    Image = args.Image,
                    Ports = [new ContainerPort(args.Port, "mqtt")],
                    ReadinessProbe = new Probe { TcpPort = "mqtt", PeriodSeconds = 5 },
                    LivenessProbe = new Probe { TcpPort = "mqtt", InitialDelaySeconds = 10, PeriodSeconds = 20 },
                },
            ],
            Upstream = args.Bridge is null ? [] : [new UpstreamService("mqtt-bridge", "upstream", Layer.Cloud)],
            Settings = new ServiceSettings
            {
                Files = ImmutableSortedDictionary<string, string>.Empty.Add(
                    MqttConfiguration.Path, MqttConfiguration.Broker(args.Port, args.Passwords is not null, args.Bridge is not null)),
                Secrets = SecretsOf(args),
                Volumes =
                [
                    args.Storage is { } claim
                        ? new Volume { Name = "data", MountPath = MqttConfiguration.DataPath, Claim = claim }
                        : new Volume { Name = "data", MountPath = MqttConfiguration.DataPath, EmptyDir = new EmptyDirectory() },
                ],
                Expose = new Exposure { Kind = args.Exposure, ExternalIPs = args.ExternalIPs },
            },
        };
        return new ClusterWorkload
        {
            Application = "messaging",
            Namespace = args.Namespace,
            Cluster = args.Cluster,
            Layer = args.Layer,
            Isolation = args.Isolation,
            Services = [broker.With(args.Overrides)],
        };
    }

    private static ImmutableSortedDictionary<string, SecretSource> SecretsOf(MqttBrokerArgs args)
    {
        var secrets = ImmutableSortedDictionary.CreateBuilder<string, SecretSource>();
        void Add(string name, string path) => secrets[name] = new SecretSource(SecretKind.StackConfig, name, path);
        if (args.Bridge is { } bridge)
        {
            Add(BridgeSecret, MqttConfiguration.BridgePath);
            if (bridge.Authority is not null)
            {
                Add(AuthoritySecret, MqttConfiguration.AuthorityPath);
            }
        }

        if (args.Passwords is not null)
        {
            Add(PasswordsSecret, MqttConfiguration.PasswordsPath);
        }

        return secrets.ToImmutable();
    }

    private static Input<string> SecretOf(MqttBrokerArgs args, string name) => name switch
    {
        PasswordsSecret => args.Passwords!,
        AuthoritySecret => args.Bridge!.Authority!,
        _ => BridgeOf(args.Cluster, args.Bridge!),
    };

    private static Output<string> BridgeOf(string cluster, MqttBridge bridge) => bridge.Password is { } password
        ? Output.Tuple(bridge.Address, password).Apply(known => MqttConfiguration.Bridge(cluster, known.Item1, bridge, known.Item2))
        : bridge.Address.Apply(address => MqttConfiguration.Bridge(cluster, address, bridge, password: null));
}
