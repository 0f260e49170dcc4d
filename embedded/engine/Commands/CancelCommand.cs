using System.CommandLine;
using FogInfra.Embedded.Engine.Backend;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi cancel</c>: takes the locks off a stack whose update has died.</summary>
internal static class CancelCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(CommandContext context)
    {
        var name = new Argument<string?>("stack-name") { Arity = ArgumentArity.ZeroOrOne };
        var stack = StackCommands.StackOption();
        var yes = new Option<bool>("--yes", "-y") { Description = "Skip confirmation prompts, and proceed with cancellation anyway" };
        var command = new Command("cancel", "Cancel a stack's currently running update, if any") { name, stack, yes };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(name) ?? parse.GetValue(stack)).ConfigureAwait(false);
            if (!parse.GetValue(yes))
            {
                throw new CommandException("non-interactive mode requires --yes flag", ExitCode.WrongInvocation);
            }

            StackLock.BreakAll(opened.Files);
            if (opened.Files.HasJournal)
            {
                // The update that died has left its last changes beside the checkpoint, where other tools do not look.
                await opened.EndJournalAsync(await opened.ReadSnapshotAsync().ConfigureAwait(false)).ConfigureAwait(false);
            }

            await context.Out.WriteLineAsync($"The currently running update for '{opened.DisplayName}' has been canceled!").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
