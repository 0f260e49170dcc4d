using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>The name of a resource in all of Pulumi: <c>urn:pulumi:STACK::PROJECT::QUALIFIED-TYPE::NAME</c>.</summary>
public readonly struct Urn : IEquatable<Urn>
{
    private readonly string _value;

    /// <summary>Takes a URN as it is.</summary>
    /// <param name="value">The URN.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public Urn(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The URN as text.</summary>
    /// <param name="value">The URN.</param>
    public static implicit operator string(Urn value) => value._value;

    /// <summary>Whether the two are the same.</summary>
    public static bool operator ==(Urn left, Urn right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(Urn left, Urn right) => !left.Equals(right);

    /// <summary>Computes the URN of a resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="type">The resource's own type.</param>
    /// <param name="parent">Its parent, or null.</param>
    /// <param name="parentUrn">The URN of its parent, or null. Only one of the two may be given.</param>
    /// <param name="project">The project; the running program's when null. Not used with a parent, whose own counts.</param>
    /// <param name="stack">The stack; the running program's when null. Not used with a parent, whose own counts.</param>
    /// <exception cref="ArgumentException">Both parent and parentUrn are given.</exception>
    public static Output<string> Create(
        Input<string> name,
        Input<string> type,
        Resource? parent = null,
        Input<string>? parentUrn = null,
        Input<string>? project = null,
        Input<string>? stack = null)
    {
        if (parent is not null && parentUrn is not null)
        {
            throw new ArgumentException("Give either parent or parentUrn, not both.");
        }

        var above = parent is null ? parentUrn : (Input<string>)parent.Urn;
        var prefix = above is not null
            ? above.Apply(urn => $"{urn[..urn.LastIndexOf("::", StringComparison.Ordinal)]}$")
            : Output.Format($"urn:pulumi:{stack ?? Deployment.Instance.StackName}::{project ?? Deployment.Instance.ProjectName}::");
        return Output.Format($"{prefix}{type}::{name}");
    }

    /// <inheritdoc/>
    public bool Equals(Urn other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Urn other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.Ordinal.GetHashCode(_value);

    /// <inheritdoc/>
    public override string ToString() => _value;

    /// <summary>The resource's own type.</summary>
    internal static string TypeOf(string urn) =>
        urn.Split("::") is { Length: >= 4 } parts ? parts[2][(parts[2].LastIndexOf('$') + 1)..] : "";

    /// <summary>The resource's name; it may contain <c>::</c>.</summary>
    internal static string NameOf(string urn) => urn.Split("::", 4) is { Length: 4 } parts ? parts[3] : "";
}
