using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Nodes;
using FogInfra.Clusters.Provider;
using FogInfra.Clusters.Records;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Model;

namespace FogInfra.Clusters;

/// <summary>How a cluster stands.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Status">
/// <c>running</c>; <c>degraded</c> when a node is not as it should be; <c>stopped</c> when none runs; <c>absent</c> when it is not made;
/// <c>creating</c> or <c>deleting</c> when that was begun and not finished; <c>existing</c> or <c>unreachable</c> for one that is only used.
/// </param>
/// <param name="Kubeconfig">The path of its kubeconfig file; null while there is none.</param>
/// <param name="Server">The address of its API server, where it is known.</param>
/// <param name="Nodes">Its nodes, where they are known.</param>
public sealed record ClusterState(Cluster Cluster, string Status, string? Kubeconfig, string? Server, ImmutableArray<NodeState> Nodes);

/// <summary>How a node stands.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role"><c>control-plane</c> or <c>worker</c>.</param>
/// <param name="Status"><c>ready</c>, <c>notReady</c>, <c>stopped</c> or <c>missing</c>.</param>
/// <param name="Drift">What of its labels and taints is not as it should be.</param>
/// <param name="Version">The version of its kubelet; empty where it is not known.</param>
public sealed record NodeState(string Name, string Role, string Status, ImmutableArray<string> Drift, string Version);

/// <summary>What can be asked and done about a project's clusters without a stack.</summary>
public sealed class ProjectClusters
{
    private readonly ProjectLayout _project;
    private readonly RecordStore _records;
    private readonly ClusterEngines _engines;
    private readonly ClusterManager _manager;
    private readonly NodeApi _nodes;
    private readonly LocalImages _images;

    /// <summary>The clusters of a project.</summary>
    public ProjectClusters(ProjectLayout project, TimeProvider time)
        : this(project, time, new SharedLooks(new CliWrapRunner(time)))
    {
    }

    internal ProjectClusters(ProjectLayout project, TimeProvider time, IToolRunner tools)
    {
        ArgumentNullException.ThrowIfNull(project);
        _project = project;
        _records = new RecordStore(project.RunnerFolder);
        _engines = new FogProviderOptions { Time = time }.Engines(_records, tools);
        _nodes = new NodeApi(time);
        _images = new LocalImages(tools);
        _manager = new ClusterManager(_engines, _records, _nodes, time);
    }

