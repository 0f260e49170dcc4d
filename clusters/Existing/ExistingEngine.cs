using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Existing;

/// <summary>Clusters that exist: their kubeconfigs are checked, and nothing of them is ever changed.</summary>
internal sealed class ExistingEngine : IClusterEngine
{
    /// <inheritdoc/>
    public string? NetworkOf(ClusterArguments arguments) => null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<CheckFailure>> CheckAsync(ClusterArguments arguments, bool isOwn, CancellationToken cancellationToken)
    {
        var (kubeconfig, context) = Of(arguments);
        if (!File.Exists(kubeconfig))
        {
            return Task.FromResult<IReadOnlyList<CheckFailure>>([new CheckFailure("kubeconfig", $"There is no file {kubeconfig}.")]);
        }

        try
        {
            ConnectionResolver.Resolve(kubeconfig, context, null, HostEnvironment.OfProcess());
            return Task.FromResult<IReadOnlyList<CheckFailure>>([]);
        }
        catch (KubeconfigException exception)
        {
            return Task.FromResult<IReadOnlyList<CheckFailure>>([new CheckFailure(context is null ? "kubeconfig" : "context", exception.Message)]);
        }
    }

    /// <inheritdoc/>
    public Task CreateAsync(ClusterArguments arguments, ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<Observation?> ObserveAsync(ClusterArguments arguments, CancellationToken cancellationToken)
    {
        // The file stays where it is: it may know of other clusters, which are nobody's business here.
        var (kubeconfig, context) = Of(arguments);
        return File.Exists(kubeconfig)
            ? Task.FromResult<Observation?>(new Observation(kubeconfig, context, []))
            : throw new ClusterException($"The kubeconfig of cluster '{arguments.Name}' is gone: there is no file {kubeconfig}.");
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> UpdateAsync(
        ClusterArguments arguments, Observation observed, IProgress<string> progress, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<string>>([]);

    /// <inheritdoc/>
    public Task RemoveAsync(ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ClusterArguments?> ImportAsync(string name, CancellationToken cancellationToken) =>
        throw new ClusterException("An existing cluster need not be imported: a resource with its kubeconfig is all there is to it.");

    /// <inheritdoc/>
    public Task LoadImagesAsync(string cluster, ImmutableArray<string> images, IProgress<string> progress, CancellationToken cancellationToken) =>
        throw new ClusterException("Images can be loaded into clusters of kind and k3d only; an existing cluster pulls them.");

    private static (string Kubeconfig, string? Context) Of(ClusterArguments arguments) =>
        arguments.Engine is ClusterEngine.Existing existing ? (existing.Kubeconfig, existing.Context) : throw new ArgumentException("This is no existing cluster.", nameof(arguments));
}
