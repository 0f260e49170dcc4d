using System.Collections.Immutable;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>Runs a plan for a command: with its journal, its display, its report at the end.</summary>
internal static class RolloutExecution
{
    /// <summary>Runs a plan.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        RolloutPlan plan, LoadedFleet loaded, RolloutSession session, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        var journal = RolloutJournal.Open(loaded.Project.JournalFolder, context.Time);
        await using var closing = journal.ConfigureAwait(false);
        IRolloutInbox[] inboxes = [new ReturningClusters(session.Probe, context.Time), new FleetDocumentInbox(loaded, session, context)];
        var report = await RunAsync(plan, session, journal, [.. inboxes], json ? context.Error : context.Out, context.Time, cancellationToken).ConfigureAwait(false);
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

    private static Task<RolloutReport> RunAsync(
        RolloutPlan plan,
        RolloutSession session,
        RolloutJournal journal,
        ImmutableArray<IRolloutInbox> inboxes,
        IAnsiConsole console,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        Task<RolloutReport> Run(IRolloutObserver display) =>
            new RolloutRunner(new RolloutSurroundings
            {
                Driver = session.Driver,
                Journal = journal,
                Observer = display,
                Inboxes = inboxes,
                Time = time,
            }).RunAsync(plan, cancellationToken);

        return console.IsLive() ? LiveRolloutDisplay.ShowAsync(console, Run) : Run(new PlainRolloutDisplay(console));
    }
}
