using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>JSON as the command line prints it.</summary>
internal static class CommandJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IndentSize = 2, Encoder = ValueJson.WriterOptions.Encoder, MaxDepth = 10_000,
    };

    private static readonly JsonSerializerOptions WideFormat = new(Format) { IndentSize = 4 };

    /// <summary>The text, indented by two blanks.</summary>
    public static string ToText(JsonNode json) => json.ToJsonString(Format);

    /// <summary>The text, indented by four blanks, as exports are.</summary>
    public static string ToWideText(JsonNode json) => json.ToJsonString(WideFormat);

    /// <summary>A time as lists show it: UTC, milliseconds.</summary>
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
