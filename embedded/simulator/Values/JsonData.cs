using System.Diagnostics.CodeAnalysis;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>
/// An immutable JSON value. Objects of a cluster are such values, so that readers, watchers and controllers share them without copies and locks,
/// and a change shares with the old value all that it leaves alone.
/// </summary>
internal abstract class JsonData : IEquatable<JsonData>
{
    /// <summary>JSON's null.</summary>
    public static JsonData Null { get; } = new JsonNull();

    /// <summary>The member of a map; null when this is no map or has no such member.</summary>
    public virtual JsonData? this[string key] => null;

    /// <summary>The text, or null when this is not a text.</summary>
    public string? AsText => (this as JsonText)?.Value;

    /// <summary>The whole number, or null when this is not one.</summary>
    public long? AsLong => this is JsonNumber { IsWhole: true } number ? number.Whole : null;

    /// <summary>The truth value, or null when this is not one.</summary>
    public bool? AsFlag => (this as JsonFlag)?.Value;

    /// <summary>A text; null stays null, so that optional members are left out.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator JsonData?(string? text) => text is null ? null : new JsonText(text);

    /// <summary>A whole number.</summary>
    public static implicit operator JsonData(long number) => new JsonNumber(number);

    /// <summary>True or false.</summary>
    public static implicit operator JsonData(bool value) => JsonFlag.Of(value);

    /// <inheritdoc/>
    public abstract bool Equals([NotNullWhen(true)] JsonData? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as JsonData);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>The value as compact JSON.</summary>
    public sealed override string ToString() => JsonWriting.ToText(this);

    private sealed class JsonNull : JsonData
    {
        public override bool Equals([NotNullWhen(true)] JsonData? other) => other is JsonNull;

        public override int GetHashCode() => 0;
    }
}

/// <summary>A text.</summary>
internal sealed class JsonText(string value) : JsonData
{
    public static JsonText Empty { get; } = new("");

    public string Value { get; } = value;

    public override bool Equals([NotNullWhen(true)] JsonData? other) => other is JsonText text && text.Value == Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
}

/// <summary>True or false.</summary>
internal sealed class JsonFlag : JsonData
{
    private static readonly JsonFlag True = new(true);
    private static readonly JsonFlag False = new(false);

    private JsonFlag(bool value) => Value = value;

    public bool Value { get; }

    public static JsonFlag Of(bool value) => value ? True : False;

    public override bool Equals([NotNullWhen(true)] JsonData? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Value ? 1 : 2;
}

/// <summary>A number: whole (64 bits) or with a fraction, as Kubernetes tells them apart.</summary>
internal sealed class JsonNumber : JsonData
{
    private readonly double _fraction;

    public JsonNumber(long value) => (IsWhole, Whole, _fraction) = (true, value, value);

    public JsonNumber(double value) => (IsWhole, Whole, _fraction) = (false, 0, value);

    public bool IsWhole { get; }

    public long Whole { get; }

    public double Value => _fraction;

    public override bool Equals([NotNullWhen(true)] JsonData? other) => other is JsonNumber number
        && (IsWhole && number.IsWhole ? Whole == number.Whole : _fraction.Equals(number._fraction));

    public override int GetHashCode() => _fraction.GetHashCode();
}
