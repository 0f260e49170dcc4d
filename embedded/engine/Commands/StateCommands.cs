using System.CommandLine;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi state</c>: repairs a stack's state by hand.</summary>
internal static class StateCommands
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Build(CommandContext context) => new("state", "Edit the current stack's state") { Delete(context), Unprotect(context) };

    private static Command Delete(CommandContext context)
    {
        var urn = new Argument<string>("urn");
        var stack = StackCommands.StackOption();
        var force = new Option<bool>("--force") { Description = "Force deletion of protected resources" };
        var dependents = new Option<bool>("--target-dependents") { Description = "Delete the URN and all its dependents" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Skip confirmation prompts" };
        var command = new Command("delete", "Deletes a resource from a stack's state") { urn, stack, force, dependents, yes };
        command.SetAction((parse, _) => EditAsync(context, parse.GetValue(stack), snapshot =>
        {
            var wanted = Find(snapshot, parse.GetRequiredValue(urn));
            var gone = new HashSet<Urn> { wanted };
            foreach (var resource in snapshot.Resources.Where(resource => resource.References.Any(gone.Contains)))
            {
                if (!parse.GetValue(dependents))
                {
                    throw new CommandException(
                        $"This resource can't be safely deleted because the following resources depend on it:\n * '{resource.Urn.Name}' ({resource.Urn})\n\n"
                        + "Delete those resources first or pass --target-dependents.");
                }

                gone.Add(resource.Urn);
            }

            var isProtected = snapshot.Resources.FirstOrDefault(resource => gone.Contains(resource.Urn) && resource.Protect);
            if (isProtected is not null && !parse.GetValue(force))
            {
                throw new CommandException($"'{isProtected.Urn.Name}' ({isProtected.Urn}) can't be safely deleted because it is protected. Pass --force to delete it anyway.");
            }

            return snapshot with { Resources = [.. snapshot.Resources.Where(resource => !gone.Contains(resource.Urn))] };
        }, "Resource deleted"));
        return command;
    }

    private static Command Unprotect(CommandContext context)
    {
        var urns = new Argument<string[]>("urns") { Arity = ArgumentArity.ZeroOrMore };
        var stack = StackCommands.StackOption();
        var all = new Option<bool>("--all") { Description = "Unprotect all resources in the checkpoint" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Skip confirmation prompts" };
        var command = new Command("unprotect", "Unprotect resources in a stack's state") { urns, stack, all, yes };
        command.SetAction((parse, _) => EditAsync(context, parse.GetValue(stack), snapshot =>
        {
            var isAll = parse.GetValue(all);
            var wanted = (parse.GetValue(urns) ?? []).Select(urn => Find(snapshot, urn)).ToHashSet();
            if (!isAll && wanted.Count == 0)
            {
                throw new CommandException("no resource was named; expected a URN or --all", ExitCode.WrongInvocation);
            }

            return snapshot with
            {
                Resources = [.. snapshot.Resources.Select(resource => isAll || wanted.Contains(resource.Urn) ? resource with { Protect = false } : resource)],
            };
        }, "All resources unprotected"));
        return command;
    }

    private static async Task<int> EditAsync(CommandContext context, string? stack, Func<Snapshot, Snapshot> edit, string message)
    {
        var opened = await context.OpenStackAsync(stack).ConfigureAwait(false);
        await using var held = await opened.LockAsync().ConfigureAwait(false);
        var snapshot = await opened.ReadSnapshotAsync().ConfigureAwait(false) ?? throw new CommandException("the stack has no resources");
        await opened.WriteSnapshotAsync(edit(snapshot)).ConfigureAwait(false);
        await context.Out.WriteLineAsync(message).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static Urn Find(Snapshot snapshot, string text) =>
        Urn.TryParse(text) is { } urn && snapshot.Resources.Any(resource => resource.Urn == urn)
            ? urn
            : throw new CommandException($"No such resource \"{text}\" exists in the current state");
}
