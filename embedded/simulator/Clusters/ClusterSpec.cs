namespace FogInfra.Embedded.Simulator.Clusters;

/// <summary>What a simulated cluster is to be.</summary>
public sealed record ClusterSpec
{
    /// <summary>Its name: a DNS label, unique in the process.</summary>
    public required string Name { get; init; }

    /// <summary>Its nodes. Without any, a cluster has one named <c>NAME-control-plane</c>, as kind's have.</summary>
    public IReadOnlyList<NodeSpec> Nodes { get; init; } = [];

    /// <summary>
    /// The images that exist: patterns of <c>name:tag</c> in which <c>*</c> stands for any text. An image without a tag has the tag <c>latest</c>.
    /// A short name such as <c>web:1</c> and its full form <c>docker.io/library/web:1</c> are the same. By default every image exists.
    /// </summary>
    public IReadOnlyList<string> Images { get; init; } = ["*"];

    /// <summary>How long things take on its nodes.</summary>
    public ClusterTimings Timings { get; init; } = new();
}

/// <summary>A node of a simulated cluster.</summary>
public sealed record NodeSpec
{
    /// <summary>Its name: a DNS subdomain.</summary>
    public required string Name { get; init; }

    /// <summary>Labels besides those that every node has (host name, operating system, architecture).</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Its taints.</summary>
    public IReadOnlyList<NodeTaint> Taints { get; init; } = [];

    /// <summary>Its processors, as a quantity.</summary>
    public string Cpu { get; init; } = "8";

    /// <summary>Its memory, as a quantity.</summary>
    public string Memory { get; init; } = "16Gi";

    /// <summary>How many pods it can run.</summary>
    public int Pods { get; init; } = 110;

    /// <summary>Its architecture in the words of node labels, <c>amd64</c> or <c>arm64</c>; null for that of this machine.</summary>
    public string? Architecture { get; init; }
}

/// <summary>A taint of a node.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Effect"><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</param>
/// <param name="Value">Its value.</param>
public sealed record NodeTaint(string Key, string Effect, string Value = "");

/// <summary>How long things take on simulated nodes.</summary>
public sealed record ClusterTimings
{
    /// <summary>Pulling an image that a node does not have.</summary>
    public TimeSpan ImagePull { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Creating and starting a container.</summary>
    public TimeSpan ContainerStart { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From the start of a container until its readiness probe succeeds, besides the probe's own initial delay.</summary>
    public TimeSpan Readiness { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From the signal to end until a container has ended.</summary>
    public TimeSpan ContainerStop { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a container runs that is not meant to run for ever, such as a Job's.</summary>
    public TimeSpan Completion { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From a failed pull (<c>ErrImagePull</c>) until the kubelet says that it backs off (<c>ImagePullBackOff</c>).</summary>
    public TimeSpan ErrorShown { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first wait before a failed pull or start is tried again; it doubles each time. 10 seconds in a real kubelet.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait. 5 minutes in a real kubelet.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From a Service or Ingress that needs a load balancer until it has its address.</summary>
    public TimeSpan LoadBalancer { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From a claim until its volume is there.</summary>
    public TimeSpan Volume { get; init; } = TimeSpan.FromMilliseconds(200);
}
