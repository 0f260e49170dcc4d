using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FogInfra.Embedded.Protocol.Values;

/// <summary>A value of a resource's inputs or outputs. Immutable; two values are equal when their contents are.</summary>
public abstract record PropertyValue
{
    private PropertyValue()
    {
    }

    /// <summary>The value null.</summary>
    public static PropertyValue Null { get; } = new NullValue();

    /// <summary>A value that is known only after an update; met in previews.</summary>
    public static PropertyValue Unknown { get; } = new UnknownValue();

    /// <summary>Whether a value in here is <see cref="Unknown"/>, at any depth.</summary>
    public bool ContainsUnknowns => Any(IsUnknownValue);

    /// <summary>Whether a value in here is secret, at any depth.</summary>
    public bool ContainsSecrets => Any(IsSecretValue);

    /// <summary>Makes a text.</summary>
    public static implicit operator PropertyValue(string value) => new Text(value);

    /// <summary>Makes a number.</summary>
    public static implicit operator PropertyValue(double value) => new Number(value);

    /// <summary>Makes a truth value.</summary>
    public static implicit operator PropertyValue(bool value) => new Bool(value);

    /// <summary>Makes an object.</summary>
    public static implicit operator PropertyValue(PropertyMap value) => new Map(value);

    /// <summary>Makes a list.</summary>
    public static PropertyValue ListOf(params IEnumerable<PropertyValue> items) => new List([.. items]);

    /// <summary>Whether the predicate holds for this value or any value inside it.</summary>
    public bool Any(Func<PropertyValue, bool> predicate) =>
        predicate(this) || this switch
        {
            List list => AnyOf(list.Items, predicate),
            Map map => map.Properties.Any(predicate),
            Secret secret => secret.Element.Any(predicate),
            Output { Value: { } value } => value.Any(predicate),
            Archive { Assets: { } assets } => assets.Any(predicate),
            _ => false,
        };

    /// <summary>The value without the marks of secrecy at its top: what a secret or an output holds.</summary>
    public PropertyValue Unwrap() => this switch
    {
        Secret secret => secret.Element.Unwrap(),
        Output output => output.Value?.Unwrap() ?? Unknown,
        _ => this,
    };

    /// <summary>The value with every secret and output in it, at any depth, replaced by what it holds.</summary>
    public PropertyValue Reveal() => this switch
    {
        Secret secret => secret.Element.Reveal(),
        Output output => output.Value?.Reveal() ?? Unknown,
        _ => SelectItems(item => item.Reveal()),
    };

    /// <summary>This value with each value directly inside a list, an object or a secret replaced; itself when that changes none.</summary>
    public PropertyValue SelectItems(Func<PropertyValue, PropertyValue> change)
    {
        switch (this)
        {
            case List list:
                var items = SelectAll(list.Items, change);
                return items == list.Items ? this : new List(items);
            case Map map:
                var properties = map.Properties.Select(change);
                return ReferenceEquals(properties, map.Properties) ? this : new Map(properties);
            case Secret secret:
                var element = change(secret.Element);
                return ReferenceEquals(element, secret.Element) ? this : new Secret(element);
            default:
                return this;
        }
    }

    /// <summary>An equal value: the other one when they are equal, otherwise one whose properties are the other's where those are equal.</summary>
    public PropertyValue SharedWith(PropertyValue other)
    {
        if (Equals(other))
        {
            return other;
        }

        if (this is not Map { Properties: var properties } || other is not Map { Properties: var known })
        {
            return this;
        }

        var shared = properties.SharedWith(known);
        return ReferenceEquals(shared, properties) ? this : new Map(shared);
    }

    /// <summary>This value, marked as secret; a value that is marked already stays as it is.</summary>
    public PropertyValue AsSecret() => this is Secret ? this : new Secret(this);

    internal static bool IsUnknownValue(PropertyValue value) => value is UnknownValue or Output { Value: null };

