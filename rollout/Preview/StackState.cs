using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Stacks;
using Pulumi.Automation;

namespace FogInfra.Rollout.Preview;

/// <summary>A stack as it is now.</summary>
/// <param name="Deployment">Its exported state; secrets stay encrypted.</param>
/// <param name="Settings">Its settings; null when it has none of its own.</param>
internal sealed record StackState(JsonObject Deployment, StackSettings? Settings)
{
    /// <summary>The stacks that it reads outputs of, as its program names them.</summary>
    public ImmutableArray<string> References =>
    [
        .. DeploymentJson.Resources(Deployment)
            .Where(resource => (string?)resource["type"] == DeploymentJson.ReferenceType)
            .Select(resource => (string?)resource["inputs"]?["name"])
            .OfType<string>(),
    ];

    /// <summary>Reads stacks, at the same time; those that were never deployed are left out.</summary>
    public static async Task<IReadOnlyDictionary<StackId, StackState>> ReadAllAsync(
        StackWorkspaces workspaces, Engine engine, IEnumerable<StackId> stacks, CancellationToken cancellationToken)
    {
        var transfer = await StackTransfer.OpenAsync(engine, null, cancellationToken).ConfigureAwait(false);
        var known = workspaces.Known().ToHashSet();
        var read = await Task.WhenAll(stacks.Where(known.Contains)
            .GroupBy(stack => stack.Application, StringComparer.Ordinal)
            .Select(application => ReadAsync(workspaces, transfer, [.. application], cancellationToken))).ConfigureAwait(false);
        return read.SelectMany(application => application).ToDictionary(pair => pair.Stack, pair => pair.State);
    }

    // Which stacks a project has is asked once: the answer takes as long as there are stacks.
    private static async Task<(StackId Stack, StackState State)[]> ReadAsync(
        StackWorkspaces workspaces, StackTransfer transfer, ImmutableArray<StackId> stacks, CancellationToken cancellationToken)
    {
        using var first = await workspaces.OpenAsync(stacks[0], cancellationToken).ConfigureAwait(false);
        var existing = (await first.ListStacksAsync(cancellationToken).ConfigureAwait(false)).Select(summary => summary.Name).ToHashSet(StringComparer.Ordinal);
        return await Task.WhenAll(stacks.Where(stack => existing.Contains(stack.Cluster)).Select(async stack =>
        {
            using var workspace = await workspaces.OpenAsync(stack, cancellationToken).ConfigureAwait(false);
            return (stack, new StackState(
                await transfer.ExportAsync(workspace, stack.Cluster, cancellationToken).ConfigureAwait(false),
                await workspace.GetStackSettingsAsync(stack.Cluster, cancellationToken).ConfigureAwait(false)));
        })).ConfigureAwait(false);
    }
}
