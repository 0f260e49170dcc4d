using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Kubernetes.Feeds;
using FogInfra.Embedded.Kubernetes.Readiness;

namespace FogInfra.Embedded.Kubernetes.Configuration;

/// <summary>What is kept open to one cluster while a provider lives.</summary>
internal sealed class ClusterSession : IDisposable
{
    private readonly FeedHub _feeds;

    private ClusterSession(KubernetesClient client, ReadinessOptions readiness, TimeProvider time)
    {
        Client = client;
        _feeds = new FeedHub(client, time);
        Readiness = new ReadinessWaiter(client, _feeds, readiness, time);
        Deletions = new DeletionWaiter(client, _feeds, time);
    }

    /// <summary>The client.</summary>
    public KubernetesClient Client { get; }

    /// <summary>Waits until objects are ready.</summary>
    public ReadinessWaiter Readiness { get; }

    /// <summary>Waits until objects are gone.</summary>
    public DeletionWaiter Deletions { get; }

    /// <summary>Reads the kubeconfig and makes what is needed; nothing is sent yet.</summary>
    /// <exception cref="KubeconfigException">The kubeconfig cannot be used.</exception>
    public static ClusterSession Open(ProviderSettings settings, KubernetesProviderOptions options)
    {
        var connection = ConnectionResolver.Resolve(settings.Kubeconfig, settings.Context, settings.Cluster, options.Environment);
        var client = options.Client with { RequestTimeout = settings.RequestTimeout ?? options.Client.RequestTimeout };
        return new ClusterSession(new KubernetesClient(connection, client, options.Time), options.Readiness, options.Time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _feeds.Dispose();
        Client.Dispose();
    }
}
