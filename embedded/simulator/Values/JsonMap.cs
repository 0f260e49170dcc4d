using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>An immutable JSON object. Members keep their order; equality ignores it.</summary>
internal sealed class JsonMap : JsonData, IReadOnlyCollection<KeyValuePair<string, JsonData>>
{
    private const int LargestWithoutIndex = 12; // Up to here a scan is faster than hashing.

    private readonly KeyValuePair<string, JsonData>[] _members;
    private readonly Dictionary<string, int>? _index;

    private JsonMap(KeyValuePair<string, JsonData>[] members)
    {
        _members = members;
        if (members.Length > LargestWithoutIndex)
        {
            _index = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
            for (var i = 0; i < members.Length; i++) _index[members[i].Key] = i;
        }
    }

    /// <summary>The map without members.</summary>
    public static JsonMap Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _members.Length;

    /// <summary>The names of the members, in their order.</summary>
    public IEnumerable<string> Keys => _members.Select(member => member.Key);

    /// <inheritdoc/>
    public override JsonData? this[string key] => Find(key) is var at and >= 0 ? _members[at].Value : null;

    /// <summary>A map of members; those with a null value are left out. Keys must differ.</summary>
    public static JsonMap Of(params ReadOnlySpan<(string Key, JsonData? Value)> members)
    {
        var kept = new List<KeyValuePair<string, JsonData>>(members.Length);
        foreach (var (key, value) in members)
        {
            if (value is not null) kept.Add(KeyValuePair.Create(key, value));
        }
        return From(kept);
    }

    /// <summary>A map of members whose keys differ.</summary>
    public static JsonMap From(IEnumerable<KeyValuePair<string, JsonData>> members)
    {
        var array = members.ToArray();
        return array.Length == 0 ? Empty : new JsonMap(array);
    }

    /// <summary>A map of texts.</summary>
    public static JsonMap FromTexts(IEnumerable<KeyValuePair<string, string>> members) =>
        From(members.Select(member => KeyValuePair.Create(member.Key, (JsonData)member.Value)));

    /// <summary>Whether there is such a member.</summary>
    public bool ContainsKey(string key) => Find(key) >= 0;

    /// <summary>This map with a member set; this map itself when it has that very value, and without the member when the value is null.</summary>
    public JsonMap With(string key, JsonData? value)
    {
        if (value is null) return Without(key);
        var at = Find(key);
        if (at < 0) return new JsonMap([.. _members, KeyValuePair.Create(key, value)]);
        if (ReferenceEquals(_members[at].Value, value)) return this;
        var members = (KeyValuePair<string, JsonData>[])_members.Clone();
        members[at] = KeyValuePair.Create(key, value);
        return new JsonMap(members);
    }

    /// <summary>This map without a member.</summary>
    public JsonMap Without(string key)
    {
        var at = Find(key);
        return at < 0 ? this : From(_members.Where((_, index) => index != at));
    }

    /// <summary>This map with every value passed through a function, and without those for which it gives null.</summary>
    public JsonMap Change(Func<string, JsonData, JsonData?> change)
    {
        List<KeyValuePair<string, JsonData>>? changed = null;
        for (var i = 0; i < _members.Length; i++)
        {
            var (key, value) = _members[i];
            var next = change(key, value);
            if (changed is null && !ReferenceEquals(next, value)) changed = [.. _members.Take(i)];
            if (changed is not null && next is not null) changed.Add(KeyValuePair.Create(key, next));
        }
        return changed is null ? this : From(changed);
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonData? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is not JsonMap map || map.Count != Count) return false;
        foreach (var (key, value) in _members)
        {
            if (map[key] is not { } counterpart || !value.Equals(counterpart)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => _members.Aggregate(Count, (hash, member) => hash ^ HashCode.Combine(member.Key, member.Value));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonData>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, JsonData>>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string key)
    {
        if (_index is not null) return _index.GetValueOrDefault(key, -1);
        for (var i = 0; i < _members.Length; i++)
        {
            if (string.Equals(_members[i].Key, key, StringComparison.Ordinal)) return i;
        }
        return -1;
    }
}