    /// <summary>How each cluster of a fleet stands.</summary>
    public async Task<ImmutableArray<ClusterState>> ListAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return [.. await Task.WhenAll(fleet.Clusters.Select(cluster => DescribeAsync(cluster, cancellationToken))).ConfigureAwait(false)];
    }

    /// <summary>How a cluster stands.</summary>
    /// <exception cref="ClusterException">It cannot be looked at.</exception>
    public async Task<ClusterState> DescribeAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var isExisting = cluster.Engine is ClusterEngine.Existing;
        var record = _records.Find(cluster.Name);
        if (!isExisting && record is null)
        {
            return new ClusterState(cluster, "absent", null, null, []);
        }

        if (record is { Phase: not ClusterPhase.Made })
        {
            return new ClusterState(cluster, record.Phase == ClusterPhase.Creating ? "creating" : "deleting", null, null, []);
        }

        try
        {
            return await ObserveAsync(cluster, isExisting, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException exception)
        {
            throw new ClusterException($"Cluster '{cluster.Name}' cannot be looked at. {exception.Message}", exception);
        }
    }

    /// <summary>
    /// What clusters are wanted to be, and how they stand, as a hash that stays the same until something of it changes; null when one of
    /// them is not as it should be, or cannot be looked at. Changes nothing.
    /// </summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="clusters">Which of its clusters.</param>
    /// <param name="images">The images that a cluster's nodes are to have.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<string?> FingerprintAsync(
        Fleet fleet, IReadOnlyList<Cluster> clusters, Func<Cluster, IEnumerable<string>> images, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(images);
        try
        {
            ImmutableArray<string> wanted =
                [.. clusters.Where(cluster => cluster.Engine is ClusterEngine.Kind or ClusterEngine.K3d).SelectMany(images).Distinct().Order(StringComparer.Ordinal)];
            var local = _images.FindAsync(wanted, cancellationToken);
            var states = await Task.WhenAll(clusters.Select(cluster => DescribeAsync(cluster, cancellationToken))).ConfigureAwait(false);
            var digests = await local.ConfigureAwait(false);
            return states.All(state => state is { Status: "running" or "existing", Kubeconfig: not null })
                ? Hash([.. fleet.SimulatedImages, .. states.SelectMany(Facts), .. states.SelectMany(state => images(state.Cluster)), .. digests.Select(image => $"{image}")])
                : null;
        }
        catch (Exception exception) when (exception is ClusterException or ToolException)
        {
            return null; // Whoever sees to the clusters says why.
        }
    }

    /// <summary>Removes clusters that were begun or made and that no stack knows of.</summary>
    /// <param name="only">Which; null for all.</param>
    /// <param name="activity">Told what is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The names of those that were removed.</returns>
    /// <exception cref="ClusterException">One could not be removed.</exception>
    public async Task<ImmutableArray<string>> RemoveLeftoversAsync(IReadOnlyList<string>? only, IProgress<string> activity, CancellationToken cancellationToken)
    {
        var left = _records.All().Where(record => only is null || only.Contains(record.Name)).ToImmutableArray();
        foreach (var record in left)
        {
            try
            {
                await _manager.RemoveAsync(record, activity, cancellationToken).ConfigureAwait(false);
            }
            catch (ToolException exception)
            {
                throw new ClusterException($"What is left of cluster '{record.Name}' could not be removed. {exception.Message}", exception);
            }
        }

        return [.. left.Select(record => record.Name)];
    }

    /// <summary>Loads images of this machine into the nodes of a cluster.</summary>
    /// <exception cref="ClusterException">It is no cluster of containers, or the images could not be loaded.</exception>
    public async Task LoadImagesAsync(Cluster cluster, ImmutableArray<string> images, IProgress<string> activity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        try
        {
            await _engines.Of(cluster.Engine).LoadImagesAsync(cluster.Name, images, activity, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException exception)
        {
            throw new ClusterException(exception.Message, exception);
        }
    }

    private async Task<ClusterState> ObserveAsync(Cluster cluster, bool isExisting, CancellationToken cancellationToken)
    {
        var arguments = ArgumentsOf(cluster);
        if (await _engines.Of(cluster.Engine).ObserveAsync(arguments, cancellationToken).ConfigureAwait(false) is not { } observed)
        {
            return new ClusterState(cluster, "absent", null, null, []);
        }

        var file = _project.KubeconfigFile(cluster);
        var view = observed.Kubeconfig is null ? null : await _nodes.ViewAsync(observed, cancellationToken).ConfigureAwait(false);
        var versions = (view?.Nodes ?? []).ToDictionary(node => node.Name, node => node.Version);
        var nodes = ClusterOutputs.NodesOf(arguments, observed, view)
            .Select(node => new NodeState(node.Name, node.Role, node.Status, node.Differs, versions.GetValueOrDefault(node.Name) ?? "")).ToImmutableArray();
        var status = isExisting ? (view?.ServerVersion is null ? "unreachable" : "existing")
            : nodes.All(node => node.Status is NodeStatus.Stopped or NodeStatus.Missing) ? "stopped"
            : nodes.All(node => node.Status == NodeStatus.Ready && node.Drift.IsEmpty) ? "running" : "degraded";
        return new ClusterState(cluster, status, File.Exists(file) ? file : null, view?.Server, nodes);
    }

    private IEnumerable<string> Facts(ClusterState state) =>
    [
        PlainJson.ToJson(ClusterArgumentsWriter.Write(ArgumentsOf(state.Cluster))).ToJsonString(),
        _records.Find(state.Cluster.Name)?.Instance ?? "",
        state.Kubeconfig ?? "",
        state.Server ?? "",
        .. state.Nodes.Select(node => $"{node.Name} {node.Role} {node.Status} {node.Version}"),
    ];

    // With another program the same clusters may mean something else.
    private static string Hash(IEnumerable<string> facts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [$"{typeof(ProjectClusters).Module.ModuleVersionId}", .. facts]))));

    private ClusterArguments ArgumentsOf(Cluster cluster)
    {
        var engine = cluster.Engine is ClusterEngine.Existing existing ? existing with { Kubeconfig = _project.KubeconfigFile(cluster) } : cluster.Engine;
        var topology = cluster.Spec.Topology ?? (engine is ClusterEngine.Simulated ? new Topology(0, cluster.Nodes) : new Topology(1, 0));
        return new ClusterArguments { Name = cluster.Name, Engine = engine, Layer = cluster.Layer, Spec = cluster.Spec with { Topology = topology } };
    }
}
