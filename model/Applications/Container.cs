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
}

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
