using System.Text.Json;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>Reads JSON text into values.</summary>
internal static class JsonReading
{
    private const int MaxDepth = 256;

    /// <summary>Reads one value.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="onDuplicate">Is told the dotted path of a member that appears twice; the later one counts.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonData Parse(ReadOnlySpan<byte> utf8, Action<string>? onDuplicate = null)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var value = ReadValue(ref reader, "", onDuplicate);
        if (reader.Read()) throw new JsonException("There is more after the end of the value.");
        return value;
    }

    /// <summary>Reads one value.</summary>
    public static JsonData Parse(string text) => Parse(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a text is one JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        if (utf8.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..]) return false;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonData ReadValue(ref Utf8JsonReader reader, string path, Action<string>? onDuplicate) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadMap(ref reader, path, onDuplicate),
        JsonTokenType.StartArray => ReadList(ref reader, path, onDuplicate),
        JsonTokenType.String => reader.GetString() is { Length: > 0 } text ? new JsonText(text) : JsonText.Empty,
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? new JsonNumber(whole) : new JsonNumber(reader.GetDouble()),
        JsonTokenType.True => JsonFlag.Of(true),
        JsonTokenType.False => JsonFlag.Of(false),
        _ => JsonData.Null,
    };

    private static JsonMap ReadMap(ref Utf8JsonReader reader, string path, Action<string>? onDuplicate)
    {
        var members = new List<KeyValuePair<string, JsonData>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var inner = onDuplicate is null ? "" : path.Length == 0 ? name : $"{path}.{name}";
            reader.Read();
            var value = ReadValue(ref reader, inner, onDuplicate);
            members.Add(KeyValuePair.Create(name, value));
        }
        return JsonMap.From(Distinct(members, path, onDuplicate));
    }

    private static List<KeyValuePair<string, JsonData>> Distinct(List<KeyValuePair<string, JsonData>> members, string path, Action<string>? onDuplicate)
    {
        var places = new Dictionary<string, int>(members.Count, StringComparer.Ordinal);
        var distinct = new List<KeyValuePair<string, JsonData>>(members.Count);
        foreach (var member in members)
        {
            if (places.TryAdd(member.Key, distinct.Count))
            {
                distinct.Add(member);
                continue;
            }
            onDuplicate?.Invoke(path.Length == 0 ? member.Key : $"{path}.{member.Key}");
            distinct[places[member.Key]] = member;
        }
        return distinct;
    }

    private static JsonList ReadList(ref Utf8JsonReader reader, string path, Action<string>? onDuplicate)
    {
        var items = new List<JsonData>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, onDuplicate is null ? "" : $"{path}[{items.Count}]", onDuplicate));
        }
        return JsonList.From(items);
    }
}
