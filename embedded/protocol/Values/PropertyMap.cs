using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FogInfra.Embedded.Protocol.Values;

/// <summary>Named values, in the order in which they were given. Immutable; two maps are equal when they hold equal values by equal names.</summary>
/// <remarks>
/// A stack of thousands of resources has some hundred thousand maps, nearly all of them of a few values. Such a map is one array, which has
/// a third of a dictionary's memory and is searched as fast.
/// </remarks>
[CollectionBuilder(typeof(PropertyMap), nameof(Create))]
public sealed class PropertyMap : IReadOnlyCollection<KeyValuePair<string, PropertyValue>>, IEquatable<PropertyMap>
{
    private readonly ImmutableArray<KeyValuePair<string, PropertyValue>> _values;
    private readonly Dictionary<string, int>? _positions;

    /// <summary>Makes a map.</summary>
    /// <param name="values">The values; of two with one name the later counts.</param>
    public PropertyMap(IEnumerable<KeyValuePair<string, PropertyValue>> values)
        : this(BuilderOf(values, more: 0))
    {
    }

    private PropertyMap(Builder builder) => (_values, _positions) = builder.Take();

    // The same names in the same places, with other values.
    private PropertyMap(ImmutableArray<KeyValuePair<string, PropertyValue>> values, Dictionary<string, int>? positions) =>
        (_values, _positions) = (values, positions);

    /// <summary>The map without values.</summary>
    public static PropertyMap Empty { get; } = new([], null);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <summary>Whether a value is <see cref="PropertyValue.Unknown"/>, at any depth.</summary>
    public bool ContainsUnknowns => Any(PropertyValue.IsUnknownValue);

    /// <summary>Whether a value is secret, at any depth.</summary>
    public bool ContainsSecrets => Any(PropertyValue.IsSecretValue);

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => _values.Select(pair => pair.Key);

    /// <summary>The values.</summary>
    public IEnumerable<PropertyValue> Values => _values.Select(pair => pair.Value);

    /// <summary>The value of that name, or null.</summary>
    public PropertyValue? this[string name] => PositionOf(name) is >= 0 and var position ? _values[position].Value : null;

    /// <summary>What a collection expression calls.</summary>
    public static PropertyMap Create(ReadOnlySpan<KeyValuePair<string, PropertyValue>> values) => values.IsEmpty ? Empty : new(values.ToArray());

    /// <summary>Makes a map of pairs.</summary>
    public static PropertyMap Of(params IEnumerable<(string Name, PropertyValue Value)> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>Whether there is a value of that name.</summary>
    public bool Contains(string name) => PositionOf(name) >= 0;

    /// <summary>Finds the value of that name.</summary>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out PropertyValue value) => (value = this[name]) is not null;

    /// <summary>The values with their names, in the ordinal order of the names.</summary>
    public ImmutableArray<KeyValuePair<string, PropertyValue>> InOrderOfNames()
    {
        for (var position = 1; position < _values.Length; position++)
        {
            if (string.CompareOrdinal(_values[position - 1].Key, _values[position].Key) > 0)
            {
                return _values.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
            }
        }

        return _values;
    }

    /// <summary>This map with one value set.</summary>
    public PropertyMap With(string name, PropertyValue value)
    {
        var changed = BuilderOf(this, more: 1);
        changed.Set(name, value);
        return changed.ToMap();
    }

    /// <summary>This map with the other's values set.</summary>
    public PropertyMap With(PropertyMap other)
    {
        var changed = BuilderOf(this, other.Count);
        foreach (var (name, value) in other)
        {
            changed.Set(name, value);
        }

        return changed.ToMap();
    }

    /// <summary>This map without the values of these names.</summary>
    public PropertyMap Without(params IReadOnlyCollection<string> names) =>
        new(_values.Where(pair => !names.Contains(pair.Key)));

    /// <summary>This map with every value replaced; itself when that changes none.</summary>
    public PropertyMap Select(Func<PropertyValue, PropertyValue> change)
    {
        KeyValuePair<string, PropertyValue>[]? changed = null;
        for (var position = 0; position < _values.Length; position++)
        {
            var (name, value) = _values[position];
            var replaced = change(value);
            if (changed is null && !ReferenceEquals(replaced, value))
            {
                changed = [.. _values];
            }

            changed?[position] = KeyValuePair.Create(name, replaced);
        }

        return changed is null ? this : new PropertyMap(ImmutableCollectionsMarshal.AsImmutableArray(changed), _positions);
    }

    /// <summary>
    /// An equal map that has what the other has by the same name, where that is equal: of two maps that have much in common, little is kept
    /// twice.
    /// </summary>
    public PropertyMap SharedWith(PropertyMap other)
    {
        if (Equals(other))
        {
            return other;
        }

        KeyValuePair<string, PropertyValue>[]? changed = null;
        for (var position = 0; position < _values.Length; position++)
        {
            var (name, value) = _values[position];
            if (other[name] is { } known && value.SharedWith(known) is var shared && !ReferenceEquals(shared, value))
            {
                changed ??= [.. _values];
                changed[position] = KeyValuePair.Create(name, shared);
            }
        }

        return changed is null ? this : new PropertyMap(ImmutableCollectionsMarshal.AsImmutableArray(changed), _positions);
    }

    /// <summary>Whether the predicate holds for a value, or any value inside one.</summary>
    public bool Any(Func<PropertyValue, bool> predicate)
    {
        foreach (var (_, value) in _values)
        {
            if (value.Any(predicate))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of that name, with marks of secrecy ignored; null when there is none or it is no text.</summary>
    public string? GetText(string name) => this[name]?.Unwrap() is PropertyValue.Text text ? text.Value : null;

    /// <summary>The object of that name, with marks of secrecy ignored; null when there is none or it is no object.</summary>
    public PropertyMap? GetMap(string name) => this[name]?.Unwrap() is PropertyValue.Map map ? map.Properties : null;

    /// <summary>The values with their names, in order.</summary>
    public ImmutableArray<KeyValuePair<string, PropertyValue>>.Enumerator GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator<KeyValuePair<string, PropertyValue>> IEnumerable<KeyValuePair<string, PropertyValue>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, PropertyValue>>)_values).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_values).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(PropertyMap? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Count != other.Count)
        {
            return false;
        }

