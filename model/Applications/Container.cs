using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>A container of a pod: the part of Kubernetes' container specification that documents may use.</summary>
public sealed record Container
{
    /// <summary>The name; unique in its pod.</summary>
    public required string Name { get; init; }

    /// <summary>The image; without a tag it takes the service's version as tag.</summary>
    public required string Image { get; init; }

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>; null for Kubernetes' default.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>The entry point; empty for the image's.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The arguments; empty for the image's.</summary>
    public ImmutableArray<string> Args { get; init; } = [];

    /// <summary>The working directory; null for the image's.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>The ports that it listens on.</summary>
    public ImmutableArray<ContainerPort> Ports { get; init; } = [];

    /// <summary>Environment variables.</summary>
    public ImmutableArray<EnvironmentVariable> Env { get; init; } = [];

    /// <summary>What it asks for and may use at most.</summary>
    public Resources Resources { get; init; } = new();

    /// <summary>When it is to be restarted.</summary>
    public Probe? LivenessProbe { get; init; }

    /// <summary>When it can take requests.</summary>
    public Probe? ReadinessProbe { get; init; }

    /// <summary>When it has started, so that the other probes begin.</summary>
    public Probe? StartupProbe { get; init; }

    /// <summary>ConfigMaps and Secrets that are there already, all keys of which become environment variables.</summary>
    public ImmutableArray<EnvironmentSource> EnvFrom { get; init; } = [];

    /// <summary>Volumes of the pod, and where it sees them.</summary>
    public ImmutableArray<VolumeMount> VolumeMounts { get; init; } = [];

    /// <summary>As whom it runs, and with which rights; null for what follows from the namespace's pod security.</summary>
    public ContainerSecurity? SecurityContext { get; init; }

    /// <summary>Lays this container over a more general one of the same name, field by field.</summary>
    public Container Over(Container below) => new()
    {
        Name = Name,
        Image = Image.Length > 0 ? Image : below.Image,
        ImagePullPolicy = ImagePullPolicy ?? below.ImagePullPolicy,
        Command = Command.IsEmpty ? below.Command : Command,
        Args = Args.IsEmpty ? below.Args : Args,
        WorkingDir = WorkingDir ?? below.WorkingDir,
        Ports = Ports.IsEmpty ? below.Ports : Ports,
        Env = Overlay.ByName(Env, below.Env, variable => variable.Name, (upper, _) => upper),
        EnvFrom = Overlay.Together(EnvFrom, below.EnvFrom),
        Resources = new Resources
        {
            Requests = Overlay.ByKey(Resources.Requests, below.Resources.Requests),
            Limits = Overlay.ByKey(Resources.Limits, below.Resources.Limits),
        },
        LivenessProbe = LivenessProbe ?? below.LivenessProbe,
        ReadinessProbe = ReadinessProbe ?? below.ReadinessProbe,
        StartupProbe = StartupProbe ?? below.StartupProbe,
        VolumeMounts = Overlay.ByName(VolumeMounts, below.VolumeMounts, mount => mount.MountPath, (upper, _) => upper),
        SecurityContext = SecurityContext ?? below.SecurityContext,
    };
}

/// <summary>As whom a container runs, and with which rights, as Kubernetes has it. What is null or empty is not said.</summary>
public sealed record ContainerSecurity
{
    /// <summary>The number of the user.</summary>
    public int? RunAsUser { get; init; }

    /// <summary>The number of the group.</summary>
    public int? RunAsGroup { get; init; }

    /// <summary>Whether the container is refused when its image would run as root.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>Whether the image's file system may only be read.</summary>
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>Whether a process may get more rights than its parent has.</summary>
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>Whether it has all rights of the node.</summary>
    public bool? Privileged { get; init; }

    /// <summary>Linux capabilities that it gets besides those of the container runtime.</summary>
    public ImmutableArray<string> AddCapabilities { get; init; } = [];

    /// <summary>Linux capabilities that are taken away; <c>ALL</c> for all.</summary>
    public ImmutableArray<string> DropCapabilities { get; init; } = [];
}

/// <summary>An object that is there already, all keys of which become environment variables.</summary>
/// <param name="Kind"><see cref="ValueSourceKind.ConfigMap"/> or <see cref="ValueSourceKind.Secret"/>.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Prefix">What is put before each key; null for nothing.</param>
public sealed record EnvironmentSource(ValueSourceKind Kind, string Name, string? Prefix = null);

/// <summary>A port of a container.</summary>
/// <param name="Number">The number, from 1 to 65535.</param>
/// <param name="Name">The name, or null.</param>
/// <param name="Protocol"><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</param>
public sealed record ContainerPort(int Number, string? Name = null, string Protocol = "TCP");

/// <summary>An environment variable with a value, or with a place that the value comes from.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The value, when it is given here.</param>
/// <param name="From">Where the value comes from, when it is not given here.</param>
public sealed record EnvironmentVariable(string Name, string? Value = null, ValueSource? From = null);

/// <summary>What kind of object a variable's value comes from.</summary>
public enum ValueSourceKind
{
    /// <summary>A key of a ConfigMap.</summary>
    ConfigMap,

    /// <summary>A key of a Secret.</summary>
    Secret,

    /// <summary>A field of the pod, such as <c>status.podIP</c>.</summary>
    Field,
}

/// <summary>Where a variable's value comes from.</summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Name">The object's name; empty for a field of the pod.</param>
/// <param name="Key">The key in the object, or the field's path.</param>
public sealed record ValueSource(ValueSourceKind Kind, string Name, string Key);

/// <summary>What a container asks for and may use at most: Kubernetes quantities by name, for example <c>cpu: 250m</c>.</summary>
public sealed record Resources
{
    /// <summary>What the scheduler sets aside.</summary>
    public ImmutableSortedDictionary<string, string> Requests { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What the container may use at most.</summary>
    public ImmutableSortedDictionary<string, string> Limits { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A question that the kubelet asks a container again and again. Exactly one of the ways of asking is set.</summary>
public sealed record Probe
{
    /// <summary>Asks by an HTTP GET; a status from 200 to 399 is a yes.</summary>
    public HttpProbe? Http { get; init; }

    /// <summary>Asks by opening a connection to this port: a number or a port's name.</summary>
    public string? TcpPort { get; init; }

    /// <summary>Asks by running a command; the exit code 0 is a yes.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Seconds before the first question; null for Kubernetes' default.</summary>
    public int? InitialDelaySeconds { get; init; }

    /// <summary>Seconds between questions; null for Kubernetes' default.</summary>
    public int? PeriodSeconds { get; init; }

    /// <summary>Seconds until a question counts as a no; null for Kubernetes' default.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>How many yeses in a row count; null for Kubernetes' default.</summary>
    public int? SuccessThreshold { get; init; }

    /// <summary>How many noes in a row count; null for Kubernetes' default.</summary>
    public int? FailureThreshold { get; init; }
}

/// <summary>A question by HTTP.</summary>
/// <param name="Path">The path.</param>
/// <param name="Port">A number or a port's name.</param>
/// <param name="Scheme"><c>HTTP</c> or <c>HTTPS</c>.</param>
public sealed record HttpProbe(string Path, string Port, string Scheme = "HTTP");
