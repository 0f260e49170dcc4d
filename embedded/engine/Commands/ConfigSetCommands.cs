using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Embedded.Engine.Commands;

using ConfigMap = ImmutableSortedDictionary<ConfigKey, ConfigValue>;

/// <summary>The commands that change a stack's configuration.</summary>
internal static class ConfigSetCommands
{
    /// <summary><c>pulumi config set</c>.</summary>
    public static Command Set(CommandContext context, ConfigOptions options)
    {
        var key = new Argument<string>("key");
        var value = new Argument<string?>("value") { Arity = ArgumentArity.ZeroOrOne };
        var path = ConfigOptions.PathOption();
        var secret = new Option<bool>("--secret") { Description = "Encrypt the value instead of storing it in plaintext" };
        var plaintext = new Option<bool>("--plaintext") { Description = "Save the value as plaintext (unencrypted)" };
        var command = new Command("set", "Set configuration value") { key, value, path, secret, plaintext };
        command.SetAction((parse, _) => ChangeAsync(context, options, parse, async (opened, config) =>
        {
            if (parse.GetValue(secret) && parse.GetValue(plaintext))
            {
                throw new CommandException("--secret and --plaintext cannot be used together", ExitCode.WrongInvocation);
            }

            var wanted = ConfigOptions.ParseKey(parse.GetRequiredValue(key), parse.GetValue(path), opened.RequireProject().Name);
            var text = parse.GetValue(value) ?? (await context.Invocation.StandardInput.ReadToEndAsync(context.Canceled).ConfigureAwait(false)).TrimEnd('\n', '\r');
            return SetOne(config, wanted, await ToValueAsync(opened, text, parse.GetValue(secret)).ConfigureAwait(false));
        }));
        return command;
    }

    /// <summary><c>pulumi config set-all</c>.</summary>
    public static Command SetAll(CommandContext context, ConfigOptions options)
    {
        var path = ConfigOptions.PathOption();
        var secrets = new Option<string[]>("--secret") { Description = "Marks a value as secret to be encrypted: KEY=VALUE" };
        var plaintexts = new Option<string[]>("--plaintext") { Description = "Marks a value as plaintext (unencrypted): KEY=VALUE" };
        var json = new Option<string?>("--json") { Description = "Read values from a JSON string in the format produced by 'pulumi config --json'" };
        var command = new Command("set-all", "Set multiple configuration values") { path, secrets, plaintexts, json };
        command.SetAction((parse, _) => ChangeAsync(context, options, parse, async (opened, config) =>
        {
            var isPath = parse.GetValue(path);
            var project = opened.RequireProject().Name;
            var pairs = (parse.GetValue(plaintexts) ?? []).Select(pair => (Pair: pair, IsSecret: false))
                .Concat((parse.GetValue(secrets) ?? []).Select(pair => (Pair: pair, IsSecret: true)));
            foreach (var (pair, isSecret) in pairs)
            {
                var split = pair.IndexOf('=', StringComparison.Ordinal);
                if (split <= 0)
                {
                    throw new CommandException($"config value not in the form [key]=[value]: '{(split < 0 ? pair : "=...")}'", ExitCode.WrongInvocation);
                }

                var wanted = ConfigOptions.ParseKey(pair[..split], isPath, project);
                config = SetOne(config, wanted, await ToValueAsync(opened, pair[(split + 1)..], isSecret).ConfigureAwait(false));
            }

            return parse.GetValue(json) is { Length: > 0 } text
                ? await SetFromJsonAsync(opened, config, text, isPath, project).ConfigureAwait(false)
                : config;
        }));
        return command;
    }

    /// <summary><c>pulumi config rm</c>.</summary>
    public static Command Remove(CommandContext context, ConfigOptions options)
    {
        var key = new Argument<string>("key");
        var path = ConfigOptions.PathOption();
        var command = new Command("rm", "Remove configuration value") { key, path };
        command.Aliases.Add("remove");
        command.SetAction((parse, _) => ChangeAsync(context, options, parse, (opened, config) => Task.FromResult(
            ConfigPaths.Remove(config, ConfigOptions.ParseKey(parse.GetRequiredValue(key), parse.GetValue(path), opened.RequireProject().Name)))));
        return command;
    }

    /// <summary><c>pulumi config rm-all</c>.</summary>
    public static Command RemoveAll(CommandContext context, ConfigOptions options)
    {
        var keys = new Argument<string[]>("keys") { Arity = ArgumentArity.OneOrMore };
        var path = ConfigOptions.PathOption();
        var command = new Command("rm-all", "Remove multiple configuration values") { keys, path };
        command.SetAction((parse, _) => ChangeAsync(context, options, parse, (opened, config) => Task.FromResult(
            parse.GetRequiredValue(keys).Aggregate(config, (left, key) => ConfigPaths.Remove(
                left, ConfigOptions.ParseKey(key, parse.GetValue(path), opened.RequireProject().Name))))));
        return command;
    }

    private static async Task<int> ChangeAsync(
        CommandContext context, ConfigOptions options, ParseResult parse, Func<OpenedStack, ConfigMap, Task<ConfigMap>> change)
    {
        var opened = await context.OpenStackAsync(parse.GetValue(options.Stack), parse.GetValue(options.File)).ConfigureAwait(false);
        var settings = await opened.ReadSettingsAsync().ConfigureAwait(false);
        var config = await change(opened, settings.Config).ConfigureAwait(false);

        // Encrypting the first secret may have given the settings their salt.
        var current = await opened.ReadSettingsAsync().ConfigureAwait(false);
        await opened.WriteSettingsAsync(current with { Config = config }).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static async Task<ConfigValue> ToValueAsync(OpenedStack opened, string text, bool isSecret) => isSecret
        ? ConfigValue.Encrypted((await opened.OpenSecretsAsync().ConfigureAwait(false)).Encrypt(text))
        : ConfigValue.Plain(text);

    private static ConfigMap SetOne(ConfigMap config, ConfigPath path, ConfigValue value)
    {
        try
        {
            return ConfigPaths.Set(config, path, value);
        }
        catch (FormatException exception)
        {
            throw new CommandException($"could not set '{path.Key}': {exception.Message}");
        }
    }

    private static async Task<ConfigMap> SetFromJsonAsync(OpenedStack opened, ConfigMap config, string text, bool isPath, string project)
    {
        JsonObject values;
        try
        {
            values = JsonNode.Parse(text)!.AsObject();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new CommandException("could not parse --json: expected an object of the form {\"KEY\": {\"value\": \"...\", \"secret\": false}}", ExitCode.WrongInvocation);
        }

        foreach (var (key, entry) in values)
        {
            var isSecret = entry?["secret"]?.GetValue<bool>() ?? false;
            var value = entry?["objectValue"] is { } json && !isSecret
                ? ConfigValue.FromJson(json)
                : await ToValueAsync(opened, entry?["value"]?.ToString() ?? "", isSecret).ConfigureAwait(false);
            config = SetOne(config, ConfigOptions.ParseKey(key, isPath, project), value);
        }

        return config;
    }
}
