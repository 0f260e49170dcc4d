using System.Globalization;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Patches;

/// <summary>JSON patch, RFC 6902.</summary>
internal static class JsonPatch
{
    /// <summary>The value with all operations done, in their order.</summary>
    /// <exception cref="PatchException">An operation is malformed, its path does not exist, or a test fails.</exception>
    public static JsonData Apply(JsonData value, JsonData patch)
    {
        if (patch is not JsonList operations) throw new PatchException("a JSON patch is a list of operations");
        return operations.Aggregate(value, Do);
    }

    private static JsonData ApplyAt(JsonData target, ReadOnlySpan<string> path, string whole, Func<JsonData?, JsonData?> change, bool insert)
    {
        var name = path[0];
        var last = path.Length == 1;
        switch (target)
        {
            case JsonMap map:
                if (last) return map.With(name, change(map[name]));
                return map.With(name, ApplyAt(map[name] ?? throw Missing(whole), path[1..], whole, change, insert));
            case JsonList list:
                var items = list.ToList();
                var index = name == "-" ? items.Count : ParseIndex(name, whole);
                if (last && insert)
                {
                    if (index > items.Count) throw Missing(whole);
                    items.Insert(index, change(null)!);
                    return JsonList.From(items);
                }
                if (index >= items.Count) throw Missing(whole);
                var next = last ? change(items[index]) : ApplyAt(items[index], path[1..], whole, change, insert);
                if (next is null) items.RemoveAt(index);
                else items[index] = next;
                return JsonList.From(items);
            default:
                throw Missing(whole);
        }
    }

    private static JsonData Do(JsonData value, JsonData operation)
    {
        var path = operation.Text("path") ?? throw new PatchException("an operation of a JSON patch has no path");
        switch (operation.Text("op"))
        {
            case "add":
                return Add(value, path, ValueOf(operation));
            case "replace":
                Get(value, path);
                return Change(value, path, _ => ValueOf(operation), insert: false);
            case "remove":
                Get(value, path);
                return Change(value, path, _ => null, insert: false);
            case "copy":
                return Add(value, path, Get(value, From(operation)));
            case "move":
                var moved = Get(value, From(operation));
                return Add(Change(value, From(operation), _ => null, insert: false), path, moved);
            case "test":
                var expected = ValueOf(operation);
                var actual = Find(value, path);
                var same = actual is null ? ReferenceEquals(expected, JsonData.Null) : actual.Equals(expected);
                return same ? value : throw new PatchException($"testing value {path} failed: test failed");
            case var other:
                throw new PatchException($"unexpected kind of operation: {other ?? "none"}");
        }
    }

    private static JsonData Add(JsonData value, string path, JsonData added) => Change(value, path, _ => added, insert: true);

    private static JsonData Change(JsonData value, string path, Func<JsonData?, JsonData?> change, bool insert) =>
        path.Length == 0 ? change(value) ?? JsonData.Null : ApplyAt(value, Split(path), path, change, insert);

    private static JsonData Get(JsonData value, string path) => Find(value, path) ?? throw Missing(path);

    private static JsonData? Find(JsonData value, string path)
    {
        if (path.Length == 0) return value;
        JsonData? current = value;
        foreach (var name in Split(path))
        {
            current = current is JsonList list
                ? int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count ? list[index] : null
                : current?[name];
        }
        return current;
    }

    private static string[] Split(string path) => path[0] == '/'
        ? [.. path[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
        : throw new PatchException($"the path {path} does not begin with a slash");

    private static int ParseIndex(string text, string whole) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : throw Missing(whole);

    private static string From(JsonData operation) => operation.Text("from") ?? throw new PatchException("an operation of a JSON patch has no from");

    private static JsonData ValueOf(JsonData operation) => operation["value"] ?? throw new PatchException("an operation of a JSON patch has no value");

    private static PatchException Missing(string path) => new($"the path {path} does not exist in the object");
}
