using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Stacks;
using Pulumi;
using Pulumi.Automation;

namespace FogInfra.Rollout.Preview;

/// <summary>What the preview of one stack found.</summary>
/// <param name="Task">The stack.</param>
/// <param name="Events">What the engine would do; null when the stack was not looked into, because nothing about it changes.</param>
/// <param name="Failures">Why the preview failed; empty when it did not.</param>
/// <param name="OutputsChange">Whether its outputs would be others.</param>
internal sealed record StackFindings(PreviewTask Task, StepEvents? Events, ImmutableArray<string> Failures, bool OutputsChange);

/// <summary>
/// Previews the stacks of a fleet, many at a time, each after those that it depends on and with the outputs that they are predicted to
/// have. Works on copies of the stacks' states, so that nothing is touched.
/// </summary>
/// <param name="scratch">Where the copies are.</param>
/// <param name="project">The project, whose clusters the previews look at.</param>
/// <param name="states">The states of the stacks that were deployed.</param>
/// <param name="parallel">How many previews run at a time.</param>
/// <param name="programOf">The program of a stack, if it is another than that of the workspaces.</param>
internal sealed class FleetPreviewer(
    ScratchStacks scratch, ProjectLayout project, IReadOnlyDictionary<StackId, StackState> states, int parallel, Func<StackId, PulumiFn>? programOf = null)
{
    private static readonly PulumiFn Nothing = PulumiFn.Create(() => { });

    /// <summary>Previews the stacks.</summary>
    /// <param name="tasks">The stacks, in the order in which a rollout takes them.</param>
    /// <param name="done">Told of each stack as it is done.</param>
    /// <param name="cancellationToken">Ends the previews that run.</param>
    /// <returns>What was found, in the order of the tasks.</returns>
    public async Task<ImmutableArray<StackFindings>> RunAsync(
        ImmutableArray<PreviewTask> tasks, IProgress<StackFindings> done, CancellationToken cancellationToken)
    {
        await scratch.ShareSaltAsync(project, cancellationToken).ConfigureAwait(false);
        using var places = new SemaphoreSlim(parallel);
        var running = new Dictionary<StackId, Task<StackFindings>>();
        for (var index = 0; index < tasks.Length; index++)
        {
            var task = tasks[index];
            var upstream = task.Upstream(tasks[..index], ReferencesOf(task)).Select(other => running[other.Stack]).ToList();
            running[task.Stack] = RunAsync(task, upstream, places, done, cancellationToken);
        }

        return [.. await Task.WhenAll(tasks.Select(task => running[task.Stack])).ConfigureAwait(false)];
    }

    private ImmutableArray<string> ReferencesOf(PreviewTask task) => states.GetValueOrDefault(task.Stack)?.References ?? [];

    private async Task<StackFindings> RunAsync(
        PreviewTask task, IReadOnlyList<Task<StackFindings>> upstream, SemaphoreSlim places, IProgress<StackFindings> done, CancellationToken cancellationToken)
    {
        var before = await Task.WhenAll(upstream).ConfigureAwait(false);
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var references = ReferencesOf(task);
            var reads = before.Any(other => other.OutputsChange && task.IsReferred(other.Task.Stack, references));
            var findings = await PreviewAsync(task, task.IsTouched || reads, cancellationToken).ConfigureAwait(false);
            done.Report(findings);
            return findings;
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<StackFindings> PreviewAsync(PreviewTask task, bool isNeeded, CancellationToken cancellationToken)
    {
        var state = states.GetValueOrDefault(task.Stack);
        var events = new StepEvents();
        try
        {
            using var copy = await scratch.CopyAsync(task.Stack, state, cancellationToken).ConfigureAwait(false);
            if (!isNeeded)
            {
                return new StackFindings(task, null, [], OutputsChange: false);
            }

            await PreviewAsync(task, copy, events, cancellationToken).ConfigureAwait(false);

            // Those of the copy, whose secrets are encrypted with its own key.
            var current = state is null ? [] : await scratch.GetOutputsAsync(copy, task.Stack, cancellationToken).ConfigureAwait(false);
            var predicted = DeploymentJson.Merge(task.Wanted is null ? [] : events.StackOutputs ?? current, current);
            var outputsChange = !JsonNode.DeepEquals(predicted, current);
            if (outputsChange)
            {
                await scratch.SetOutputsAsync(copy, task.Stack, predicted, cancellationToken).ConfigureAwait(false);
            }

            return new StackFindings(task, events, [], outputsChange);
        }
#pragma warning disable CA1031 // Whatever it is, it is why this stack's preview failed; the others go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new StackFindings(task, events, events.Errors is { IsEmpty: false } errors ? errors : [DiagnosticText.OneLine(exception.Message)], false);
        }
    }

    // What is to go is shown by a program that wants nothing.
    private async Task PreviewAsync(PreviewTask task, WorkspaceStack copy, StepEvents events, CancellationToken cancellationToken)
    {
        if (task.Wanted is { } workload)
        {
            await copy.SetAllConfigAsync(StackConfig.Of(project, task.Cluster, workload), cancellationToken).ConfigureAwait(false);
        }

        var options = new PreviewOptions { OnEvent = events.Take, Program = task.Wanted is null ? Nothing : programOf?.Invoke(task.Stack) };
        await copy.PreviewAsync(options, cancellationToken).ConfigureAwait(false);
    }
}
