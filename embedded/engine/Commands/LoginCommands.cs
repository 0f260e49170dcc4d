using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Backend;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi login</c> and <c>logout</c>: which backend is used where nothing else says.</summary>
internal static class LoginCommands
{
    private const string HomeUrl = "file://~";

    /// <summary><c>pulumi login</c>.</summary>
    public static Command Login(CommandContext context)
    {
        var url = new Argument<string?>("url") { Arity = ArgumentArity.ZeroOrOne };
        var cloudUrl = new Option<string?>("--cloud-url", "-c") { Description = "A cloud URL to log in to" };
        var local = new Option<bool>("--local", "-l") { Description = "Use Pulumi in local-only mode" };
        var command = new Command("login", "Log in to a backend: file://FOLDER") { url, cloudUrl, local };
        command.SetAction(async (parse, _) =>
        {
            var wanted = parse.GetValue(url) ?? parse.GetValue(cloudUrl) ?? (parse.GetValue(local) ? HomeUrl : null)
                ?? throw new CommandException("say where to log in: pulumi login file://FOLDER, or pulumi login --local", ExitCode.WrongInvocation);
            // Opening it finds out whether it can be used at all.
            var location = BackendLocation.Parse(wanted, context.Environment, context.WorkingDirectory);
            await FileBackend.OpenAsync(location, context.Canceled).ConfigureAwait(false);
            await ChangeAsync(context, credentials =>
            {
                credentials["current"] = wanted;
                ObjectOf(credentials, "accessTokens")[wanted] = "";
                ObjectOf(credentials, "accounts")[wanted] = new JsonObject { ["lastValidatedAt"] = "0001-01-01T00:00:00Z" };
            }).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"Logged in to {Environment.MachineName} as {Environment.UserName} ({wanted})").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary><c>pulumi logout</c>.</summary>
    public static Command Logout(CommandContext context)
    {
        var url = new Argument<string?>("url") { Arity = ArgumentArity.ZeroOrOne };
        var cloudUrl = new Option<string?>("--cloud-url", "-c") { Description = "A cloud URL to log out of" };
        var local = new Option<bool>("--local", "-l") { Description = "Log out of using local mode" };
        var all = new Option<bool>("--all") { Description = "Log out of all backends" };
        var command = new Command("logout", "Log out of a backend") { url, cloudUrl, local, all };
        command.SetAction(async (parse, _) =>
        {
            await ChangeAsync(context, credentials =>
            {
                var current = credentials["current"]?.GetValue<string>() ?? "";
                var wanted = parse.GetValue(url) ?? parse.GetValue(cloudUrl) ?? (parse.GetValue(local) ? HomeUrl : current);
                if (parse.GetValue(all))
                {
                    credentials["accessTokens"] = new JsonObject();
                    credentials["accounts"] = new JsonObject();
                }

                ObjectOf(credentials, "accessTokens").Remove(wanted);
                ObjectOf(credentials, "accounts").Remove(wanted);
                if (current == wanted || parse.GetValue(all))
                {
                    credentials["current"] = "";
                }
            }).ConfigureAwait(false);
            await context.Out.WriteLineAsync("Logged out").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task ChangeAsync(CommandContext context, Action<JsonObject> change)
    {
        var file = Path.Combine(context.Home, "credentials.json");
        JsonObject credentials;
        try
        {
            credentials = File.Exists(file) ? JsonNode.Parse(await File.ReadAllTextAsync(file, context.Canceled).ConfigureAwait(false)) as JsonObject ?? [] : [];
        }
        catch (JsonException)
        {
            throw new CommandException($"could not read '{file}': it is not the JSON of Pulumi's credentials");
        }

        change(credentials);
        Directory.CreateDirectory(context.Home);
        await AtomicFile.WriteAsync(file, Encoding.UTF8.GetBytes(CommandJson.ToText(credentials)), context.Canceled).ConfigureAwait(false);
    }

    private static JsonObject ObjectOf(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject known)
        {
            return known;
        }

        var created = new JsonObject();
        parent[name] = created;
        return created;
    }
}
