using System.Collections.Immutable;
using FogInfra.Embedded.Simulator.Client;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Model;

namespace FogInfra.Clusters;

/// <summary>The clusters of a fleet: those that are simulated are started and removed, existing ones are only used.</summary>
/// <param name="project">Where the fleet's files lie.</param>
/// <param name="time">The clock of waiting.</param>
public sealed class FleetClusters(ProjectLayout project, TimeProvider time)
{
    /// <summary>Sees to it that every cluster of a fleet is there and has its kubeconfig file.</summary>
    /// <returns>The names of the clusters that were made.</returns>
    /// <exception cref="ClusterException">A cluster cannot be had.</exception>
    public async Task<ImmutableArray<string>> EnsureAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        CheckExisting(fleet);
        var simulated = fleet.Clusters.Where(cluster => cluster.Engine is ClusterEngine.Simulated).ToList();
        if (simulated.Count == 0)
        {
            return [];
        }

        try
        {
            using var simulator = await SimulatorProcess.EnsureStartedAsync(project.SimulatorFolder, time, cancellationToken).ConfigureAwait(false);
            var running = (await simulator.ListClustersAsync(cancellationToken).ConfigureAwait(false)).Select(cluster => cluster.Name).ToHashSet();
            var missing = simulated.Where(cluster => !running.Contains(cluster.Name)).ToList();
            foreach (var cluster in missing)
            {
                await simulator.CreateClusterAsync(SpecOf(cluster, fleet), cancellationToken).ConfigureAwait(false);
            }

            foreach (var cluster in simulated)
            {
                // Written each time: a simulator that was started anew listens on another port.
                var kubeconfig = await simulator.KubeconfigAsync(cluster.Name, cancellationToken).ConfigureAwait(false);
                await PrivateFile.WriteAsync(project.KubeconfigFile(cluster.Name), kubeconfig, cancellationToken).ConfigureAwait(false);
            }

            return [.. missing.Select(cluster => cluster.Name)];
        }
        catch (SimulatorException exception)
        {
            throw new ClusterException($"The simulated clusters cannot be started. {exception.Message}", exception);
        }
    }

    /// <summary>How each cluster of a fleet stands.</summary>
    public async Task<ImmutableArray<ClusterState>> ListAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        using var simulator = await SimulatorClient.FindAsync(project.SimulatorFolder, cancellationToken).ConfigureAwait(false);
        var running = simulator is null
            ? []
            : (await simulator.ListClustersAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(cluster => cluster.Name);
        return
        [
            .. from cluster in fleet.Clusters
               let found = running.GetValueOrDefault(cluster.Name)
               select cluster.Engine is ClusterEngine.Existing
                   ? new ClusterState(cluster, "existing", project.KubeconfigFile(cluster), null)
                   : new ClusterState(cluster, found is null ? "stopped" : "running", found is null ? null : project.KubeconfigFile(cluster), found?.Server),
        ];
    }

    /// <summary>Removes every simulated cluster of the project, and stops the simulator. Existing clusters are left alone.</summary>
    /// <returns>The names of the clusters that were removed.</returns>
    public async Task<ImmutableArray<string>> DeleteAsync(CancellationToken cancellationToken)
    {
        using var simulator = await SimulatorClient.FindAsync(project.SimulatorFolder, cancellationToken).ConfigureAwait(false);
        if (simulator is null)
        {
            return [];
        }

        var clusters = await simulator.ListClustersAsync(cancellationToken).ConfigureAwait(false);
        foreach (var cluster in clusters)
        {
            await simulator.DeleteClusterAsync(cluster.Name, cancellationToken).ConfigureAwait(false);
            File.Delete(project.KubeconfigFile(cluster.Name));
        }

        await simulator.StopAsync(cancellationToken).ConfigureAwait(false);
        return [.. clusters.Select(cluster => cluster.Name)];
    }

    private void CheckExisting(Fleet fleet)
    {
        var missing = fleet.Clusters
            .Where(cluster => cluster.Engine is ClusterEngine.Existing && !File.Exists(project.KubeconfigFile(cluster)))
            .Select(cluster => $"cluster '{cluster.Name}': there is no kubeconfig at {project.KubeconfigFile(cluster)}")
            .ToList();
        if (missing.Count > 0)
        {
            throw new ClusterException(string.Join(Environment.NewLine, missing));
        }
    }

    private static ClusterSpec SpecOf(Cluster cluster, Fleet fleet)
    {
        var spec = new ClusterSpec { Name = cluster.Name, Nodes = SimulatedNodes.Of(cluster) };
        return fleet.SimulatedImages.IsEmpty ? spec : spec with { Images = fleet.SimulatedImages };
    }
}

/// <summary>How a cluster stands.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Status"><c>running</c>, <c>stopped</c>, or <c>existing</c> for one that is only used.</param>
/// <param name="Kubeconfig">The path of its kubeconfig file; null while it is stopped.</param>
/// <param name="Server">The address of its API server, where it is known.</param>
public sealed record ClusterState(Cluster Cluster, string Status, string? Kubeconfig, string? Server);
