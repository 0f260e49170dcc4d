using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Components;

/// <summary>JSON as text that people read, and as the plain values that custom resources take. Pure.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Readable);

    /// <summary>The members of an object as plain values: dictionaries, lists, texts, numbers and truths.</summary>
    public static ImmutableDictionary<string, object> Members(JsonObject node) =>
        node.Where(member => member.Value is not null).ToImmutableDictionary(member => member.Key, member => Plain(member.Value!));

    private static object Plain(JsonNode node) => node switch
    {
        JsonObject map => Members(map),
        JsonArray list => list.Select(item => Plain(item!)).ToImmutableArray(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => node.AsValue().TryGetValue<int>(out var whole) ? whole : node.GetValue<double>(),
            _ => node.GetValue<string>(),
        },
    };
}
