using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Schema;

/// <summary>
/// What the API says about a value: its shape, and how server-side apply and strategic merge treat it. Built-in kinds and custom resources share this form.
/// </summary>
internal abstract class FieldSchema
{
    /// <summary>Whether server-side apply treats the value as one, with one owner.</summary>
    public virtual bool IsAtomic => true;
}

/// <summary>The shapes of a value without members.</summary>
internal enum ScalarType
{
    Text,
    Whole,
    Number,
    Flag,
    WholeOrText,
}

/// <summary>A value without members.</summary>
internal sealed class ScalarSchema(ScalarType type, string? format = null) : FieldSchema
{
    public ScalarType Type { get; } = type;

    /// <summary>The format that the API publishes, for example <c>int32</c>, <c>date-time</c> or <c>quantity</c>.</summary>
    public string? Format { get; } = format;

    /// <summary>The values allowed; empty when all are.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>The range and pattern that a custom resource definition demands.</summary>
    public ScalarBounds? Bounds { get; init; }
}

/// <summary>Limits on a scalar, from a custom resource definition.</summary>
internal sealed record ScalarBounds(double? Minimum, double? Maximum, long? MinLength, long? MaxLength, string? Pattern);

/// <summary>Any JSON. Free-form maps of custom resources are owned member by member, those of built-in kinds as one.</summary>
internal sealed class AnySchema(bool isAtomic) : FieldSchema
{
    public static AnySchema Atomic { get; } = new(true);

    public static AnySchema Granular { get; } = new(false);

    public override bool IsAtomic { get; } = isAtomic;
}

/// <summary>An object with named members.</summary>
internal sealed class StructSchema(string name, bool isAtomic, Func<IReadOnlyDictionary<string, StructMember>> members) : FieldSchema
{
    private readonly Lazy<IReadOnlyDictionary<string, StructMember>> _members = new(members); // Lazy, because types refer to themselves.

    /// <summary>The name of the type, for example <c>io.k8s.api.core.v1.Container</c>.</summary>
    public string Name { get; } = name;

    public override bool IsAtomic { get; } = isAtomic;

    /// <summary>The members by name.</summary>
    public IReadOnlyDictionary<string, StructMember> Members => _members.Value;

    /// <summary>What members without a name of their own must be; null when there may be none.</summary>
    public FieldSchema? Others { get; init; }

    /// <summary>The schema of a member; null when it is unknown.</summary>
    public FieldSchema? this[string member] => Members.TryGetValue(member, out var found) ? found.Schema : Others;

    /// <summary>The same type, treated as one value or not.</summary>
    public StructSchema WithAtomic(bool atomic) => atomic == IsAtomic ? this : new StructSchema(Name, atomic, () => Members) { Others = Others };
}

/// <summary>A member of an object.</summary>
/// <param name="Schema">What it is.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Default">What it is when it is not given; null without a default.</param>
internal sealed record StructMember(FieldSchema Schema, bool Required, JsonData? Default)
{
    /// <summary>Whether null is a value of its own and not the same as absent.</summary>
    public bool Nullable { get; init; }
}

/// <summary>A map from names that the user chooses.</summary>
internal sealed class MapSchema(FieldSchema values, bool isAtomic) : FieldSchema
{
    public FieldSchema Values { get; } = values;

    public override bool IsAtomic { get; } = isAtomic;
}

/// <summary>How the items of a list are told apart.</summary>
internal enum ListType
{
    /// <summary>Not at all: the list is one value.</summary>
    Atomic,

    /// <summary>By their value.</summary>
    Set,

    /// <summary>By some of their members.</summary>
    Map,
}

/// <summary>A list.</summary>
internal sealed class ListSchema(FieldSchema items, ListType type, IReadOnlyList<string> keys) : FieldSchema
{
    public FieldSchema Items { get; } = items;

    public ListType Type { get; } = type;

    /// <summary>The members that tell items apart, for <see cref="ListType.Map"/>.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;

    /// <summary>Whether a strategic merge patch merges the items.</summary>
    public bool PatchMerges { get; init; }

    /// <summary>Whether a strategic merge patch drops members of a union that the patch does not name.</summary>
    public bool PatchRetainsKeys { get; init; }

    /// <summary>The member by which a strategic merge patch tells items apart; null for lists of scalars.</summary>
    public string? PatchKey { get; init; }

    public override bool IsAtomic => Type == ListType.Atomic;

    /// <summary>The default of a key that an item leaves out, or null.</summary>
    public JsonData? DefaultOf(string key) => Items is StructSchema item && item.Members.TryGetValue(key, out var member) ? member.Default : null;
}
