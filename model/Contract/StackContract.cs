namespace FogInfra.Model;

/// <summary>
/// The names by which the runner and a stack program talk: configuration goes in, outputs come back. Any Pulumi program that keeps
/// to them can be rolled out, whatever it is written in.
/// </summary>
public static class StackContract
{
    /// <summary>The namespace of the configuration keys; also the name of the Pulumi project of the layer stacks.</summary>
    public const string ConfigNamespace = "fog";

    /// <summary>Configuration: the <see cref="ClusterWorkload"/> as JSON text. Set by the runner; without it a stack reads the fleet itself.</summary>
    public const string Workload = "workload";

    /// <summary>Configuration: the path of the cluster's kubeconfig file.</summary>
    public const string Kubeconfig = "kubeconfig";

    /// <summary>Configuration: the context in the kubeconfig; without it the current one.</summary>
    public const string Context = "context";

    /// <summary>Configuration of a layer stack: the layer.</summary>
    public const string Layer = "layer";

    /// <summary>Configuration of a layer stack: the path of the fleet document, relative to the project.</summary>
    public const string Fleet = "fleet";

    /// <summary>Configuration of a layer stack: the application; needed where the fleet has more than one.</summary>
    public const string Application = "application";

    /// <summary>
    /// Configuration: what becomes of the definition of FogRollouts in the clusters. <c>retain</c>, the default, makes it and leaves it
    /// there; <c>own</c> makes it and takes it away with the stack; <c>none</c> makes none and records no rollouts.
    /// </summary>
    public const string Definition = "fogRollouts";

    /// <summary>Configuration: the folder to which the paths of secrets' files are relative; without it that of the project.</summary>
    public const string Root = "root";

    /// <summary>
    /// Output: an object for each cluster of the stack, by the cluster's name. Its fields: <c>application</c>, <c>layer</c>,
    /// <c>namespace</c>, <c>healthy</c>, <c>workload</c> and <c>services</c>; the last an object for each service with
    /// <c>version</c>, <c>replicas</c>, <c>readyReplicas</c>, <c>endpoint</c> and <c>externalEndpoint</c>.
    /// </summary>
    public const string Clusters = "clusters";

    /// <summary>Output, secret: the kubeconfig of each cluster, by the cluster's name.</summary>
    public const string Kubeconfigs = "kubeconfigs";

    /// <summary>The field of a cluster's outputs that holds the workload as it was deployed, as JSON text.</summary>
    public const string DeployedWorkload = "workload";
}
