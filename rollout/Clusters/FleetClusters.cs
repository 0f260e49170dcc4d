using System.Collections.Immutable;
using FogInfra.Clusters;
using FogInfra.Model;
using FogInfra.Rollout.Engines;
using FogInfra.Stacks;

namespace FogInfra.Rollout.Clusters;

/// <summary>
/// The clusters of a fleet, brought about by the stacks of their layers: the cloud first, so that an edge finds its fog and a fog its
/// cloud; removed in the other order. One process at a time works on them.
/// </summary>
internal sealed class FleetClusters(ProjectLayout project, Engine engine, TimeProvider time)
{
    private readonly ClusterStacks _stacks = new(project, engine);
    private readonly ProjectClusters _clusters = new(project, time);

    /// <summary>Sees to it that clusters are there, well, and have the images that applications need.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="applications">The applications, with the versions that are wanted.</param>
    /// <param name="only">The clusters that it is about; null for all.</param>
    /// <param name="force">Whether also stacks are updated whose clusters stand as the last good update left them.</param>
    /// <param name="activity">Told what is done.</param>
    /// <param name="cancellationToken">Ends it when running operations are done.</param>
    /// <returns>What happened to clusters, by name.</returns>
    /// <exception cref="ClusterException">Some could not be had; the message tells of all.</exception>
    public async Task<ImmutableSortedDictionary<string, string>> EnsureAsync(
        Fleet fleet, IReadOnlyList<Application> applications, IReadOnlyList<string>? only, bool force, IProgress<string> activity, CancellationToken cancellationToken)
    {
        using var holding = Hold();
        var changes = ImmutableSortedDictionary<string, string>.Empty;
        var layers = LayerNames.All.Where(layer => IsConcerned(fleet, layer, only)).ToImmutableArray();
        var settled = only is null && !force
            ? await Task.WhenAll(layers.Select(layer => IsSettledAsync(fleet, layer, applications, cancellationToken))).ConfigureAwait(false)
            : new bool[layers.Length];
        foreach (var layer in layers.Where((_, index) => !settled[index]))
        {
            _stacks.Forget(layer);
            var result = await _stacks.UpAsync(
                fleet, layer, cluster => LayerClusters.ImagesOf(applications, cluster), OnlyOf(fleet, layer, only), activity, cancellationToken).ConfigureAwait(false);
            changes = changes.SetItems(result.Changes);
            Require(result);
            if (only is null && await FingerprintAsync(fleet, layer, applications, cancellationToken).ConfigureAwait(false) is { } fingerprint)
            {
                _stacks.Remember(layer, fingerprint);
            }
        }

        return changes;
    }

    private bool IsConcerned(Fleet fleet, Layer layer, IReadOnlyList<string>? only) =>
        fleet.Clusters.Any(cluster => cluster.Layer == layer && (only is null || only.Contains(cluster.Name))) || (only is null && _stacks.Has(layer));

    // Whether an update would find nothing to do: its clusters are wanted to be, and stand, as its last good update has left them.
    private async Task<bool> IsSettledAsync(Fleet fleet, Layer layer, IReadOnlyList<Application> applications, CancellationToken cancellationToken) =>
        _stacks.Remembered(layer) is { } before && before == await FingerprintAsync(fleet, layer, applications, cancellationToken).ConfigureAwait(false);

    private Task<string?> FingerprintAsync(Fleet fleet, Layer layer, IReadOnlyList<Application> applications, CancellationToken cancellationToken) =>
        _clusters.FingerprintAsync(
            fleet, [.. fleet.Clusters.Where(cluster => cluster.Layer == layer)], cluster => LayerClusters.ImagesOf(applications, cluster), cancellationToken);

    /// <summary>How each cluster stands. Changes nothing.</summary>
    public Task<ImmutableArray<ClusterState>> ListAsync(Fleet fleet, CancellationToken cancellationToken) => _clusters.ListAsync(fleet, cancellationToken);

    /// <summary>Removes clusters that the project has made, also half made ones. Existing clusters are left alone.</summary>
    /// <param name="only">Which; null for all.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="activity">Told what is done.</param>
    /// <param name="cancellationToken">Ends it when running operations are done.</param>
    /// <returns>The names of the clusters that were removed.</returns>
    /// <exception cref="ClusterException">Some could not be removed; the message tells of all.</exception>
    public async Task<ImmutableArray<string>> DeleteAsync(
        Fleet fleet, IReadOnlyList<string>? only, IProgress<string> activity, CancellationToken cancellationToken)
    {
        using var holding = Hold();
        var removed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var layer in LayerNames.All.Reverse().Where(layer => only is null || OnlyOf(fleet, layer, only) is { Count: > 0 }))
        {
            _stacks.Forget(layer);
            var result = await _stacks.DestroyAsync(layer, OnlyOf(fleet, layer, only), activity, cancellationToken).ConfigureAwait(false);
            removed.UnionWith(result.Changes.Where(change => change.Value == "delete").Select(change => change.Key));
            Require(result);
        }

        // A cluster whose making was interrupted is in no stack's state; it is known by its record alone.
        removed.UnionWith(await _clusters.RemoveLeftoversAsync(only, activity, cancellationToken).ConfigureAwait(false));
        removed.ExceptWith(fleet.Clusters.Where(cluster => cluster.Engine is ClusterEngine.Existing).Select(cluster => cluster.Name));
        return [.. removed];
    }

    private static IReadOnlyList<string>? OnlyOf(Fleet fleet, Layer layer, IReadOnlyList<string>? only) =>
        only is null ? null : [.. fleet.Clusters.Where(cluster => cluster.Layer == layer && only.Contains(cluster.Name)).Select(cluster => cluster.Name)];

    private static void Require(LayerResult result)
    {
        if (!result.Failures.IsEmpty)
        {
            throw new ClusterException(string.Join(Environment.NewLine, result.Failures));
        }
    }

    // The system frees it when the process ends, however it ends.
    private FileStream Hold()
    {
        Directory.CreateDirectory(project.RunnerFolder);
        try
        {
            return new FileStream(Path.Combine(project.RunnerFolder, "clusters.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new ClusterException("Another process is working on the clusters of this project. Try again when it is done.", exception);
        }
    }
}
