namespace FogInfra.Embedded.Simulator.Values;

/// <summary>Reading and changing maps along paths of member names.</summary>
internal static class JsonEditing
{
    /// <summary>The value at a path, or null where there is none.</summary>
    public static JsonData? At(this JsonData value, params ReadOnlySpan<string> path)
    {
        JsonData? current = value;
        foreach (var name in path) current = current?[name];
        return current;
    }

    /// <summary>The map at a path; the empty map where there is none.</summary>
    public static JsonMap Map(this JsonData value, params ReadOnlySpan<string> path) => value.At(path) as JsonMap ?? JsonMap.Empty;

    /// <summary>The list at a path; the empty list where there is none.</summary>
    public static JsonList List(this JsonData value, params ReadOnlySpan<string> path) => value.At(path) as JsonList ?? JsonList.Empty;

    /// <summary>The maps of the list at a path.</summary>
    public static IEnumerable<JsonMap> Maps(this JsonData value, params ReadOnlySpan<string> path) => value.List(path).Maps();

    /// <summary>The text at a path, or null where there is none.</summary>
    public static string? Text(this JsonData value, params ReadOnlySpan<string> path) => value.At(path)?.AsText;

    /// <summary>The whole number at a path, or null where there is none.</summary>
    public static long? Long(this JsonData value, params ReadOnlySpan<string> path) => value.At(path)?.AsLong;

    /// <summary>The truth value at a path; false where there is none.</summary>
    public static bool Flag(this JsonData value, params ReadOnlySpan<string> path) => value.At(path)?.AsFlag ?? false;

    /// <summary>The map with the value at a path set, and the maps on the way there made; a null value removes.</summary>
    public static JsonMap Set(this JsonMap map, JsonData? value, params ReadOnlySpan<string> path)
    {
        if (value is null) return map.Remove(path);
        return path.Length == 1 ? map.With(path[0], value) : map.With(path[0], map.Map(path[0]).Set(value, path[1..]));
    }

    /// <summary>The map without the value at a path. Maps on the way there stay, even when empty.</summary>
    public static JsonMap Remove(this JsonMap map, params ReadOnlySpan<string> path)
    {
        if (path.Length == 1) return map.Without(path[0]);
        return map[path[0]] is JsonMap inner ? map.With(path[0], inner.Remove(path[1..])) : map;
    }

    /// <summary>The map with a value at a path, where there is none yet.</summary>
    public static JsonMap Default(this JsonMap map, JsonData value, params ReadOnlySpan<string> path) =>
        map.At(path) is null ? map.Set(value, path) : map;

    /// <summary>The map with its inner map of that name changed; unchanged where there is no such inner map.</summary>
    public static JsonMap Edit(this JsonMap map, string name, Func<JsonMap, JsonMap> change) =>
        map[name] is JsonMap inner ? map.With(name, change(inner)) : map;

    /// <summary>The map with the maps in its list of that name changed; unchanged where there is no such list.</summary>
    public static JsonMap EditEach(this JsonMap map, string name, Func<JsonMap, JsonMap> change) =>
        map[name] is JsonList list ? map.With(name, list.ChangeMaps(change)) : map;

    /// <summary>The map as texts by name; members that are not texts are left out.</summary>
    public static Dictionary<string, string> Texts(this JsonMap map)
    {
        var texts = new Dictionary<string, string>(map.Count, StringComparer.Ordinal);
        foreach (var (key, value) in map)
        {
            if (value is JsonText text) texts[key] = text.Value;
        }
        return texts;
    }

    /// <summary>The map with the members of another one added over its own.</summary>
    public static JsonMap WithAll(this JsonMap map, JsonMap others) =>
        map.Count == 0 ? others : others.Aggregate(map, (result, member) => result.With(member.Key, member.Value));

    /// <summary>The value without members that are null, at any depth: for the API server null means absent.</summary>
    public static JsonData WithoutNulls(this JsonData value) => value switch
    {
        JsonMap map => map.Change((_, member) => ReferenceEquals(member, JsonData.Null) ? null : member.WithoutNulls()),
        JsonList list => list.Change(WithoutNulls),
        _ => value,
    };
}
