using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Nodes;
using FogInfra.Clusters.Records;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Provider;

/// <summary>
/// The life cycle of clusters, whatever makes them. What is begun is written down before anything is made, and forgotten after
/// everything is gone; so a cluster that a crash left half made or half removed is known, and removed by whoever comes next.
/// </summary>
internal sealed class ClusterManager(ClusterEngines engines, RecordStore records, NodeApi nodes, TimeProvider time)
{
    private static readonly TimeSpan CleanupLimit = TimeSpan.FromMinutes(2);

    /// <summary>What stands in the way of making a cluster.</summary>
    public Task<IReadOnlyList<CheckFailure>> CheckAsync(string owner, ClusterArguments arguments, CancellationToken cancellationToken)
    {
        var record = records.Find(arguments.Name);
        return record is not null && record.Owner != owner && arguments.Engine is not ClusterEngine.Existing
            ? Task.FromResult<IReadOnlyList<CheckFailure>>([new CheckFailure(
                "name", $"The cluster '{arguments.Name}' belongs to the stack {record.OwnerStack()} already; expected a name of its own.")])
            : engines.Of(arguments.Engine).CheckAsync(arguments, isOwn: record is not null, cancellationToken);
    }

    /// <summary>Makes a cluster and waits until its nodes are ready. What an earlier, interrupted attempt left is removed first.</summary>
    /// <returns>Its outputs.</returns>
    public async Task<PropertyMap> CreateAsync(string owner, ClusterArguments arguments, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var engine = engines.Of(arguments.Engine);
        if (arguments.Engine is ClusterEngine.Existing)
        {
            return await DescribeAsync(arguments, arguments.Name, cancellationToken).ConfigureAwait(false)
                ?? throw new ClusterException($"There is no cluster '{arguments.Name}'.");
        }

        if (records.Find(arguments.Name) is { } left)
        {
            progress.Report($"removing what is left of an earlier '{left.Name}'");
            await RemoveAsync(left, progress, cancellationToken).ConfigureAwait(false);
        }

        var record = new ClusterRecord
        {
            Name = arguments.Name,
            Engine = arguments.Engine.Name,
            Owner = owner,
            Instance = Guid.NewGuid().ToString("N"),
            Phase = ClusterPhase.Creating,
            Network = engine.NetworkOf(arguments),
        };
        await records.WriteAsync(record, cancellationToken).ConfigureAwait(false);
        try
        {
            await engine.CreateAsync(arguments, record, progress, cancellationToken).ConfigureAwait(false);
            var outputs = await SettleAsync(arguments, null, record, Restarted.None, progress, cancellationToken).ConfigureAwait(false);
            await records.WriteAsync(record with { Phase = ClusterPhase.Made }, cancellationToken).ConfigureAwait(false);
            return outputs;
        }
        catch (Exception exception)
        {
            await CleanUpAsync(record, progress, exception).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>How a cluster stands; null when it is gone.</summary>
    public Task<PropertyMap?> ReadAsync(ClusterArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Engine is ClusterEngine.Existing)
        {
            return DescribeAsync(arguments, arguments.Name, cancellationToken);
        }

        // One whose removal has begun is as good as gone; one without a record is not the project's, even if it has the same name.
        return records.Find(arguments.Name) is { Phase: ClusterPhase.Made } record
            ? DescribeAsync(arguments, record.Instance, cancellationToken)
            : Task.FromResult<PropertyMap?>(null);
    }

    /// <summary>Takes over a cluster that exists.</summary>
    /// <returns>Its arguments and outputs; null when there is none.</returns>
    public async Task<(ClusterArguments Arguments, PropertyMap Outputs)?> ImportAsync(
        string owner, ClusterEngine engine, string name, CancellationToken cancellationToken)
    {
        if (records.Find(name) is { } other && other.Owner != owner)
        {
            throw new ClusterException($"The cluster '{name}' belongs to the stack {other.OwnerStack()} already.");
        }

        if (await engines.Of(engine).ImportAsync(name, cancellationToken).ConfigureAwait(false) is not { } arguments)
        {
            return null;
        }

        var record = new ClusterRecord
        {
            Name = name, Engine = engine.Name, Owner = owner, Instance = Guid.NewGuid().ToString("N"), Phase = ClusterPhase.Made,
        };
        await records.WriteAsync(record, cancellationToken).ConfigureAwait(false);
        var outputs = await DescribeAsync(arguments, record.Instance, cancellationToken).ConfigureAwait(false);
        return outputs is null ? null : (arguments, outputs);
    }

    /// <summary>Brings a cluster to what is wanted in place.</summary>
    public async Task<PropertyMap> UpdateAsync(
        ClusterArguments before, ClusterArguments wanted, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var engine = engines.Of(wanted.Engine);
        if (wanted.Engine is ClusterEngine.Existing)
        {
            return await DescribeAsync(wanted, wanted.Name, cancellationToken).ConfigureAwait(false) ?? PropertyMap.Empty;
        }

        var record = records.Find(wanted.Name);
        var observed = await engine.ObserveAsync(wanted, cancellationToken).ConfigureAwait(false);
        if (record is null || observed is null)
        {
            throw new ClusterException($"The cluster '{wanted.Name}' is gone. A refresh notices that, and the next update makes it anew.");
        }

        var now = time.GetUtcNow();
        var started = await engine.UpdateAsync(wanted, observed, progress, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(wanted, before, record, new Restarted(started, now), progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a cluster that the project has made, whole or not; one that is gone is no error.</summary>
    public async Task DeleteAsync(string owner, string name, IProgress<string> progress, CancellationToken cancellationToken)
    {
        // A cluster of the same name that another stack has made in the meantime is not touched.
        if (records.Find(name) is { } record && record.Owner == owner)
        {
            await RemoveAsync(record, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes everything that a record stands for, then the record.</summary>
    public async Task RemoveAsync(ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await MarkedProcesses.EndAsync(record.Instance, cancellationToken).ConfigureAwait(false);
        var engine = engines.Of(record.Engine);
        if (record.Phase == ClusterPhase.Made)
        {
            await records.WriteAsync(record with { Phase = ClusterPhase.Deleting }, cancellationToken).ConfigureAwait(false);
        }

        await engine.RemoveAsync(record, progress, cancellationToken).ConfigureAwait(false);
        records.Remove(record.Name);
    }

    private async Task CleanUpAsync(ClusterRecord record, IProgress<string> progress, Exception cause)
    {
        // The caller's token may be cancelled; what was made is removed all the same, in bounded time.
        using var limit = new CancellationTokenSource(CleanupLimit, time);
        try
        {
            progress.Report("removing what was made of it");
            await RemoveAsync(record, progress, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ToolException or ClusterException or OperationCanceledException or IOException)
        {
            throw new ClusterException(
                $"{cause.Message} What was made of '{record.Name}' could not be removed either: {exception.Message} The next update or 'fog cluster delete {record.Name}' tries again.",
                cause);
        }
    }

    private async Task<PropertyMap> SettleAsync(
        ClusterArguments wanted, ClusterArguments? before, ClusterRecord record, Restarted restarted, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var observed = await engines.Of(wanted.Engine).ObserveAsync(wanted, cancellationToken).ConfigureAwait(false)
            ?? throw new ClusterException($"Nothing of the cluster '{wanted.Name}' is there, though it was made.");
        await nodes.SettleAsync(wanted, before, observed, restarted, progress, cancellationToken).ConfigureAwait(false);
        return await DescribeAsync(wanted, record.Instance, cancellationToken).ConfigureAwait(false)
            ?? throw new ClusterException($"The cluster '{wanted.Name}' has gone while it was waited for.");
    }

    private async Task<PropertyMap?> DescribeAsync(ClusterArguments arguments, string instance, CancellationToken cancellationToken)
    {
        if (await engines.Of(arguments.Engine).ObserveAsync(arguments, cancellationToken).ConfigureAwait(false) is not { } observed)
        {
            return null;
        }

        var file = arguments.Engine is ClusterEngine.Existing existing ? existing.Kubeconfig : records.KubeconfigFile(arguments.Name);
        if (observed.Kubeconfig is null)
        {
            return ClusterOutputs.Write(arguments, instance, observed, null, file);
        }

        if (arguments.Engine is not ClusterEngine.Existing)
        {
            await records.WriteKubeconfigAsync(arguments.Name, observed.Kubeconfig, cancellationToken).ConfigureAwait(false);
        }

        var view = await nodes.ViewAsync(observed, cancellationToken).ConfigureAwait(false);
        return ClusterOutputs.Write(arguments, instance, observed, view, file);
    }
}
