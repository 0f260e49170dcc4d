using System.CommandLine;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog catch-up</c>: brings clusters that rollouts have left for later to the versions that were approved for them.</summary>
internal static class CatchUpCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var command = new Command("catch-up", "Bring clusters that were offline when rollouts ended, and can be reached now, to the versions approved for them.");
        fleet.AddFleetTo(command);
        command.Add(engine);
        command.Add(json);
        command.SetAction((arguments, cancellationToken) =>
            fleet.Load(arguments, context) is not { } loaded ? Task.FromResult(ExitCode.Invalid)
            : RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session ? Task.FromResult(ExitCode.Invalid)
            : RunAsync(loaded, session, arguments.GetValue(json), context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        LoadedFleet loaded, RolloutSession session, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        var owed = OwedVersions.Of(JournalFile.ReadAll(loaded.Project.JournalFolder));
        var console = json ? context.Error : context.Out;
        var ready = new Dictionary<StackId, Model.ClusterWorkload?>();
        foreach (var cluster in loaded.Fleet.Clusters.Where(cluster => owed.Keys.Any(stack => stack.Cluster == cluster.Name)))
        {
            if (await session.Probe.UnreachableBecauseAsync(cluster, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                console.Profile.Out.Writer.WriteLine($"{cluster.Name} is still owed: {reason}");
                continue;
            }

            foreach (var (stack, workload) in owed.Where(each => each.Key.Cluster == cluster.Name))
            {
                ready[stack] = workload;
            }
        }

        if (ready.Count == 0)
        {
            console.Profile.Out.Writer.WriteLine(owed.Count == 0 ? "No cluster is owed anything." : "No cluster that is owed anything can be reached.");
            return ExitCode.Success;
        }

        var deployed = await session.ReadDeployedAsync(loaded.Fleet, loaded.Fleet.Applications, cancellationToken).ConfigureAwait(false);
        var plan = CatchUpPlanner.Plan(loaded.Fleet, ready, deployed);
        return await RolloutExecution.RunAsync(plan, loaded, session, json, context, cancellationToken).ConfigureAwait(false);
    }
}
