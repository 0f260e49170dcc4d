using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using Pulumi.Automation;

namespace FogInfra.Rollout.Stacks;

/// <summary>Brings stacks about through Pulumi's Automation API, with the stack program in this process.</summary>
internal sealed class AutomationStackDriver(StackWorkspaces workspaces, SettledStacks settled, ProjectLayout project, IClusterProbe probe, TimeProvider time) : IStackDriver
{
    private readonly ExistingStacks _existing = new(workspaces);

    /// <inheritdoc/>
    public async Task<ClusterWorkload?> ReadAsync(StackId stack, CancellationToken cancellationToken)
    {
        if (!await _existing.ContainsAsync(stack, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var outputs = await workspaces.ReadMaskedOutputsAsync(stack, cancellationToken).ConfigureAwait(false);
        var ofCluster = outputs[StackContract.Clusters] is JsonObject clusters ? clusters[stack.Cluster] as JsonObject : outputs;
        return ofCluster?[StackContract.DeployedWorkload] is JsonValue deployed && deployed.GetValue<string>() is not StackWorkspaces.Mask and var text
            ? WorkloadJson.Read(text)
            : settled.DeployedTo(stack);
    }

    /// <inheritdoc/>
    public async Task<StackResult> UpAsync(
        StackId stack, Cluster cluster, ClusterWorkload workload, IProgress<string> activity, CancellationToken cancellationToken)
    {
        if (await probe.UnreachableBecauseAsync(cluster, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            return new StackResult { Changes = ImmutableSortedDictionary<string, int>.Empty, Failures = [new StackFailure(null, reason)], Kind = FailureKind.Transport };
        }

        var events = new StackEvents(workload, activity, time);
        using var workspace = await workspaces.OpenAsync(stack, workload, cancellationToken).ConfigureAwait(false);
        settled.Forget(stack);
        var result = await RunAsync(events, cancellationToken, async () =>
        {
            using var opened = await OpenAsync(stack, workspace, cancellationToken).ConfigureAwait(false);
            await opened.SetAllConfigAsync(StackConfig.Of(project, cluster, workload), cancellationToken).ConfigureAwait(false);
            var result = await opened.UpAsync(new UpOptions { OnEvent = events.Take, Refresh = workspaces.MustRefresh(stack) ? true : null }, cancellationToken).ConfigureAwait(false);
            return (result.Summary, ClusterOutputs(result.Outputs, stack.Cluster));
        }).ConfigureAwait(false);
        if (result.Succeeded)
        {
            settled.Remember(stack, cluster, workload);
            return result;
        }

        // What failed while the cluster could not be reached says nothing about the workload.
        return await probe.UnreachableBecauseAsync(cluster, cancellationToken).ConfigureAwait(false) is { } lost
            ? result with { Kind = FailureKind.Transport, Failures = [new StackFailure(null, lost), .. result.Failures] }
            : result;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<StackFailure>> PreStageAsync(
        StackId stack, Cluster cluster, ClusterWorkload workload, CancellationToken cancellationToken)
    {
        if (await probe.UnreachableBecauseAsync(cluster, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            return [new StackFailure(null, reason)];
        }

        var events = new StackEvents(workload, new Silence(), time);
        using var workspace = await workspaces.OpenAsync(stack, workload, cancellationToken).ConfigureAwait(false);
        var tried = await RunAsync(events, cancellationToken, async () =>
        {
            using var opened = await OpenAsync(stack, workspace, cancellationToken).ConfigureAwait(false);
            await opened.SetAllConfigAsync(StackConfig.Of(project, cluster, workload), cancellationToken).ConfigureAwait(false);
            await opened.PreviewAsync(new PreviewOptions { OnEvent = events.Take }, cancellationToken).ConfigureAwait(false);
            return (null, null);
        }).ConfigureAwait(false);
        return tried.Failures;
    }

    /// <inheritdoc/>
    public async Task<StackResult> DestroyAsync(StackId stack, IProgress<string> activity, CancellationToken cancellationToken)
    {
        var events = new StackEvents(null, activity, time);
        using var workspace = await workspaces.OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        if (!await _existing.ContainsAsync(stack, cancellationToken).ConfigureAwait(false))
        {
            workspaces.Remove(stack);
            return new StackResult { Changes = ImmutableSortedDictionary<string, int>.Empty };
        }

        var result = await RunAsync(events, cancellationToken, async () =>
        {
            using var opened = await WorkspaceStack.SelectAsync(stack.Cluster, workspace, cancellationToken).ConfigureAwait(false);
            var destroyed = await opened.DestroyAsync(new DestroyOptions { OnEvent = events.Take }, cancellationToken).ConfigureAwait(false);
            await workspace.RemoveStackAsync(stack.Cluster, cancellationToken).ConfigureAwait(false);
            _existing.Remove(stack);
            return (destroyed.Summary, null);
        }).ConfigureAwait(false);
        if (result.Succeeded)
        {
            workspaces.Remove(stack);
        }

        return result;
    }

    private static async Task<StackResult> RunAsync(
        StackEvents events, CancellationToken cancellationToken, Func<Task<(UpdateSummary? Summary, JsonObject? Outputs)>> operation)
    {
        try
        {
            var (summary, outputs) = await operation().ConfigureAwait(false);
            return new StackResult { Changes = ChangesOf(summary), Outputs = outputs, EngineTime = events.EngineTime };
        }
#pragma warning disable CA1031 // An inline program's exception comes back as it is, and that can be any; all of them mean that the operation failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // The engine ends an update that is cancelled as one that failed; the caller wants to know that it was cancelled.
            cancellationToken.ThrowIfCancellationRequested();
            return new StackResult { Changes = events.Changes, Failures = events.FailuresOr(exception), EngineTime = events.EngineTime };
        }
    }

    // Each stack has a folder of its own, so that what is selected in it is of no matter to any other: pulumi/pulumi issue 8186.
    private async Task<WorkspaceStack> OpenAsync(StackId stack, LocalWorkspace workspace, CancellationToken cancellationToken)
    {
        if (await _existing.ContainsAsync(stack, cancellationToken).ConfigureAwait(false))
        {
            return await WorkspaceStack.SelectAsync(stack.Cluster, workspace, cancellationToken).ConfigureAwait(false);
        }

        var created = await workspaces.CreateStackAsync(stack, workspace, cancellationToken).ConfigureAwait(false);
        _existing.Add(stack);
        return created;
    }

    // A program that does not keep to the contract has outputs all the same, which are then those of its one cluster.
    private static JsonObject? ClusterOutputs(IReadOnlyDictionary<string, OutputValue> outputs, string cluster) =>
        outputs.TryGetValue(StackContract.Clusters, out var clusters) && !clusters.IsSecret
            ? (JsonSerializer.SerializeToNode(clusters.Value) as JsonObject)?[cluster] as JsonObject
            : new JsonObject(outputs.Where(output => !output.Value.IsSecret)
                .Select(output => KeyValuePair.Create(output.Key, JsonSerializer.SerializeToNode(output.Value.Value))));

    private static ImmutableSortedDictionary<string, int> ChangesOf(UpdateSummary? summary) =>
        (summary?.ResourceChanges ?? ImmutableDictionary<OperationType, int>.Empty)
        .ToImmutableSortedDictionary(change => OperationNames.Of(change.Key), change => change.Value, StringComparer.Ordinal);

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
