namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>How to reach one cluster: what a kubeconfig comes down to when context, cluster and user are chosen.</summary>
public sealed record ClusterConnection
{
    /// <summary>The cluster.</summary>
    public required KubeconfigCluster Cluster { get; init; }

    /// <summary>Who to be; null for nobody.</summary>
    public KubeconfigUser? User { get; init; }

    /// <summary>The context's name; null when there is none.</summary>
    public string? Context { get; init; }

    /// <summary>The namespace to use when none is named; null for <c>default</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>A connection to an API server that asks for no credentials.</summary>
    public static ClusterConnection To(Uri server) => new() { Cluster = new KubeconfigCluster { Name = server.Authority, Server = server } };

    /// <summary>The cluster in words, for messages: its address, and the context that it was chosen by.</summary>
    public string Describe() => Context is null
        ? $"cluster {Cluster.Name} at {Cluster.Server.GetLeftPart(UriPartial.Path)}"
        : $"cluster {Cluster.Name} at {Cluster.Server.GetLeftPart(UriPartial.Path)} (context {Context})";

    /// <inheritdoc/>
    public override string ToString() => Describe();
}
