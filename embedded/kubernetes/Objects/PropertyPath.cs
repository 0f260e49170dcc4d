using System.Collections.Immutable;
using System.Text;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>
/// A place in an object, written as Pulumi writes it: <c>spec.containers[0].image</c>, with names that are no plain words as
/// <c>metadata.annotations["a.b/c"]</c>. <c>[*]</c> and <c>*</c> stand for anything.
/// </summary>
internal sealed record PropertyPath(ImmutableArray<PathStep> Steps)
{
    /// <summary>The object itself.</summary>
    public static PropertyPath Root { get; } = new([]);

    /// <summary>The place of a member of this place.</summary>
    public PropertyPath Member(string name) => new(Steps.Add(new PathStep(name, null)));

    /// <summary>The place of an item of this place.</summary>
    public PropertyPath Item(int index) => new(Steps.Add(new PathStep(null, index)));

    /// <summary>Reads a path; a leading dot is allowed.</summary>
    public static PropertyPath Parse(string text)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        var position = 0;
        while (position < text.Length)
        {
            if (text[position] == '.')
            {
                position++;
            }
            else if (text[position] == '[')
            {
                var quoted = text.AsSpan(position).StartsWith("[\"");
                var end = text.IndexOf(quoted ? "\"]" : "]", position, StringComparison.Ordinal);
                end = end < 0 ? text.Length : end;
                steps.Add(quoted ? new PathStep(text[(position + 2)..end].Replace("\\\"", "\""), null) : Bracketed(text[(position + 1)..end]));
                position = Math.Min(text.Length, end + (quoted ? 2 : 1));
            }
            else
            {
                var end = text.AsSpan(position).IndexOfAny('.', '[') is >= 0 and var length ? position + length : text.Length;
                steps.Add(text[position..end] == "*" ? PathStep.Any : new PathStep(text[position..end], null));
                position = end;
            }
        }

        return new PropertyPath(steps.ToImmutable());
    }

    /// <summary>Whether one of the two lies in the other, or they are the same. Steps that stand for anything match.</summary>
    public bool Touches(PropertyPath other) => Steps.Zip(other.Steps).All(pair => pair.First.Matches(pair.Second));

    /// <summary>Whether this lies in the other, or they are the same.</summary>
    public bool IsWithin(PropertyPath other) => Steps.Length >= other.Steps.Length && Touches(other);

    /// <inheritdoc/>
    public bool Equals(PropertyPath? other) => other is not null && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Steps.Aggregate(Steps.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in Steps)
        {
            text.Append(step switch
            {
                { Index: { } index } => $"[{index}]",
                { Name: null } => "[*]",
                { Name: { } name } when name.AsSpan().IndexOfAny(".\"[]") >= 0 => $"[\"{name.Replace("\"", "\\\"")}\"]",
                { Name: { } name } => text.Length == 0 ? name : $".{name}",
            });
        }

        return text.ToString();
    }

    private static PathStep Bracketed(string content) =>
        content == "*" ? PathStep.Any : int.TryParse(content, out var index) ? new PathStep(null, index) : new PathStep(content, null);
}

/// <summary>One step of a path: the name of a member or the index of an item.</summary>
internal readonly record struct PathStep(string? Name, int? Index)
{
    /// <summary>Any member or item.</summary>
    public static PathStep Any { get; } = new(null, null);

    /// <summary>Whether the two steps can mean the same.</summary>
    public bool Matches(PathStep other) => this == other || this == Any || other == Any;
}
