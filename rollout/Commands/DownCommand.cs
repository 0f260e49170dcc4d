using System.CommandLine;
using FogInfra.Clusters;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog down</c>: takes away what <c>fog up</c> brought about: the workloads, then the clusters.</summary>
internal static class DownCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var command = new Command("down", "Remove every workload of the fleet, then the clusters that this machine provides.");
        fleet.AddFleetTo(command);
        command.Add(engine);
        command.SetAction((arguments, cancellationToken) =>
            fleet.Load(arguments, context) is not { } loaded ? Task.FromResult(ExitCode.Invalid)
            : RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session ? Task.FromResult(ExitCode.Invalid)
            : RunAsync(loaded, session, context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LoadedFleet loaded, RolloutSession session, CommandContext context, CancellationToken cancellationToken)
    {
        // From the edge inwards: nobody loses what it depends on before it is gone itself.
        var layers = session.Workspaces.Known()
            .GroupBy(stack => loaded.Fleet.FindCluster(stack.Cluster)?.Layer ?? Layer.Edge)
            .OrderByDescending(layer => layer.Key);
        var complete = true;
        foreach (var layer in layers)
        {
            var removed = await Task.WhenAll(layer.Select(stack => RemoveAsync(stack, session, context, cancellationToken))).ConfigureAwait(false);
            complete &= removed.All(done => done);
        }

        if (!complete)
        {
            context.WriteError("Not everything could be removed, so the clusters stay. Run again when the cause is mended.");
            return ExitCode.Failed;
        }

        try
        {
            var deleted = await session.Clusters.DeleteAsync(loaded.Fleet, only: null, new ClusterProgress(context.Error), cancellationToken).ConfigureAwait(false);
            context.Out.WriteLine(deleted.IsEmpty ? "No cluster of this machine was running." : $"Removed {string.Join(", ", deleted)}.");
        }
        catch (ClusterException exception)
        {
            context.WriteError(exception.Message);
            return ExitCode.Failed;
        }

        return ExitCode.Success;
    }

    private static async Task<bool> RemoveAsync(StackId stack, RolloutSession session, CommandContext context, CancellationToken cancellationToken)
    {
        var name = $"{stack.Cluster} {stack.Application}";
        context.Error.WriteLine($"  {name}: removing");
        var result = await session.Driver.DestroyAsync(stack, NoProgress.Instance, cancellationToken).ConfigureAwait(false);
        context.Out.WriteLine($"{name}: {(result.Succeeded ? Wording.Changes(result) : "failed")}");
        foreach (var failure in result.Failures)
        {
            context.WriteError($"{name}: {failure.Reason}");
        }

        return result.Succeeded;
    }

    private sealed class NoProgress : IProgress<string>
    {
        public static NoProgress Instance { get; } = new();

        public void Report(string value)
        {
        }
    }
}
