using FogInfra.Model;

namespace FogInfra.Rollout.Running;

/// <summary>Looks whether clusters can be reached.</summary>
public interface IClusterProbe
{
    /// <summary>Why a cluster cannot be reached, in one line; null when it can.</summary>
    Task<string?> UnreachableBecauseAsync(Cluster cluster, CancellationToken cancellationToken);
}
