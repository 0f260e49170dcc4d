using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>An immutable JSON array.</summary>
[CollectionBuilder(typeof(JsonList), nameof(Of))]
internal sealed class JsonList : JsonData, IReadOnlyList<JsonData>
{
    private readonly JsonData[] _items;

    private JsonList(JsonData[] items) => _items = items;

    /// <summary>The list without items.</summary>
    public static JsonList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public JsonData this[int index] => _items[index];

    /// <summary>A list of items.</summary>
    public static JsonList Of(ReadOnlySpan<JsonData> items) => items.IsEmpty ? Empty : new JsonList(items.ToArray());

    /// <summary>A list of items.</summary>
    public static JsonList From(IEnumerable<JsonData> items) => Of(items.ToArray());

    /// <summary>A list of texts.</summary>
    public static JsonList FromTexts(IEnumerable<string> items) => From(items.Select(item => (JsonData)item));

    /// <summary>This list with every item passed through a function; this list itself when nothing changes.</summary>
    public JsonList Change(Func<JsonData, JsonData> change)
    {
        JsonData[]? changed = null;
        for (var i = 0; i < _items.Length; i++)
        {
            var next = change(_items[i]);
            if (ReferenceEquals(next, _items[i])) continue;
            changed ??= (JsonData[])_items.Clone();
            changed[i] = next;
        }
        return changed is null ? this : new JsonList(changed);
    }

    /// <summary>This list with every map in it passed through a function.</summary>
    public JsonList ChangeMaps(Func<JsonMap, JsonMap> change) => Change(item => item is JsonMap map ? change(map) : item);

    /// <summary>The items that are maps.</summary>
    public IEnumerable<JsonMap> Maps() => _items.OfType<JsonMap>();

    /// <summary>The items that are texts.</summary>
    public IEnumerable<string> Texts() => _items.OfType<JsonText>().Select(text => text.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonData? other) =>
        ReferenceEquals(this, other) || (other is JsonList list && _items.AsSpan().SequenceEqual(list._items));

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(Count, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<JsonData> GetEnumerator() => ((IEnumerable<JsonData>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