        foreach (var (name, value) in _values)
        {
            if (!value.Equals(other[name]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PropertyMap);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _values.Aggregate(Count, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value)); // Order does not count.

    /// <summary>The names only: values may be secret.</summary>
    public override string ToString() => $"{{{string.Join(", ", Names)}}}";

    private int PositionOf(string name) => Builder.PositionOf(name, _values.AsSpan(), _positions);

    private static Builder BuilderOf(IEnumerable<KeyValuePair<string, PropertyValue>> values, int more)
    {
        var builder = new Builder((values.TryGetNonEnumeratedCount(out var count) ? count : 0) + more);
        foreach (var (name, value) in values)
        {
            builder.Set(name, value);
        }

        return builder;
    }

    /// <summary>Collects the values of a map.</summary>
    /// <param name="capacity">How many are expected.</param>
    public sealed class Builder(int capacity)
    {
        /// <summary>So many names are found faster by looking at each than by their hash.</summary>
        private const int MostUnindexed = 8;

        private KeyValuePair<string, PropertyValue>[] _values = capacity == 0 ? [] : new KeyValuePair<string, PropertyValue>[capacity];
        private Dictionary<string, int>? _positions;
        private int _count;

        /// <summary>Sets a value; one that was set before by the same name is replaced where it stands.</summary>
        public void Set(string name, PropertyValue value)
        {
            if (PositionOf(name, _values.AsSpan(0, _count), _positions) is >= 0 and var position)
            {
                _values[position] = KeyValuePair.Create(name, value);
                return;
            }

            if (_count == _values.Length)
            {
                Array.Resize(ref _values, Math.Max(4, 2 * _count));
            }

            _values[_count++] = KeyValuePair.Create(name, value);
            NoteLast();
        }

        /// <summary>The map. The builder is empty again.</summary>
        public PropertyMap ToMap() => _count == 0 ? Empty : new PropertyMap(this);

        internal static int PositionOf(string name, ReadOnlySpan<KeyValuePair<string, PropertyValue>> values, Dictionary<string, int>? positions)
        {
            if (positions is not null)
            {
                return positions.GetValueOrDefault(name, -1);
            }

            for (var position = 0; position < values.Length; position++)
            {
                if (values[position].Key == name)
                {
                    return position;
                }
            }

            return -1;
        }

        internal (ImmutableArray<KeyValuePair<string, PropertyValue>> Values, Dictionary<string, int>? Positions) Take()
        {
            Array.Resize(ref _values, _count);
            var taken = (ImmutableCollectionsMarshal.AsImmutableArray(_values), _positions);
            (_values, _positions, _count) = ([], null, 0);
            return taken;
        }

        private void NoteLast()
        {
            if (_positions is not null)
            {
                _positions.Add(_values[_count - 1].Key, _count - 1);
            }
            else if (_count > MostUnindexed)
            {
                _positions = new Dictionary<string, int>(_values.Length, StringComparer.Ordinal);
                for (var position = 0; position < _count; position++)
                {
                    _positions.Add(_values[position].Key, position);
                }
            }
        }
    }
}
