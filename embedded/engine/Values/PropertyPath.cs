using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FogInfra.Embedded.Engine.Values;

/// <summary>A path into a value: <c>a.b</c>, <c>a[0]</c>, <c>a["x.y"]</c>, <c>*</c> for any element.</summary>
internal sealed class PropertyPath
{
    private PropertyPath(ImmutableArray<Element> elements) => Elements = elements;

    /// <summary>One step of a path: a name, an index, or any.</summary>
    internal readonly record struct Element(string Name, int? Index, bool IsAny)
    {
        /// <summary>A step by name.</summary>
        public static Element Of(string name) => new(name, null, false);

        /// <summary>A step by index.</summary>
        public static Element At(int index) => new(index.ToString(CultureInfo.InvariantCulture), index, false);

        /// <summary>A step to every element.</summary>
        public static Element Any { get; } = new("*", null, true);
    }

    /// <summary>The steps, from the outside in.</summary>
    public ImmutableArray<Element> Elements { get; }

    /// <summary>Makes a path of steps.</summary>
    public static PropertyPath Of(IEnumerable<Element> elements) => new([.. elements]);

    /// <summary>Reads a path; null when the text is none.</summary>
    public static PropertyPath? TryParse(string text)
    {
        var elements = ImmutableArray.CreateBuilder<Element>();
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            if (rest[0] == '[')
            {
                if (!TryTakeBracket(ref rest, elements))
                {
                    return null;
                }

                continue;
            }

            if (rest[0] == '.')
            {
                if (elements.Count == 0)
                {
                    return null;
                }

                rest = rest[1..];
                if (rest.Length == 0 || rest[0] is '.' or '[')
                {
                    return null;
                }
            }
            else if (elements.Count > 0)
            {
                return null; // A name after a bracket needs its dot.
            }

            var end = rest.IndexOfAny('.', '[');
            var name = end < 0 ? rest : rest[..end];
            elements.Add(name is "*" ? Element.Any : Element.Of(name.ToString()));
            rest = end < 0 ? [] : rest[end..];
        }

        return elements.Count == 0 ? null : new PropertyPath(elements.ToImmutable());
    }

    /// <summary>Whether the other path leads to the same place or to one inside it.</summary>
    public bool Contains(PropertyPath other) =>
        Elements.Length <= other.Elements.Length
        && Elements.Zip(other.Elements).All(pair => pair.First.IsAny || pair.First == pair.Second);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var element in Elements)
        {
            if (element.Index is { } index)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (element.IsAny || element.Name.AsSpan().IndexOfAny(".[]\"") < 0)
            {
                text.Append(text.Length == 0 ? "" : ".").Append(element.Name);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"[\"{element.Name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]");
            }
        }

        return text.ToString();
    }

    private static bool TryTakeBracket(ref ReadOnlySpan<char> rest, ImmutableArray<Element>.Builder elements)
    {
        if (rest.StartsWith("[\""))
        {
            var name = new StringBuilder();
            var at = 2;
            for (; at < rest.Length && rest[at] != '"'; at++)
            {
                if (rest[at] == '\\' && at + 1 < rest.Length)
                {
                    at++;
                }

                name.Append(rest[at]);
            }

            if (at + 1 >= rest.Length || rest[at + 1] != ']')
            {
                return false;
            }

            elements.Add(Element.Of(name.ToString()));
            rest = rest[(at + 2)..];
            return true;
        }

        var end = rest.IndexOf(']');
        if (end < 2)
        {
            return false;
        }

        var index = rest[1..end];
        if (index is "*")
        {
            elements.Add(Element.Any);
        }
        else if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            elements.Add(Element.At(number));
        }
        else
        {
            return false;
        }

        rest = rest[(end + 1)..];
        return true;
    }
}
