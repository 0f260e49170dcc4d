using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>The commands that only tell: version, whoami, about.</summary>
internal static class InfoCommands
{
    /// <summary><c>pulumi version</c>.</summary>
    public static Command Version(CommandContext context)
    {
        var command = new Command("version", "Print Pulumi's version number");
        command.SetAction(async (_, _) =>
        {
            await context.Out.WriteLineAsync(context.Options.Version).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary><c>pulumi whoami</c>.</summary>
    public static Command WhoAmI(CommandContext context)
    {
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var command = new Command("whoami", "Display the current logged-in user") { json };
        command.SetAction(async (parse, _) =>
        {
            var backend = await context.OpenBackendAsync(await context.FindProjectAsync().ConfigureAwait(false)).ConfigureAwait(false);
            var user = System.Environment.UserName;
            await context.Out.WriteLineAsync(
                parse.GetValue(json) ? CommandJson.ToText(new JsonObject { ["user"] = user, ["organizations"] = new JsonArray(), ["url"] = backend.Location.Url })
                : user).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary><c>pulumi about</c>.</summary>
    public static Command About(CommandContext context)
    {
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var command = new Command("about", "Print information about the Pulumi environment") { json };
        command.SetAction(async (parse, _) =>
        {
            var project = await context.FindProjectAsync().ConfigureAwait(false);
            var backend = await context.OpenBackendAsync(project).ConfigureAwait(false);
            var about = new JsonObject
            {
                ["cliAbout"] = new JsonObject { ["version"] = context.Options.Version, ["goVersion"] = "", ["goCompiler"] = "" },
                ["host"] = new JsonObject { ["os"] = RuntimeInformation.OSDescription, ["version"] = System.Environment.OSVersion.VersionString, ["arch"] = RuntimeInformation.OSArchitecture.ToString() },
                ["backend"] = new JsonObject { ["name"] = System.Environment.MachineName, ["url"] = backend.Location.Url, ["user"] = System.Environment.UserName },
                ["plugins"] = new JsonArray([.. context.Options.Providers.Keys.Order(StringComparer.Ordinal).Select(name =>
                    (JsonNode)new JsonObject { ["name"] = name, ["version"] = context.Options.Version })]),
            };
            await context.Out.WriteLineAsync(parse.GetValue(json)
                ? CommandJson.ToText(about)
                : $"Version {context.Options.Version} (embedded engine on .NET {System.Environment.Version})\n"
                    + $"Backend {backend.Location.Url}\nProject {project?.Name ?? "(none)"}\n"
                    + $"Providers in process: {string.Join(", ", context.Options.Providers.Keys.Order(StringComparer.Ordinal))}").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
