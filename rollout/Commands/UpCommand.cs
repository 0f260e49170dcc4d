using System.CommandLine;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog up</c>: brings the fleet to what is wanted, ring by ring.</summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var force = RolloutSession.ForceOption();
        var refresh = new Option<bool>("--refresh") { Description = "Look first at what is in the clusters, and put right what others have changed there." };
        var command = new Command("up", "Start the clusters that this machine provides, and take the wanted versions through the fleet ring by ring.");
        fleet.AddTo(command);
        command.Add(engine);
        command.Add(json);
        command.Add(force);
        command.Add(refresh);
        command.SetAction((arguments, cancellationToken) =>
            fleet.Load(arguments, context) is not { } loaded ? Task.FromResult(ExitCode.Invalid)
            : RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session ? Task.FromResult(ExitCode.Invalid)
            : RunAsync(loaded, session, arguments.GetValue(force), arguments.GetValue(refresh), arguments.GetValue(json), context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        LoadedFleet loaded, RolloutSession session, bool force, bool refresh, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        var console = json ? context.Error : context.Out;
        console.WriteLine($"Fleet {loaded.Fleet.Name}: {Wording.Count(loaded.Fleet.Clusters.Length, "cluster")}, on {session.Engine.Description}.");
        // What stacks have brought about is read meanwhile: it does not depend on how the clusters stand.
        var deployed = session.ReadDeployedAsync(loaded.Fleet, loaded.Applications, cancellationToken);
        if (await ClusterProgress.EnsureAsync(loaded, session, only: null, force || refresh, console, context, cancellationToken).ConfigureAwait(false) is not { } changed)
        {
            await ((Task)deployed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Failed;
        }

        session.Workspaces.RefreshOn(refresh ? loaded.Fleet.Clusters.Select(cluster => cluster.Name) : changed.Where(change => change.Value != "update").Select(change => change.Key));
        var plan = session.Plan(loaded, await deployed.ConfigureAwait(false), force);
        return await RolloutExecution.RunAsync(plan, loaded, session, json, context, cancellationToken).ConfigureAwait(false);
    }
}