    internal static bool IsSecretValue(PropertyValue value) => value is Secret or Output { IsSecret: true };

    // The same array when nothing changes.
    private static ImmutableArray<PropertyValue> SelectAll(ImmutableArray<PropertyValue> items, Func<PropertyValue, PropertyValue> change)
    {
        PropertyValue[]? changed = null;
        for (var position = 0; position < items.Length; position++)
        {
            var replaced = change(items[position]);
            if (changed is null && !ReferenceEquals(replaced, items[position]))
            {
                changed = [.. items];
            }

            changed?[position] = replaced;
        }

        return changed is null ? items : ImmutableCollectionsMarshal.AsImmutableArray(changed);
    }

    private static bool AnyOf(ImmutableArray<PropertyValue> items, Func<PropertyValue, bool> predicate)
    {
        foreach (var item in items)
        {
            if (item.Any(predicate))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value null.</summary>
    public sealed record NullValue : PropertyValue;

    /// <summary>A value that is known only after an update.</summary>
    public sealed record UnknownValue : PropertyValue;

    /// <summary>A truth value.</summary>
    public sealed record Bool(bool Value) : PropertyValue;

    /// <summary>A number. Pulumi has only 64-bit floating point.</summary>
    public sealed record Number(double Value) : PropertyValue;

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : PropertyValue;

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<PropertyValue> Items) : PropertyValue
    {
        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Aggregate(Items.Length, HashCode.Combine);
    }

    /// <summary>An object.</summary>
    public sealed record Map(PropertyMap Properties) : PropertyValue;

    /// <summary>A value that must not be shown, logged or stored in plain text.</summary>
    public sealed record Secret(PropertyValue Element) : PropertyValue;

    /// <summary>A value with what is known about its origin.</summary>
    /// <param name="Value">The value; null when it is not known yet.</param>
    /// <param name="IsSecret">Whether it is secret.</param>
    /// <param name="Dependencies">URNs of the resources that it comes from.</param>
    public sealed record Output(PropertyValue? Value, bool IsSecret, ImmutableArray<string> Dependencies) : PropertyValue
    {
        /// <inheritdoc/>
        public bool Equals(Output? other) =>
            other is not null && Equals(Value, other.Value) && IsSecret == other.IsSecret
            && Dependencies.AsSpan().SequenceEqual(other.Dependencies.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Value, IsSecret, Dependencies.Length);
    }

    /// <summary>Where the bytes of an asset or archive come from.</summary>
    public enum ContentKind
    {
        /// <summary>The text itself.</summary>
        Text,

        /// <summary>A path of the file system.</summary>
        Path,

        /// <summary>A URI.</summary>
        Uri,
    }

    /// <summary>A file-like value.</summary>
    /// <param name="Kind">Where the bytes come from.</param>
    /// <param name="Content">The text, path or URI; null when only the hash is left.</param>
    /// <param name="Hash">The SHA-256 of the bytes in lower-case hexadecimal, or null.</param>
    public sealed record Asset(ContentKind Kind, string? Content, string? Hash) : PropertyValue;

    /// <summary>A value like a folder of files.</summary>
    /// <param name="Kind">Where the bytes come from, when there are no assets.</param>
    /// <param name="Content">The path or URI; null for an archive of assets.</param>
    /// <param name="Assets">Assets and archives by name, or null.</param>
    /// <param name="Hash">The SHA-256 of the bytes in lower-case hexadecimal, or null.</param>
    public sealed record Archive(ContentKind Kind, string? Content, PropertyMap? Assets, string? Hash) : PropertyValue;

    /// <summary>A reference to a resource.</summary>
    /// <param name="Urn">The resource's URN.</param>
    /// <param name="Id">The id of a custom resource, empty while it is unknown; null for a component.</param>
    /// <param name="PackageVersion">The version of the package that the resource's type belongs to, or empty.</param>
    public sealed record Reference(string Urn, string? Id, string PackageVersion) : PropertyValue;
}
