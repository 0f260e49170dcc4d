using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Model;

namespace FogInfra.Clusters.Nodes;

/// <summary>What a cluster's API server says of its nodes.</summary>
/// <param name="Server">The server's address.</param>
/// <param name="Context">The context of the kubeconfig.</param>
/// <param name="ServerVersion">The server's version, for example <c>1.33</c>; null while it does not answer.</param>
/// <param name="Nodes">The nodes; empty while it does not answer.</param>
/// <param name="Problem">Why it does not answer; null when it does.</param>
internal sealed record ApiView(string Server, string Context, string? ServerVersion, ImmutableArray<ClusterNode> Nodes, string? Problem);

/// <summary>Reads and changes the nodes of clusters through their API servers.</summary>
internal sealed class NodeApi(TimeProvider time)
{
    private static readonly ApiResource Nodes = new("v1", "Node", "nodes", Namespaced: false);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly ClientOptions Patient = new() { UserAgent = "foginfra-clusters", RequestTimeout = TimeSpan.FromSeconds(10) };

    // One who asks how things stand wants to know soon that nobody answers.
    private static readonly ClientOptions Brief = Patient with { RequestTimeout = TimeSpan.FromSeconds(5), Retries = 1 };

    /// <summary>Looks at a cluster.</summary>
    /// <exception cref="ClusterException">The kubeconfig cannot be used.</exception>
    public async Task<ApiView> ViewAsync(Observation observed, CancellationToken cancellationToken)
    {
        using var client = Connect(observed, Brief);
        return await ViewAsync(client, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until so many nodes are there, and all are ready; then gives them their labels and taints.</summary>
    /// <param name="arguments">What is wanted.</param>
    /// <param name="before">What was wanted before; null for nothing.</param>
    /// <param name="observed">The cluster.</param>
    /// <param name="restarted">Nodes that are ready only when their kubelets say so from now on.</param>
    /// <param name="progress">Told what is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ClusterException">The kubeconfig cannot be used.</exception>
    public async Task SettleAsync(
        ClusterArguments arguments, ClusterArguments? before, Observation observed, Restarted restarted, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var client = Connect(observed, Patient);
        // Without a pod network no node becomes ready; it is for its installer to wait.
        var needsReady = arguments.Spec.PodNetwork;
        var view = await ViewAsync(client, cancellationToken).ConfigureAwait(false);
        while (view.Problem is not null || view.Nodes.Length < arguments.Topology.Nodes || (needsReady && !view.Nodes.All(restarted.IsReady)))
        {
            progress.Report(view.Problem is { } problem ? $"waiting for the API server: {problem}"
                : $"waiting for nodes: {view.Nodes.Count(restarted.IsReady)} of {arguments.Topology.Nodes} ready");
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            view = await ViewAsync(client, cancellationToken).ConfigureAwait(false);
        }

        foreach (var node in view.Nodes)
        {
            await ChangeAsync(client, node, arguments.GroupOf(node.Role), before?.GroupOf(node.Role), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ChangeAsync(KubernetesClient client, ClusterNode node, NodeGroup wanted, NodeGroup? before, CancellationToken cancellationToken)
    {
        while (NodeChange.Of(node, wanted, before) is { IsEmpty: false } change)
        {
            try
            {
                await client.JsonPatchAsync(Nodes, null, node.Name, change.ToPatch(node), new WriteOptions("foginfra"), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ApiException exception) when (exception.IsInvalid || exception.IsStale)
            {
                // Somebody has changed the taints meanwhile, such as the node's own controller.
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
                node = ClusterNode.Read(await client.GetAsync(Nodes, null, node.Name, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    private static async Task<ApiView> ViewAsync(KubernetesClient client, CancellationToken cancellationToken)
    {
        var (server, context) = ($"{client.Connection.Cluster.Server}".TrimEnd('/'), client.Connection.Context ?? "");
        try
        {
            var version = await client.GetServerVersionAsync(cancellationToken).ConfigureAwait(false);
            var nodes = await client.ListAsync(Nodes, null, ObjectSelection.All, cancellationToken).ConfigureAwait(false);
            return new ApiView(server, context, version.ToString(), [.. nodes.Items.Select(ClusterNode.Read).OrderBy(node => node.Name.Length).ThenBy(node => node.Name, StringComparer.Ordinal)], null);
        }
        catch (Exception exception) when (exception is ClusterUnreachableException or ApiException)
        {
            return new ApiView(server, context, null, [], exception.Message);
        }
        catch (KubeconfigException exception)
        {
            throw new ClusterException(exception.Message, exception);
        }
    }

    private KubernetesClient Connect(Observation observed, ClientOptions options)
    {
        try
        {
            var connection = ConnectionResolver.Resolve(observed.Kubeconfig, observed.Context, null, HostEnvironment.OfProcess());
            return new KubernetesClient(connection, options, time);
        }
        catch (KubeconfigException exception)
        {
            throw new ClusterException(exception.Message, exception);
        }
    }
}
