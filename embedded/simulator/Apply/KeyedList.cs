using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>The items of a list by their path elements. Where two items have the same element, the first counts.</summary>
internal sealed class KeyedList
{
    private readonly Dictionary<string, JsonData> _items;

    private KeyedList(IReadOnlyList<string> elements, Dictionary<string, JsonData> items) => (Elements, _items) = (elements, items);

    /// <summary>The elements, in the order of the list.</summary>
    public IReadOnlyList<string> Elements { get; }

    /// <summary>The item of an element, or null.</summary>
    public JsonData? this[string element] => _items.GetValueOrDefault(element);

    /// <summary>Sorts out the items of a list.</summary>
    public static KeyedList Of(JsonList list, ListSchema schema)
    {
        var elements = new List<string>(list.Count);
        var items = new Dictionary<string, JsonData>(list.Count, StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var element = PathElements.Item(schema, list[i], i);
            if (items.TryAdd(element, list[i])) elements.Add(element);
        }
        return new KeyedList(elements, items);
    }
}
