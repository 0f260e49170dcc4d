using FogInfra.Model;

namespace FogInfra.Components;

/// <summary>
/// The nodes of the Kubernetes cluster that carries a FogFlow cloud node, and how many pods of its components follow from them. Components
/// that hold state in themselves (database, queue, discovery, broker) have one pod each on every topology, which Kubernetes brings back when
/// it goes; the others have one on each of up to three workers.
/// </summary>
public sealed record FogFlowTopology
{
    // More pods of a component than this only cost.
    private const int MostReplicas = 3;

    private FogFlowTopology(int controlPlanes, int workers) => (ControlPlanes, Workers) = (controlPlanes, workers);

    /// <summary>Control plane and work on the same node.</summary>
    public static FogFlowTopology SingleNode { get; } = new(1, 0);

    /// <summary>A node with the control plane, and one for the work.</summary>
    public static FogFlowTopology OneMasterOneWorker { get; } = new(1, 1);

    /// <summary>How many nodes have the control plane.</summary>
    public int ControlPlanes { get; }

    /// <summary>How many nodes are for work alone.</summary>
    public int Workers { get; }

    /// <summary>How many pods a component without state of its own has.</summary>
    public int Replicas => Math.Clamp(Workers, 1, MostReplicas);

    /// <summary>Whether pods must run on a node with the control plane, since there is no other.</summary>
    public bool SharesControlPlane => Workers == 0;

    /// <summary>The nodes, as <see cref="FogClusterArgs.Topology"/> and fleet documents have them.</summary>
    public Topology Nodes => new(ControlPlanes, Workers);

    /// <summary>A node with the control plane, and several for the work.</summary>
    /// <param name="workers">How many; at least 2.</param>
    public static FogFlowTopology OneMasterManyWorkers(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 2);
        return new FogFlowTopology(1, workers);
    }

    /// <summary>Several nodes with the control plane, so that none of them is missed, and several for the work.</summary>
    /// <param name="masters">How many have the control plane; at least 2, and for a majority an odd number.</param>
    /// <param name="workers">How many are for work; at least 2.</param>
    public static FogFlowTopology ManyMastersManyWorkers(int masters, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(masters, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 2);
        return new FogFlowTopology(masters, workers);
    }
}
