using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.Secrets;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi stack history</c>.</summary>
internal static class StackHistoryCommand
{
    private const int DefaultPageSize = 10;

    /// <summary>Builds the command.</summary>
    public static Command Build(CommandContext context, Option<string?> stack)
    {
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var show = new Option<bool>("--show-secrets") { Description = "Show secret values when listing config instead of displaying blinded values" };
        var size = new Option<int>("--page-size") { DefaultValueFactory = _ => DefaultPageSize, Description = "Used with 'page' to control number of results returned" };
        var page = new Option<int>("--page") { DefaultValueFactory = _ => 1, Description = "Used with 'page-size' to paginate results" };
        var full = new Option<bool>("--full-dates") { Description = "Show full dates, instead of relative dates" };
        var command = new Command("history", "Display history for a stack") { json, show, size, page, full };
        command.Aliases.Add("hist");
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(stack)).ConfigureAwait(false);
            var records = await opened.Files.ReadHistoryAsync(parse.GetValue(size), parse.GetValue(page), context.Canceled).ConfigureAwait(false);
            await (parse.GetValue(json)
                ? WriteJsonAsync(context, opened, records, parse.GetValue(show))
                : WriteTextAsync(context, records)).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task WriteJsonAsync(CommandContext context, OpenedStack opened, IReadOnlyList<UpdateRecord> records, bool showSecrets)
    {
        var isNeeded = showSecrets && records.Any(record => record.Config.Any(item => ConfigValue.FromJson(item.Value).IsSecret));
        var secrets = isNeeded ? await opened.OpenSecretsAsync().ConfigureAwait(false) : null;
        await context.Out.WriteLineAsync(CommandJson.ToText(
            new JsonArray([.. records.Select(record => (JsonNode)ToJson(record, secrets))]))).ConfigureAwait(false);
    }

    private static JsonObject ToJson(UpdateRecord record, ISecretsManager? secrets) => new()
    {
        ["kind"] = record.Kind,
        ["startTime"] = ToTime(record.StartTime),
        ["message"] = record.Message,
        ["environment"] = JsonSerializer.SerializeToNode(record.Environment),
        ["config"] = new JsonObject(record.Config.Select(item =>
            KeyValuePair.Create(item.Key, (JsonNode?)ConfigText.ToJson(ConfigValue.FromJson(item.Value), secrets)))),
        ["version"] = 0,
        ["result"] = record.Result,
        ["endTime"] = ToTime(record.EndTime),
        ["resourceChanges"] = JsonSerializer.SerializeToNode(record.ResourceChanges),
    };

    private static async Task WriteTextAsync(CommandContext context, IReadOnlyList<UpdateRecord> records)
    {
        if (records.Count == 0)
        {
            await context.Out.WriteLineAsync("Stack has never been updated").ConfigureAwait(false);
        }

        foreach (var record in records)
        {
            var changes = string.Join(" ", record.ResourceChanges.Select(item => $"{item.Key}: {item.Value}"));
            await context.Out.WriteLineAsync($"UpdateKind: {record.Kind}\nStatus: {record.Result} Message: {record.Message}").ConfigureAwait(false);
            await context.Out.WriteLineAsync(
                $"Updated {ToTime(record.EndTime)} took {record.EndTime - record.StartTime}s\n{changes}\n").ConfigureAwait(false);
        }
    }

    private static string ToTime(long seconds) => CommandJson.ToText(DateTimeOffset.FromUnixTimeSeconds(seconds));
}
