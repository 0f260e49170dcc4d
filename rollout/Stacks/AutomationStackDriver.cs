using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using Pulumi.Automation;

namespace FogInfra.Rollout.Stacks;

/// <summary>Brings stacks about through Pulumi's Automation API, with the stack program in this process.</summary>
internal sealed class AutomationStackDriver(StackWorkspaces workspaces, ProjectLayout project) : IStackDriver
{
    /// <inheritdoc/>
    public async Task<ClusterWorkload?> ReadAsync(StackId stack, CancellationToken cancellationToken)
    {
        if (!workspaces.Known().Contains(stack))
        {
            return null;
        }

        using var workspace = await workspaces.OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        if (!await ExistsAsync(workspace, stack, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var outputs = await workspace.GetStackOutputsAsync(stack.Cluster, cancellationToken).ConfigureAwait(false);
        var deployed = ClusterOutputs(outputs, stack.Cluster)?[StackContract.DeployedWorkload];
        return deployed is null ? null : WorkloadJson.Read(deployed.GetValue<string>());
    }

    /// <inheritdoc/>
    public async Task<StackResult> UpAsync(
        StackId stack, Cluster cluster, ClusterWorkload workload, IProgress<string> activity, CancellationToken cancellationToken)
    {
        var events = new StackEvents(workload, activity);
        using var workspace = await workspaces.OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        return await RunAsync(events, cancellationToken, async () =>
        {
            using var opened = await ExistsAsync(workspace, stack, cancellationToken).ConfigureAwait(false)
                ? await WorkspaceStack.SelectAsync(stack.Cluster, workspace, cancellationToken).ConfigureAwait(false)
                : await WorkspaceStack.CreateAsync(stack.Cluster, workspace, cancellationToken).ConfigureAwait(false);
            await opened.SetAllConfigAsync(StackConfig.Of(project, cluster, workload), cancellationToken).ConfigureAwait(false);
            var result = await opened.UpAsync(new UpOptions { OnEvent = events.Take, Refresh = workspaces.MustRefresh(stack) ? true : null }, cancellationToken).ConfigureAwait(false);
            return (result.Summary, ClusterOutputs(result.Outputs, stack.Cluster));
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<StackFailure>> PreStageAsync(StackId stack, Cluster cluster, ClusterWorkload workload, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<StackFailure>.Empty);

    /// <inheritdoc/>
    public async Task<StackResult> DestroyAsync(StackId stack, IProgress<string> activity, CancellationToken cancellationToken)
    {
        var events = new StackEvents(null, activity);
        using var workspace = await workspaces.OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        if (!await ExistsAsync(workspace, stack, cancellationToken).ConfigureAwait(false))
        {
            workspaces.Remove(stack);
            return new StackResult { Changes = ImmutableSortedDictionary<string, int>.Empty };
        }

        var result = await RunAsync(events, cancellationToken, async () =>
        {
            using var opened = await WorkspaceStack.SelectAsync(stack.Cluster, workspace, cancellationToken).ConfigureAwait(false);
            var destroyed = await opened.DestroyAsync(new DestroyOptions { OnEvent = events.Take }, cancellationToken).ConfigureAwait(false);
            await workspace.RemoveStackAsync(stack.Cluster, cancellationToken).ConfigureAwait(false);
            return (destroyed.Summary, null);
        }).ConfigureAwait(false);
        if (result.Succeeded)
        {
            workspaces.Remove(stack);
        }

        return result;
    }

    private static async Task<StackResult> RunAsync(
        StackEvents events, CancellationToken cancellationToken, Func<Task<(UpdateSummary Summary, JsonObject? Outputs)>> operation)
    {
        try
        {
            var (summary, outputs) = await operation().ConfigureAwait(false);
            return new StackResult { Changes = ChangesOf(summary), Outputs = outputs };
        }
#pragma warning disable CA1031 // An inline program's exception comes back as it is, and that can be any; all of them mean that the operation failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // The engine ends an update that is cancelled as one that failed; the caller wants to know that it was cancelled.
            cancellationToken.ThrowIfCancellationRequested();
            return new StackResult { Changes = events.Changes, Failures = events.FailuresOr(exception) };
        }
    }

    // CreateOrSelectAsync would tell by the type of an exception that there is no such stack, which a PulumiCommand of one's own cannot throw.
    private static async Task<bool> ExistsAsync(LocalWorkspace workspace, StackId stack, CancellationToken cancellationToken)
    {
        var stacks = await workspace.ListStacksAsync(cancellationToken).ConfigureAwait(false);
        return stacks.Any(summary => summary.Name == stack.Cluster);
    }

    private static JsonObject? ClusterOutputs(IReadOnlyDictionary<string, OutputValue> outputs, string cluster) =>
        outputs.TryGetValue(StackContract.Clusters, out var clusters)
        && JsonSerializer.SerializeToNode(clusters.Value) is JsonObject map
            ? map[cluster] as JsonObject
            : null;

    private static ImmutableSortedDictionary<string, int> ChangesOf(UpdateSummary summary) =>
        (summary.ResourceChanges ?? ImmutableDictionary<OperationType, int>.Empty)
        .ToImmutableSortedDictionary(change => OperationNames.Of(change.Key), change => change.Value, StringComparer.Ordinal);
}
