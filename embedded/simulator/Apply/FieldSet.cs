namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>
/// A set of fields of an object, as server-side apply keeps them: a tree of path elements in their wire form, which is <c>f:NAME</c> for a member,
/// <c>k:{KEYS}</c> for an item of a list by its keys and <c>v:VALUE</c> for an item by its value. Immutable.
/// </summary>
internal sealed class FieldSet
{
    private readonly KeyValuePair<string, FieldSet>[] _children; // By element, in ordinal order, none empty.

    private FieldSet(bool isMember, KeyValuePair<string, FieldSet>[] children) => (IsMember, _children) = (isMember, children);

    /// <summary>The set without fields.</summary>
    public static FieldSet Empty { get; } = new(false, []);

    /// <summary>The set of just the field that it stands at.</summary>
    public static FieldSet Member { get; } = new(true, []);

    /// <summary>Whether the field that this part of the tree stands at is in the set itself, not only fields below it.</summary>
    public bool IsMember { get; }

    /// <summary>Whether there is no field in the set.</summary>
    public bool IsEmpty => !IsMember && _children.Length == 0;

    /// <summary>The parts of the set below each element.</summary>
    public IReadOnlyList<KeyValuePair<string, FieldSet>> Children => _children;

    /// <summary>The part of the set below an element; empty when there is none.</summary>
    public FieldSet this[string element]
    {
        get
        {
            var (low, high) = (0, _children.Length - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var order = string.CompareOrdinal(_children[middle].Key, element);
                if (order == 0) return _children[middle].Value;
                if (order < 0) low = middle + 1;
                else high = middle - 1;
            }
            return Empty;
        }
    }

    /// <summary>A set of parts; empty ones are left out.</summary>
    public static FieldSet Of(bool isMember, IEnumerable<KeyValuePair<string, FieldSet>> children)
    {
        var kept = children.Where(child => !child.Value.IsEmpty).ToArray();
        Array.Sort(kept, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return Make(isMember, kept);
    }

    /// <summary>The set of one field.</summary>
    public static FieldSet OfPath(params ReadOnlySpan<string> path)
    {
        var set = Member;
        for (var i = path.Length - 1; i >= 0; i--) set = new FieldSet(false, [KeyValuePair.Create(path[i], set)]);
        return set;
    }

    /// <summary>The set with the field that it stands at.</summary>
    public FieldSet WithMember() => IsMember ? this : Make(true, _children);

    /// <summary>The fields in this or the other set.</summary>
    public FieldSet Union(FieldSet other) => ReferenceEquals(this, other) ? this : Combine(other, static (left, right) => left || right, keepLeft: true, keepRight: true);

    /// <summary>The fields in both sets.</summary>
    public FieldSet Intersect(FieldSet other) => ReferenceEquals(this, other) ? this : Combine(other, static (left, right) => left && right, keepLeft: false, keepRight: false);

    /// <summary>The fields in this set but not in the other.</summary>
    public FieldSet Except(FieldSet other) => ReferenceEquals(this, other) ? Empty : Combine(other, static (left, right) => left && !right, keepLeft: true, keepRight: false);

    /// <summary>This set without an element and all below it.</summary>
    public FieldSet Without(string element) => this[element].IsEmpty ? this : Make(IsMember, [.. _children.Where(child => child.Key != element)]);

    /// <summary>Whether both sets have the same fields.</summary>
    public bool SetEquals(FieldSet other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (IsMember != other.IsMember || _children.Length != other._children.Length) return false;
        for (var i = 0; i < _children.Length; i++)
        {
            if (_children[i].Key != other._children[i].Key || !_children[i].Value.SetEquals(other._children[i].Value)) return false;
        }
        return true;
    }

    /// <summary>The paths of all fields in the set, as element lists.</summary>
    public IEnumerable<IReadOnlyList<string>> Paths()
    {
        if (IsMember) yield return [];
        foreach (var (element, below) in _children)
        {
            foreach (var path in below.Paths()) yield return [element, .. path];
        }
    }

    private static FieldSet Make(bool isMember, KeyValuePair<string, FieldSet>[] children) =>
        children.Length > 0 ? new FieldSet(isMember, children) : isMember ? Member : Empty;

    private FieldSet Combine(FieldSet other, Func<bool, bool, bool> member, bool keepLeft, bool keepRight)
    {
        var (left, right) = (_children, other._children);
        var children = new List<KeyValuePair<string, FieldSet>>(Math.Max(left.Length, right.Length));
        var (l, r) = (0, 0);
        while (l < left.Length || r < right.Length)
        {
            var order = l == left.Length ? 1 : r == right.Length ? -1 : string.CompareOrdinal(left[l].Key, right[r].Key);
            if (order < 0)
            {
                if (keepLeft) children.Add(left[l]);
                l++;
            }
            else if (order > 0)
            {
                if (keepRight) children.Add(right[r]);
                r++;
            }
            else
            {
                var both = left[l].Value.Combine(right[r].Value, member, keepLeft, keepRight);
                if (!both.IsEmpty) children.Add(KeyValuePair.Create(left[l].Key, both));
                l++;
                r++;
            }
        }
        return Make(member(IsMember, other.IsMember), [.. children]);
    }
}
