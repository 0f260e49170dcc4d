namespace FogInfra.Embedded.Protocol.Values;

/// <summary>
/// The name of a resource in all of Pulumi: <c>urn:pulumi:STACK::PROJECT::QUALIFIED-TYPE::NAME</c>. The qualified type is the
/// types of the ancestors from the outside in, without the stack's, joined by <c>$</c>, then the resource's own type.
/// </summary>
public sealed record Urn
{
    private const string Prefix = "urn:pulumi:";

    // URNs are compared and written very often, so neither is worked out twice.
    private readonly int _hash;
    private string? _text;

    private Urn(string stack, string project, string qualifiedType, string name)
    {
        Stack = stack;
        Project = project;
        QualifiedType = qualifiedType;
        Name = name;
        _hash = HashCode.Combine(qualifiedType, name);
    }

    /// <summary>The type of the resource that is the root of a stack.</summary>
    public const string StackType = "pulumi:pulumi:Stack";

    /// <summary>The stack's bare name.</summary>
    public string Stack { get; }

    /// <summary>The project.</summary>
    public string Project { get; }

    /// <summary>The types of the ancestors and the resource, joined by <c>$</c>.</summary>
    public string QualifiedType { get; }

    /// <summary>The resource's name; it may contain <c>::</c>.</summary>
    public string Name { get; }

    /// <summary>The resource's own type.</summary>
    public string Type => QualifiedType[(QualifiedType.LastIndexOf('$') + 1)..];

    /// <summary>Makes the URN of a resource.</summary>
    /// <param name="stack">The stack's bare name.</param>
    /// <param name="project">The project.</param>
    /// <param name="parent">The parent's URN, or null.</param>
    /// <param name="type">The resource's own type.</param>
    /// <param name="name">The resource's name.</param>
    public static Urn Create(string stack, string project, Urn? parent, string type, string name) =>
        new(stack, project, parent is null || parent.QualifiedType == StackType ? type : $"{parent.QualifiedType}${type}", name);

    /// <summary>Reads a URN.</summary>
    /// <exception cref="FormatException">The text is no URN.</exception>
    public static Urn Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is no URN; expected urn:pulumi:STACK::PROJECT::TYPE::NAME.");

    /// <summary>Reads a URN; null when the text is none.</summary>
    public static Urn? TryParse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = text.AsSpan(Prefix.Length);
        Span<Range> parts = stackalloc Range[4];
        return rest.Split(parts, "::") == 4 && !rest[parts[2]].IsEmpty
            ? new Urn($"{rest[parts[0]]}", $"{rest[parts[1]]}", $"{rest[parts[2]]}", $"{rest[parts[3]]}") { _text = text }
            : null;
    }

    /// <summary>Whether it is the same name.</summary>
    public bool Equals(Urn? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Name == other.Name && QualifiedType == other.QualifiedType
            && Project == other.Project && Stack == other.Stack);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => _text ??= $"{Prefix}{Stack}::{Project}::{QualifiedType}::{Name}";
}
