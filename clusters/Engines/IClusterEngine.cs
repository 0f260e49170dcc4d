using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Engines;

/// <summary>
/// What makes clusters of one kind. It knows how to make, look at, change and remove; what to remember and when is the business of
/// its caller. Every method may throw <see cref="Tools.ToolException"/> or <see cref="ClusterException"/>.
/// </summary>
internal interface IClusterEngine
{
    /// <summary>What stands in the way of making a cluster: a missing tool, a taken name, a port in use. Changes nothing.</summary>
    /// <param name="arguments">The cluster.</param>
    /// <param name="isOwn">A cluster of that name is the same resource's, perhaps half made; its name and ports are no obstacle.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    Task<IReadOnlyList<CheckFailure>> CheckAsync(ClusterArguments arguments, bool isOwn, CancellationToken cancellationToken);

    /// <summary>The network that a cluster's containers will be in; null where there is none.</summary>
    string? NetworkOf(ClusterArguments arguments);

    /// <summary>Makes a cluster, nothing of which is there. When it fails, what it has made so far is still there.</summary>
    Task CreateAsync(ClusterArguments arguments, ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>How a cluster stands; null when nothing of it is there.</summary>
    Task<Observation?> ObserveAsync(ClusterArguments arguments, CancellationToken cancellationToken);

    /// <summary>Brings a cluster's machinery to what is wanted, as far as that is possible in place: starts what is stopped, sets limits, adds workers.</summary>
    /// <returns>The nodes that it has started: what their API server says of them is older, until their kubelets have told of them again.</returns>
    Task<ImmutableArray<string>> UpdateAsync(ClusterArguments arguments, Observation observed, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>Removes everything of a cluster, whole or half made or half removed. That nothing is there is no error.</summary>
    Task RemoveAsync(ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>The arguments that would make a cluster as it is; null when there is none of that name.</summary>
    Task<ClusterArguments?> ImportAsync(string name, CancellationToken cancellationToken);

    /// <summary>Loads images of this machine into the nodes.</summary>
    Task LoadImagesAsync(string cluster, ImmutableArray<string> images, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <summary>How a cluster's machinery stands.</summary>
/// <param name="Kubeconfig">The contents of its kubeconfig; null when it cannot be had.</param>
/// <param name="Context">The context in it; null for the current one.</param>
/// <param name="Machines">Its nodes as machines; empty where the engine sees none.</param>
internal sealed record Observation(string? Kubeconfig, string? Context, ImmutableArray<Machine> Machines);

/// <summary>A node as a machine, usually a container.</summary>
/// <param name="Name">The name; also that of the Kubernetes node.</param>
/// <param name="Role">One of <see cref="NodeRoles"/>.</param>
/// <param name="IsRunning">Whether it runs.</param>
internal sealed record Machine(string Name, string Role, bool IsRunning);
