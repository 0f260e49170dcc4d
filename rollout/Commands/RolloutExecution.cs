using System.Collections.Immutable;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Operators;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>Runs a plan for a command, or goes on with a rollout: with its journal, its display, its report at the end.</summary>
internal static class RolloutExecution
{
    /// <summary>Runs a plan.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        RolloutPlan plan, LoadedFleet loaded, RolloutSession session, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        var journals = loaded.Project.JournalFolder;
        using var starting = await ActiveRollouts.StartAsync(journals, context.Time, cancellationToken).ConfigureAwait(false);
        if (ActiveRollouts.Objection(journals, plan) is { } objection)
        {
            context.WriteError(objection);
            return ExitCode.Failed;
        }

        var journal = RolloutJournal.Open(journals, context.Time, begun: starting.Dispose);
        await using var closing = journal.ConfigureAwait(false);
        return await RunAsync(journal, runner => runner.RunAsync(plan, cancellationToken), loaded, session, json, context).ConfigureAwait(false);
    }

    /// <summary>Goes on with a rollout that nobody runs.</summary>
    /// <param name="folder">The rollout.</param>
    /// <param name="force">Whether to take it also from a runner that is still there.</param>
    /// <param name="command">What a person wants of it first; null for nothing in particular.</param>
    /// <param name="loaded">The fleet as it is now. Clusters that join are brought to the versions of the rollout.</param>
    /// <param name="session">The engine.</param>
    /// <param name="json">Whether the report is printed as JSON.</param>
    /// <param name="context">The world around the process.</param>
    /// <param name="cancellationToken">Ends it as it ends any rollout.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> ResumeAsync(
        RolloutFolder folder,
        bool force,
        OperatorCommand? command,
        LoadedFleet loaded,
        RolloutSession session,
        bool json,
        CommandContext context,
        CancellationToken cancellationToken)
    {
        try
        {
            var (journal, rollout) = RolloutJournal.TakeOver(folder, context.Time, force);
            await using var closing = journal.ConfigureAwait(false);
            var pinned = loaded with { Applications = PinnedVersions.In(loaded.Applications, rollout.State!.Forward.Plan) };
            var by = LeaseHolder.Here(context.Time).ToString();
            return await RunAsync(
                journal, runner => runner.ResumeAsync(rollout.Entries, by, command, cancellationToken), pinned, session, json, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LeaseLostException or InvalidDataException)
        {
            context.WriteError($"Rollout {folder.Id} is not taken up: {exception.Message}");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> RunAsync(
        RolloutJournal journal, Func<RolloutRunner, Task<RolloutReport>> run, LoadedFleet loaded, RolloutSession session, bool json, CommandContext context)
    {
        IRolloutInbox[] inboxes =
        [
            new CommandMailbox(journal.Folder, context.Time),
            new ReturningClusters(session.Probe, context.Time),
            new FleetDocumentInbox(loaded, session, context),
        ];
        Task<RolloutReport> Run(IRolloutObserver display) => run(new RolloutRunner(new RolloutSurroundings
        {
            Driver = session.Driver,
            Journal = journal,
            Observer = display,
            Inboxes = [.. inboxes],
            Sources = GateSources.Of(loaded.Project, context.Time),
            Others = new OtherRollouts(loaded.Project.JournalFolder, journal.Folder.Id, context.Time),
            Time = context.Time,
        }));

        RolloutReport report;
        try
        {
            var console = json ? context.Error : context.Out;
            report = await (console.IsLive() ? LiveRolloutDisplay.ShowAsync(console, Run) : PlainRolloutDisplay.ShowAsync(console, context.Time, Run)).ConfigureAwait(false);
        }
        catch (LeaseLostException exception)
        {
            context.WriteError(exception.Message);
            return ExitCode.Failed;
        }

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
}
