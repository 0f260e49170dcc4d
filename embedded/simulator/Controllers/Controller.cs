using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;

namespace FogInfra.Embedded.Simulator.Controllers;

/// <summary>
/// Keeps one thing of a cluster as it is wanted. It is told of every change, notes which keys to look at, and is then called for each:
/// it compares what is wanted with what is, and takes the next step. It never waits; what takes time is looked at again later.
/// </summary>
internal abstract class Controller
{
    /// <summary>The keys to look at.</summary>
    public required WorkQueue Queue { get; init; }

    /// <summary>Notes what a change makes necessary.</summary>
    public abstract void Observe(ObjectChange change);

    /// <summary>Takes the next step for a key.</summary>
    public abstract void Reconcile(ObjectKey key);
}
