using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi config</c>: a stack's configuration.</summary>
internal static class ConfigCommands
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Build(CommandContext context)
    {
        var options = new ConfigOptions();
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var show = new Option<bool>("--show-secrets") { Description = "Show secret values when listing config instead of displaying blinded values" };
        var command = new Command("config", "Manage configuration")
        {
            options.Stack, options.File, json, show,
            Get(context, options),
            ConfigSetCommands.Set(context, options),
            ConfigSetCommands.SetAll(context, options),
            ConfigSetCommands.Remove(context, options),
            ConfigSetCommands.RemoveAll(context, options),
            Refresh(context, options),
        };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(options.Stack), parse.GetValue(options.File)).ConfigureAwait(false);
            await (parse.GetValue(json)
                ? WriteJsonAsync(context, opened, parse.GetValue(show))
                : WriteTableAsync(context, opened, parse.GetValue(show))).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Get(CommandContext context, ConfigOptions options)
    {
        var key = new Argument<string>("key");
        var path = ConfigOptions.PathOption();
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var open = new Option<bool>("--open") { Description = "Open and resolve any environments listed in the stack configuration" };
        var command = new Command("get", "Get a single configuration value") { key, path, json, open };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(options.Stack), parse.GetValue(options.File)).ConfigureAwait(false);
            var settings = await opened.ReadSettingsAsync().ConfigureAwait(false);
            var project = opened.RequireProject().Name;
            var wanted = ConfigOptions.ParseKey(parse.GetRequiredValue(key), parse.GetValue(path), project);
            var value = ConfigPaths.Get(settings.Config, wanted) ?? throw new CommandException(
                $"configuration key '{(wanted.Key.Namespace == project ? parse.GetRequiredValue(key) : wanted.Key)}' not found for stack '{opened.DisplayName}'");
            var secrets = value.IsSecret ? await opened.OpenSecretsAsync().ConfigureAwait(false) : null;
            await context.Out.WriteLineAsync(parse.GetValue(json)
                ? CommandJson.ToText(ConfigText.ToJson(value, secrets))
                : value.Decrypt(secrets)).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    // Replaces the settings' configuration by that of the last update.
    private static Command Refresh(CommandContext context, ConfigOptions options)
    {
        var force = new Option<bool>("--force", "-f") { Description = "Overwrite configuration file, if it exists, without creating a backup" };
        var command = new Command("refresh", "Update the local configuration based on the most recent deployment of the stack") { force };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(options.Stack), parse.GetValue(options.File)).ConfigureAwait(false);
            var history = await opened.Files.ReadHistoryAsync(1, 1, context.Canceled).ConfigureAwait(false);
            if (history is not [var latest])
            {
                throw new CommandException("no previous deployment");
            }

            var settings = await opened.ReadSettingsAsync().ConfigureAwait(false);
            var project = opened.RequireProject().Name;
            var config = latest.Config.ToImmutableSortedDictionary(
                item => ConfigKey.TryParse(item.Key, project)!, item => ConfigValue.FromJson(item.Value));
            await opened.WriteSettingsAsync(settings with { Config = config }).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"refreshed configuration for stack '{opened.DisplayName}'").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task WriteJsonAsync(CommandContext context, OpenedStack opened, bool showSecrets)
    {
        var settings = await opened.ReadSettingsAsync().ConfigureAwait(false);
        var secrets = showSecrets ? await opened.FindSecretsAsync(settings).ConfigureAwait(false) : null;
        var json = new JsonObject(settings.Config.Select(item =>
            KeyValuePair.Create(item.Key.ToString(), (JsonNode?)ConfigText.ToJson(item.Value, secrets))));
        await context.Out.WriteLineAsync(CommandJson.ToText(json)).ConfigureAwait(false);
    }

    private static async Task WriteTableAsync(CommandContext context, OpenedStack opened, bool showSecrets)
    {
        var settings = await opened.ReadSettingsAsync().ConfigureAwait(false);
        var secrets = showSecrets ? await opened.FindSecretsAsync(settings).ConfigureAwait(false) : null;
        var project = opened.RequireProject().Name;
        await new TextTable("KEY", "VALUE").WriteAsync(context.Out, settings.Config.Select(item => new[]
        {
            item.Key.Namespace == project ? item.Key.Name : item.Key.ToString(),
            showSecrets ? item.Value.Decrypt(secrets) : item.Value.ToMaskedText(),
        })).ConfigureAwait(false);
    }
}

/// <summary>The options that the config commands share.</summary>
internal sealed class ConfigOptions
{
    /// <summary>The stack.</summary>
    public Option<string?> Stack { get; } = StackCommands.StackOption(recursive: true);

    /// <summary>The settings file.</summary>
    public Option<string?> File { get; } = new("--config-file")
    {
        Description = "Use the configuration values in the specified file rather than detecting the file name", Recursive = true,
    };

    /// <summary>The option that makes paths of keys.</summary>
    public static Option<bool> PathOption() => new("--path") { Description = "The key contains a path to a property in a map or list" };

    /// <summary>Reads a key of the command line.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static ConfigPath ParseKey(string text, bool isPath, string project) => ConfigPath.TryParse(text, isPath, project)
        ?? throw new CommandException($"invalid configuration key: {ConfigKey.ExplainMalformed(text)}");
}
