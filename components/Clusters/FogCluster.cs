using System.Collections.Immutable;
using Pulumi;

namespace FogInfra.Components;

/// <summary>
/// A Kubernetes cluster: one that kind or k3d makes on this machine, a simulated one, or one that exists. Whatever makes it, it
/// is asked for with the same arguments and has the same outputs.
/// </summary>
[ResourceType(Type, null)]
public sealed class FogCluster : CustomResource
{
    /// <summary>The type's token.</summary>
    public const string Type = "fog:index:Cluster";

    /// <summary>Asks for a cluster.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What it is to be.</param>
    /// <param name="options">Its options. Creating one takes half a minute or more; time limits are set by <c>CustomTimeouts</c>.</param>
    public FogCluster(string name, FogClusterArgs args, CustomResourceOptions? options = null)
        : base(Type, name, args, CustomResourceOptions.Merge(new CustomResourceOptions { AdditionalSecretOutputs = { "kubeconfig" } }, options))
    {
    }

    /// <summary>The contents of a kubeconfig with one context. Secret: it lets its holder do anything in the cluster.</summary>
    [Output("kubeconfig")]
    public Output<string> Kubeconfig { get; private set; } = null!;

    /// <summary>The path of a file with the same contents that only its owner may read.</summary>
    [Output("kubeconfigFile")]
    public Output<string> KubeconfigFile { get; private set; } = null!;

    /// <summary>The context in the kubeconfig.</summary>
    [Output("context")]
    public Output<string> Context { get; private set; } = null!;

    /// <summary>The address of the API server.</summary>
    [Output("server")]
    public Output<string> Server { get; private set; } = null!;

    /// <summary>The Kubernetes version of the API server; empty while it does not answer.</summary>
    [Output("serverVersion")]
    public Output<string> ServerVersion { get; private set; } = null!;

    /// <summary>Whether the API server answers and every node is ready.</summary>
    [Output("ready")]
    public Output<bool> Ready { get; private set; } = null!;

    /// <summary>The nodes.</summary>
    [Output("nodes")]
    public Output<ImmutableArray<FogClusterNode>> Nodes { get; private set; } = null!;

    /// <summary>Published ports: where this machine reaches them (<c>ADDRESS:PORT</c>), by the node's port.</summary>
    [Output("endpoints")]
    public Output<ImmutableDictionary<string, string>> Endpoints { get; private set; } = null!;

    /// <summary>Changes when the cluster is made anew under the same name.</summary>
    [Output("instance")]
    public Output<string> Instance { get; private set; } = null!;
}

/// <summary>A node of a cluster.</summary>
[OutputType]
public sealed class FogClusterNode
{
    [OutputConstructor]
    private FogClusterNode(string name, string role, string status)
    {
        (Name, Role, Status) = (name, role, status);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary><c>control-plane</c> or <c>worker</c>.</summary>
    public string Role { get; }

    /// <summary><c>ready</c>, <c>notReady</c>, <c>stopped</c> or <c>missing</c>.</summary>
    public string Status { get; }
}
