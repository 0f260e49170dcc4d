using System.CommandLine;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog watch</c>: shows a rollout as it happens, from any terminal, by its journal.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static Command Create(CommandContext context)
    {
        var options = new RolloutOptions();
        var json = new Option<bool>("--json") { Description = "Print each entry of the journal as it comes, as JSON on one line." };
        var command = new Command("watch", "Show a rollout from its beginning, and go on until it ends. It exits as the rollout ends.") { json };
        options.AddTo(command);
        command.SetAction((arguments, cancellationToken) => options.Find(arguments, context) is var (folder, _)
            ? RunAsync(folder, arguments.GetValue(json), context, cancellationToken)
            : Task.FromResult(ExitCode.Invalid));
        return command;
    }

    private static async Task<int> RunAsync(RolloutFolder folder, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        RolloutState? state = null;
        var (told, length) = (0, -1L);
        using var timer = new PeriodicTimer(Interval, context.Time);
        do
        {
            var isAlive = folder.IsAlive; // Looked at first: what it wrote before its end is read after.
            var now = new FileInfo(folder.Journal).Length;
            foreach (var entry in now == length ? [] : folder.Read().Entries.Skip(told))
            {
                state = state is null ? RolloutState.Begin(entry) : state.After(entry);
                told++;
                Write(context.Out.Profile.Out.Writer, state, entry, json);
            }

            length = now;
            if (state?.Outcome is { } outcome && !isAlive)
            {
                context.Error.Profile.Out.Writer.WriteLine($"Rollout {folder.Id} has ended: {ReportJson.Name(outcome)}.");
                return outcome is RolloutOutcome.Succeeded or RolloutOutcome.NoChanges ? ExitCode.Success : outcome is RolloutOutcome.Cancelled ? ExitCode.Cancelled : ExitCode.Failed;
            }

            if (!isAlive)
            {
                context.WriteError($"Nobody runs rollout {folder.Id} any more; fog resume goes on with it.");
                return ExitCode.Failed;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));

        return ExitCode.Cancelled;
    }

    private static void Write(TextWriter writer, RolloutState state, RolloutEntry entry, bool json)
    {
        foreach (var line in json ? [EntryJson.Write(entry)] : EventText.Lines(state, entry.Event))
        {
            writer.WriteLine(line);
        }

        writer.Flush();
    }
}
