using System.CommandLine;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi plugin</c>: the plugins in Pulumi's plugin folder.</summary>
internal static class PluginCommands
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Build(CommandContext context) =>
        new("plugin", "Manage language and resource provider plugins") { List(context), Install(context), Remove(context) };

    private static Command List(CommandContext context)
    {
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var project = new Option<bool>("--project", "-p") { Description = "List only the plugins used by the current project" };
        var command = new Command("ls", "List plugins") { json, project };
        command.SetAction(async (parse, _) =>
        {
            var plugins = InstalledPlugins.List(context.Home);
            await (parse.GetValue(json)
                ? context.Out.WriteLineAsync(CommandJson.ToText(new JsonArray([.. plugins.Select(plugin => (JsonNode)plugin.ToJson())])))
                : new TextTable("NAME", "KIND", "VERSION").WriteAsync(
                    context.Out, plugins.Select(plugin => new[] { plugin.Name, plugin.Kind, plugin.Version }))).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    // Plugins are not downloaded by this engine; a plugin that is there is no reason to complain.
    private static Command Install(CommandContext context)
    {
        var kind = new Argument<string>("kind");
        var name = new Argument<string>("name");
        var version = new Argument<string?>("version") { Arity = ArgumentArity.ZeroOrOne };
        var server = new Option<string?>("--server") { Description = "A URL to download plugins from" };
        var exact = new Option<bool>("--exact") { Description = "Force installation of an exact version match" };
        var reinstall = new Option<bool>("--reinstall") { Description = "Reinstall a plugin even if it already exists" };
        var file = new Option<string?>("--file", "-f") { Description = "Install a plugin from a folder or executable" };
        var command = new Command("install", "Install one or more plugins") { kind, name, version, server, exact, reinstall, file };
        command.SetAction(async (parse, _) =>
        {
            var wanted = (Kind: parse.GetRequiredValue(kind), Name: parse.GetRequiredValue(name), Version: parse.GetValue(version)?.TrimStart('v'));
            if (parse.GetValue(file) is { Length: > 0 } source)
            {
                await PluginFolder.InstallAsync(
                    context.Home, wanted.Kind, wanted.Name, wanted.Version ?? "0.0.0", Path.GetFullPath(source, context.WorkingDirectory), context.Canceled).ConfigureAwait(false);
                return ExitCode.Success;
            }

            var inProcess = wanted.Kind == "resource" && context.Options.Providers.ContainsKey(wanted.Name);
            return inProcess || Matching(context, wanted.Kind, wanted.Name, wanted.Version).Any()
                ? ExitCode.Success
                : throw new CommandException(
                    $"this engine does not download plugins: put {wanted.Kind} plugin {wanted.Name} {wanted.Version} on PATH as pulumi-{wanted.Kind}-{wanted.Name}, "
                    + "or install it from a file with --file");
        });
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var kind = new Argument<string?>("kind") { Arity = ArgumentArity.ZeroOrOne };
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne };
        var version = new Argument<string?>("version") { Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Description = "Remove all plugins" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Skip confirmation prompts" };
        var command = new Command("rm", "Remove one or more plugins from the download cache") { kind, name, version, all, yes };
        command.SetAction(async (parse, _) =>
        {
            if (parse.GetValue(kind) is null && !parse.GetValue(all))
            {
                throw new CommandException("please pass --all if you'd like to remove all plugins", ExitCode.WrongInvocation);
            }

            if (!parse.GetValue(yes))
            {
                throw new CommandException("--yes must be passed in to proceed when running in non-interactive mode", ExitCode.WrongInvocation);
            }

            foreach (var plugin in Matching(context, parse.GetValue(kind), parse.GetValue(name), parse.GetValue(version)?.TrimStart('v')))
            {
                PluginFolder.Remove(context.Home, plugin);
                await context.Out.WriteLineAsync($"removed: {plugin.Kind} {plugin.Name}-v{plugin.Version}").ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<InstalledPlugin> Matching(CommandContext context, string? kind, string? name, string? version) =>
        InstalledPlugins.List(context.Home).Where(plugin =>
            (kind is null || plugin.Kind == kind) && (name is null || plugin.Name == name) && (version is null || plugin.Version == version));
}
