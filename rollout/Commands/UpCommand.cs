using System.CommandLine;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
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
        var command = new Command("up", "Start the clusters that this machine provides, and take the wanted versions through the fleet ring by ring.");
        fleet.AddTo(command);
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
        var console = json ? context.Error : context.Out;
        console.WriteLine($"Fleet {loaded.Fleet.Name}: {Wording.Count(loaded.Fleet.Clusters.Length, "cluster")}, on {session.Engine.Description}.");
        if (await ClusterProgress.EnsureAsync(loaded, session, only: null, console, context, cancellationToken).ConfigureAwait(false) is not { } changed)
        {
            return ExitCode.Failed;
        }

        session.Workspaces.RefreshOn(changed.Where(change => change.Value != "update").Select(change => change.Key));
        var deployed = await session.ReadDeployedAsync(loaded.Fleet, loaded.Applications, cancellationToken).ConfigureAwait(false);
        var plan = Planner.Plan(loaded.Fleet, loaded.Applications, deployed);
        var journal = RolloutJournal.Open(loaded.Project.JournalFolder, context.Time);
        await using var closing = journal.ConfigureAwait(false);
        var report = await RollOutAsync(plan, session, journal, console, context.Time, cancellationToken).ConfigureAwait(false);
        if (json)
        {
            context.Out.WriteJson(ReportJson.Of(report));
        }
        else
        {
            Summary.Write(context.Out, report);
        }

        return report.Outcome == RolloutOutcome.Cancelled ? ExitCode.Cancelled : report.Succeeded ? ExitCode.Success : ExitCode.Failed;
    }

    private static Task<RolloutReport> RollOutAsync(
        RolloutPlan plan,
        RolloutSession session,
        RolloutJournal journal,
        IAnsiConsole console,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        Task<RolloutReport> Run(IRolloutObserver display) =>
            new RolloutRunner(new RolloutSurroundings { Driver = session.Driver, Journal = journal, Observer = display, Time = time })
                .RunAsync(plan, cancellationToken);

        return console.IsLive() ? LiveRolloutDisplay.ShowAsync(console, Run) : Run(new PlainRolloutDisplay(console));
    }
}
