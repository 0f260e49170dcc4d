using System.Collections.Concurrent;
using FogInfra.Embedded.Simulator.Api;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Storage;
using Microsoft.Extensions.Logging;

namespace FogInfra.Embedded.Simulator.Hosting;

/// <summary>The clusters of one process.</summary>
internal sealed class ClusterHost(string? directory, TimeProvider time, Random random, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunningCluster> _clusters = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1);

    /// <summary>The running clusters, by name.</summary>
    public IEnumerable<SimulatedCluster> Clusters => _clusters.Values.Select(running => running.Cluster).OrderBy(cluster => cluster.Spec.Name, StringComparer.Ordinal);

    /// <summary>The API of a cluster, or null.</summary>
    public ApiServer? FindApi(string name) => _clusters.GetValueOrDefault(name)?.Api;

    /// <summary>A cluster, or null.</summary>
    public SimulatedCluster? Find(string name) => _clusters.GetValueOrDefault(name)?.Cluster;

    /// <summary>Starts the clusters that were saved.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public void Load()
    {
        if (directory is null) return;
        Directory.CreateDirectory(directory);
        foreach (var path in Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal))
        {
            var (spec, store) = new ClusterFile(path).Read();
            _clusters[spec.Name] = Start(spec, store);
        }
    }

    /// <summary>Creates a cluster; false when there is one of that name.</summary>
    public async Task<bool> CreateAsync(ClusterSpec spec, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_clusters.ContainsKey(spec.Name)) return false;
            _clusters[spec.Name] = Start(spec.Nodes.Count > 0 ? spec : spec with { Nodes = [DefaultNode(spec.Name)] }, saved: null);
            return true;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Deletes a cluster with all that is in it; false when there is none of that name.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_clusters.TryRemove(name, out var running)) return false;
            await running.Cluster.DisposeAsync().ConfigureAwait(false);
            if (running.Saver is not null) await running.Saver.ForgetAsync().ConfigureAwait(false);
            return true;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops all clusters and saves them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var running in _clusters.Values)
        {
            await running.Cluster.DisposeAsync().ConfigureAwait(false);
            if (running.Saver is not null) await running.Saver.DisposeAsync().ConfigureAwait(false);
        }
        _changing.Dispose();
    }

    private static NodeSpec DefaultNode(string cluster) => new()
    {
        Name = cluster + "-control-plane",
        Labels = new Dictionary<string, string> { ["node-role.kubernetes.io/control-plane"] = "" },
    };

    private RunningCluster Start(ClusterSpec spec, ObjectStore? saved)
    {
        var logger = loggers.CreateLogger("cluster " + spec.Name);
        var cluster = new SimulatedCluster(spec, saved, time, new Random(random.Next()), logger);
        var saver = directory is null ? null : new ClusterSaver(new ClusterFile(Path.Combine(directory, spec.Name + ".json")), spec, cluster.Store, time, logger);
        return new RunningCluster(cluster, new ApiServer(cluster), saver);
    }

    private sealed record RunningCluster(SimulatedCluster Cluster, ApiServer Api, ClusterSaver? Saver);
}
