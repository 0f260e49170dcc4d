using System.CommandLine;
using System.Text.Json;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi stack tag</c>: notes on stacks by name.</summary>
internal static class StackTagCommands
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Build(CommandContext context, Option<string?> stack) => new("tag", "Manage stack tags")
    {
        Get(context, stack), Set(context, stack), Remove(context, stack), List(context, stack),
    };

    private static Command Get(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string>("name");
        var command = new Command("get", "Get a single stack tag value") { name };
        command.SetAction(async (parse, _) =>
        {
            var tags = await ReadAsync(context, parse.GetValue(stack)).ConfigureAwait(false);
            var wanted = parse.GetRequiredValue(name);
            await context.Out.WriteLineAsync(tags.Tags.TryGetValue(wanted, out var value)
                ? value
                : throw new CommandException($"stack tag '{wanted}' not found for stack '{tags.Stack.DisplayName}'")).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Set(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string>("name");
        var value = new Argument<string>("value");
        var command = new Command("set", "Set a stack tag") { name, value };
        command.SetAction(async (parse, _) =>
        {
            var tags = await ReadAsync(context, parse.GetValue(stack)).ConfigureAwait(false);
            tags.Tags[parse.GetRequiredValue(name)] = parse.GetRequiredValue(value);
            await tags.Stack.Files.WriteTagsAsync(tags.Tags, context.Canceled).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Remove(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string>("name");
        var command = new Command("rm", "Remove a stack tag") { name };
        command.SetAction(async (parse, _) =>
        {
            var tags = await ReadAsync(context, parse.GetValue(stack)).ConfigureAwait(false);
            tags.Tags.Remove(parse.GetRequiredValue(name));
            await tags.Stack.Files.WriteTagsAsync(tags.Tags, context.Canceled).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command List(CommandContext context, Option<string?> stack)
    {
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var command = new Command("ls", "List all stack tags") { json };
        command.SetAction(async (parse, _) =>
        {
            var (_, tags) = await ReadAsync(context, parse.GetValue(stack)).ConfigureAwait(false);
            await (parse.GetValue(json)
                ? context.Out.WriteLineAsync(CommandJson.ToText(JsonSerializer.SerializeToNode(tags)!))
                : new TextTable("NAME", "VALUE").WriteAsync(context.Out, tags.Select(tag => new[] { tag.Key, tag.Value }))).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<(OpenedStack Stack, SortedDictionary<string, string> Tags)> ReadAsync(CommandContext context, string? name)
    {
        var opened = await context.OpenStackAsync(name).ConfigureAwait(false);
        return (opened, await opened.Files.ReadTagsAsync(context.Canceled).ConfigureAwait(false));
    }
}
