using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Records;
using FogInfra.Embedded.Provider;
using FogInfra.Embedded.Simulator.Client;
using FogInfra.Model;

namespace FogInfra.Clusters.Simulated;

/// <summary>Simulated clusters. All of a project live in one process, which is started with the first and stopped with the last.</summary>
internal sealed class SimulatedEngine(RecordStore records, TimeProvider time) : IClusterEngine
{
    /// <inheritdoc/>
    public string? NetworkOf(ClusterArguments arguments) => null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckFailure>> CheckAsync(ClusterArguments arguments, bool isOwn, CancellationToken cancellationToken)
    {
        if (isOwn)
        {
            return [];
        }

        using var simulator = await SimulatorClient.FindAsync(records.SimulatorFolder, cancellationToken).ConfigureAwait(false);
        return simulator is not null && await simulator.FindClusterAsync(arguments.Name, cancellationToken).ConfigureAwait(false) is not null
            ? [new CheckFailure("name", $"The simulator has a cluster '{arguments.Name}' already. Choose another name, or import it (id 'simulated/{arguments.Name}').")]
            : [];
    }

    /// <inheritdoc/>
    public async Task CreateAsync(ClusterArguments arguments, ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await Guard(async () =>
        {
            using var simulator = await SimulatorProcess.EnsureStartedAsync(records.SimulatorFolder, time, cancellationToken).ConfigureAwait(false);
            await simulator.CreateClusterAsync(SimulatedNodes.SpecOf(arguments), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Observation?> ObserveAsync(ClusterArguments arguments, CancellationToken cancellationToken)
    {
        using var simulator = await SimulatorClient.FindAsync(records.SimulatorFolder, cancellationToken).ConfigureAwait(false);
        if (simulator is null)
        {
            // It keeps its clusters in files, so that they are stopped, not gone.
            return records.Find(arguments.Name) is null ? null : new Observation(null, null, Machines(arguments, isRunning: false));
        }

        return await simulator.FindClusterAsync(arguments.Name, cancellationToken).ConfigureAwait(false) is null
            ? null
            : new Observation(
                await simulator.KubeconfigAsync(arguments.Name, cancellationToken).ConfigureAwait(false), arguments.Name, Machines(arguments, isRunning: true));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> UpdateAsync(
        ClusterArguments arguments, Observation observed, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await Guard(async () =>
        {
            using var simulator = await SimulatorProcess.EnsureStartedAsync(records.SimulatorFolder, time, cancellationToken).ConfigureAwait(false);
            if (await simulator.FindClusterAsync(arguments.Name, cancellationToken).ConfigureAwait(false) is null)
            {
                // Its files are gone.
                await simulator.CreateClusterAsync(SimulatedNodes.SpecOf(arguments), cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return []; // A simulated node has no kubelet, and is ready as soon as its cluster runs.
    }

    /// <inheritdoc/>
    public Task RemoveAsync(ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken) => Guard(async () =>
    {
        var stopped = await SimulatorClient.FindAsync(records.SimulatorFolder, cancellationToken).ConfigureAwait(false) is null;
        if (stopped && !Directory.Exists(records.SimulatorFolder))
        {
            return;
        }

        using var simulator = await SimulatorProcess.EnsureStartedAsync(records.SimulatorFolder, time, cancellationToken).ConfigureAwait(false);
        await simulator.DeleteClusterAsync(record.Name, cancellationToken).ConfigureAwait(false);
        await StopIfEmptyAsync(simulator, record, cancellationToken).ConfigureAwait(false);
    });

    // Clusters may be removed at the same time, so those whose removal has begun do not count; whoever comes last finds the simulator empty.
    // A record without a cluster is one that is about to be made.
    private async Task StopIfEmptyAsync(SimulatorClient simulator, ClusterRecord removed, CancellationToken cancellationToken)
    {
        try
        {
            if ((await simulator.ListClustersAsync(cancellationToken).ConfigureAwait(false)).Count == 0
                && records.All().All(other => other.Name == removed.Name || other.Engine != removed.Engine || other.Phase == ClusterPhase.Deleting))
            {
                await simulator.StopAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (HttpRequestException)
        {
            // Another that was removed at the same time has stopped it.
        }
    }

    /// <inheritdoc/>
    public async Task<ClusterArguments?> ImportAsync(string name, CancellationToken cancellationToken)
    {
        using var simulator = await SimulatorClient.FindAsync(records.SimulatorFolder, cancellationToken).ConfigureAwait(false);
        return simulator is not null && await simulator.FindClusterAsync(name, cancellationToken).ConfigureAwait(false) is { } cluster
            ? new ClusterArguments { Name = name, Engine = new ClusterEngine.Simulated(), Spec = new ClusterSpec { Topology = TopologyOf(cluster.Nodes) } }
            : null;
    }

    /// <inheritdoc/>
    public Task LoadImagesAsync(string cluster, ImmutableArray<string> images, IProgress<string> progress, CancellationToken cancellationToken) =>
        throw new ClusterException("Images can be loaded into clusters of kind and k3d only; a simulated cluster has those of its registry.");

    private static Topology TopologyOf(IReadOnlyList<string> nodes)
    {
        var controlPlanes = nodes.Count(node => node.Contains($"-{NodeRoles.ControlPlane}", StringComparison.Ordinal));
        return nodes.Count == 0 ? new Topology(1, 0) : new Topology(controlPlanes, nodes.Count - controlPlanes);
    }

    private static ImmutableArray<Machine> Machines(ClusterArguments arguments, bool isRunning) =>
    [
        .. SimulatedNodes.Of(arguments).Select((node, index) => new Machine(
            node.Name, index < arguments.Topology.ControlPlanes ? NodeRoles.ControlPlane : NodeRoles.Worker, isRunning)),
    ];

    private static async Task Guard(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (SimulatorException exception)
        {
            throw new ClusterException($"The simulator could not do it. {exception.Message}", exception);
        }
    }
}
