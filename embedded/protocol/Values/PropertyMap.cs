using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace FogInfra.Embedded.Protocol.Values;

/// <summary>Named values, in the order in which they were given. Immutable; two maps are equal when they hold equal values by equal names.</summary>
[CollectionBuilder(typeof(PropertyMap), nameof(Create))]
public sealed class PropertyMap : IReadOnlyCollection<KeyValuePair<string, PropertyValue>>, IEquatable<PropertyMap>
{
    private readonly Dictionary<string, PropertyValue> _values;

    /// <summary>Makes a map.</summary>
    /// <param name="values">The values; of two with one name the later counts.</param>
    public PropertyMap(IEnumerable<KeyValuePair<string, PropertyValue>> values)
    {
        _values = new Dictionary<string, PropertyValue>(values.TryGetNonEnumeratedCount(out var count) ? count : 0, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            _values[name] = value;
        }
    }

    private PropertyMap(Dictionary<string, PropertyValue> values) => _values = values;

    /// <summary>The map without values.</summary>
    public static PropertyMap Empty { get; } = new(new Dictionary<string, PropertyValue>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The values.</summary>
    public IEnumerable<PropertyValue> Values => _values.Values;

    /// <summary>The value of that name, or null.</summary>
    public PropertyValue? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>What a collection expression calls.</summary>
    public static PropertyMap Create(ReadOnlySpan<KeyValuePair<string, PropertyValue>> values) => values.IsEmpty ? Empty : new(values.ToArray());

    /// <summary>Makes a map of pairs.</summary>
    public static PropertyMap Of(params IEnumerable<(string Name, PropertyValue Value)> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>Whether there is a value of that name.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>Finds the value of that name.</summary>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out PropertyValue value) => _values.TryGetValue(name, out value);

    /// <summary>This map with one value set.</summary>
    public PropertyMap With(string name, PropertyValue value)
    {
        var changed = CopyOf(_values, 1);
        changed[name] = value;
        return new PropertyMap(changed);
    }

    /// <summary>This map with the other's values set.</summary>
    public PropertyMap With(PropertyMap other)
    {
        var changed = CopyOf(_values, other.Count);
        foreach (var (name, value) in other._values)
        {
            changed[name] = value;
        }

        return new PropertyMap(changed);
    }

    /// <summary>This map without the values of these names.</summary>
    public PropertyMap Without(params IReadOnlyCollection<string> names) =>
        new(_values.Where(pair => !names.Contains(pair.Key)));

    /// <summary>This map with every value replaced.</summary>
    public PropertyMap Select(Func<PropertyValue, PropertyValue> change)
    {
        var changed = new Dictionary<string, PropertyValue>(Count, StringComparer.Ordinal);
        foreach (var (name, value) in _values)
        {
            changed.Add(name, change(value));
        }

        return new PropertyMap(changed);
    }

    /// <summary>The text of that name, with marks of secrecy ignored; null when there is none or it is no text.</summary>
    public string? GetText(string name) => this[name]?.Unwrap() is PropertyValue.Text text ? text.Value : null;

    /// <summary>The object of that name, with marks of secrecy ignored; null when there is none or it is no object.</summary>
    public PropertyMap? GetMap(string name) => this[name]?.Unwrap() is PropertyValue.Map map ? map.Properties : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, PropertyValue>> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(PropertyMap? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Count == other.Count
            && _values.All(pair => other._values.TryGetValue(pair.Key, out var value) && pair.Value.Equals(value)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PropertyMap);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _values.Aggregate(Count, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value)); // Order does not count.

    private static Dictionary<string, PropertyValue> CopyOf(Dictionary<string, PropertyValue> values, int more)
    {
        var copy = new Dictionary<string, PropertyValue>(values.Count + more, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            copy.Add(name, value);
        }

        return copy;
    }

    /// <summary>The names only: values may be secret.</summary>
    public override string ToString() => $"{{{string.Join(", ", _values.Keys)}}}";
}
