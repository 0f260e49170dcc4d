using System.Text;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>The wire form of path elements, see <see cref="FieldSet"/>.</summary>
internal static class PathElements
{
    /// <summary>The element of a member.</summary>
    public static string Field(string name) => "f:" + name;

    /// <summary>The element of an item of a list whose items are told apart.</summary>
    /// <exception cref="ApplyException">The item lacks a key.</exception>
    public static string Item(ListSchema list, JsonData item, int index)
    {
        if (list.Type == ListType.Set) return "v:" + JsonWriting.ToText(item);
        return "k:" + JsonWriting.ToText(JsonMap.From(list.Keys.Order(StringComparer.Ordinal).Select(key =>
            KeyValuePair.Create(key, item[key] ?? list.DefaultOf(key) ?? throw new ApplyException(
                $"element {index}: associative list with keys has an element that omits key field \"{key}\" (and doesn't have default value)")))));
    }

    /// <summary>A path as messages spell it, for example <c>.spec.template.spec.containers[name="web"].image</c>.</summary>
    public static string ToText(IEnumerable<string> path)
    {
        var text = new StringBuilder();
        foreach (var element in path)
        {
            var value = element[2..];
            _ = element[0] switch
            {
                'f' => text.Append('.').Append(value),
                'k' => text.Append('[').AppendJoin(',', ((JsonMap)JsonReading.Parse(value)).Select(key => $"{key.Key}={key.Value}")).Append(']'),
                'v' => text.Append("[=").Append(value).Append(']'),
                _ => text.Append('[').Append(value).Append(']'),
            };
        }
        return text.ToString();
    }
}

/// <summary>An applied object does not fit the schema.</summary>
internal sealed class ApplyException(string message) : Exception(message);
