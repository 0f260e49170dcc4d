using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>The option by which a command that prints data prints JSON.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "Print JSON, and nothing else, on standard output." };

    /// <summary>Writes JSON as it is: no wrapping, no colours.</summary>
    public static void WriteJson(this IAnsiConsole console, JsonNode json) =>
        console.Profile.Out.Writer.WriteLine(json.ToJsonString(ReportJson.Options));
}
