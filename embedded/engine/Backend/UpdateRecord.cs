using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>One update of a stack, as its history keeps it.</summary>
internal sealed record UpdateRecord
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IndentSize = 4, Encoder = ValueJson.WriterOptions.Encoder,
    };

    /// <summary>update, refresh, destroy, import, resource-import or rename.</summary>
    public required string Kind { get; init; }

    /// <summary>When it began, in seconds since 1970.</summary>
    public required long StartTime { get; init; }

    /// <summary>The user's message.</summary>
    public string Message { get; init; } = "";

    /// <summary>What is known of the circumstances, for example <c>exec.kind</c>.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The stack's configuration, with secrets encrypted.</summary>
    public JsonObject Config { get; init; } = [];

    /// <summary>succeeded, failed or in-progress.</summary>
    public required string Result { get; init; }

    /// <summary>When it ended, in seconds since 1970.</summary>
    public required long EndTime { get; init; }

    /// <summary>How many resources had which operation.</summary>
    public ImmutableSortedDictionary<string, int> ResourceChanges { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The content of a history file.</summary>
    public byte[] ToFile() => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["kind"] = Kind,
            ["startTime"] = StartTime,
            ["message"] = Message,
            ["environment"] = ToJson(Environment),
            ["config"] = Config.DeepClone(),
            ["version"] = 0, // This backend does not number updates.
            ["result"] = Result,
            ["endTime"] = EndTime,
            ["resourceChanges"] = ToJson(ResourceChanges),
        },
        Format);

    /// <summary>Reads a history file.</summary>
    /// <exception cref="BackendException">It is no history file.</exception>
    public static UpdateRecord FromFile(string path, byte[] content)
    {
        try
        {
            var json = JsonNode.Parse(content)!.AsObject();
            return new UpdateRecord
            {
                Kind = json["kind"]?.GetValue<string>() ?? "update",
                StartTime = json["startTime"]?.GetValue<long>() ?? 0,
                Message = json["message"]?.GetValue<string>() ?? "",
                Environment = (json["environment"] as JsonObject ?? []).ToImmutableSortedDictionary(
                    item => item.Key, item => item.Value?.ToString() ?? "", StringComparer.Ordinal),
                Config = (json["config"] as JsonObject)?.DeepClone().AsObject() ?? [],
                Result = json["result"]?.GetValue<string>() ?? "succeeded",
                EndTime = json["endTime"]?.GetValue<long>() ?? 0,
                ResourceChanges = (json["resourceChanges"] as JsonObject ?? []).ToImmutableSortedDictionary(
                    item => item.Key, item => item.Value?.GetValue<int>() ?? 0, StringComparer.Ordinal),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new BackendException($"could not read '{path}': it is no update of a stack's history");
        }
    }

    private static JsonObject ToJson<T>(ImmutableSortedDictionary<string, T> values) =>
        new(values.Select(item => KeyValuePair.Create(item.Key, JsonSerializer.SerializeToNode(item.Value))));
}
