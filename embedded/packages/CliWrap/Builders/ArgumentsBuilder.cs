using System.Globalization;
using System.Text;

namespace CliWrap.Builders;

/// <summary>Puts arguments together into a line from which each comes out again as it went in.</summary>
public class ArgumentsBuilder
{
    private readonly List<string> _arguments = [];

    /// <summary>Quotes an argument where it needs it, by the rules of Microsoft's C runtime; .NET follows them everywhere.</summary>
    public static string Escape(string argument)
    {
        if (argument.Length > 0 && !argument.Any(character => char.IsWhiteSpace(character) || character == '"'))
        {
            return argument;
        }

        // Backslashes mean themselves, except before a quote: there each needs another one.
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var character in argument)
        {
            if (character == '"')
            {
                quoted.Append('\\', backslashes + 1);
            }

            quoted.Append(character);
            backslashes = character == '\\' ? backslashes + 1 : 0;
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }

    /// <summary>Adds an argument.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="escape">Whether it is still to be quoted.</param>
    public ArgumentsBuilder Add(string value, bool escape)
    {
        _arguments.Add(escape ? Escape(value) : value);
        return this;
    }

    /// <summary>Adds an argument.</summary>
    public ArgumentsBuilder Add(string value) => Add(value, escape: true);

    /// <summary>Adds arguments.</summary>
    /// <param name="values">The arguments.</param>
    /// <param name="escape">Whether they are still to be quoted.</param>
    public ArgumentsBuilder Add(IEnumerable<string> values, bool escape)
    {
        foreach (var value in values)
        {
            Add(value, escape);
        }

        return this;
    }

    /// <summary>Adds arguments.</summary>
    public ArgumentsBuilder Add(IEnumerable<string> values) => Add(values, escape: true);

    /// <summary>Adds a number, a date and the like.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="formatProvider">How it becomes text.</param>
    /// <param name="escape">Whether it is still to be quoted.</param>
    public ArgumentsBuilder Add(IFormattable value, IFormatProvider formatProvider, bool escape = true) =>
        Add(value.ToString(null, formatProvider), escape);

    /// <inheritdoc cref="Add(IFormattable, IFormatProvider, bool)"/>
    /// <param name="value">The argument.</param>
    /// <param name="cultureInfo">How it becomes text.</param>
    /// <param name="escape">Whether it is still to be quoted.</param>
    public ArgumentsBuilder Add(IFormattable value, CultureInfo cultureInfo, bool escape) =>
        Add(value, (IFormatProvider)cultureInfo, escape);

    /// <summary>Adds a number, a date and the like, in the form of a culture.</summary>
    public ArgumentsBuilder Add(IFormattable value, CultureInfo cultureInfo) => Add(value, cultureInfo, escape: true);

    /// <summary>Adds a number, a date and the like, in the form that no culture changes.</summary>
    public ArgumentsBuilder Add(IFormattable value, bool escape) => Add(value, CultureInfo.InvariantCulture, escape);

    /// <summary>Adds a number, a date and the like, in the form that no culture changes.</summary>
    public ArgumentsBuilder Add(IFormattable value) => Add(value, escape: true);

    /// <summary>Adds numbers, dates and the like.</summary>
    /// <param name="values">The arguments.</param>
    /// <param name="formatProvider">How they become text.</param>
    /// <param name="escape">Whether they are still to be quoted.</param>
    public ArgumentsBuilder Add(IEnumerable<IFormattable> values, IFormatProvider formatProvider, bool escape = true)
    {
        foreach (var value in values)
        {
            Add(value, formatProvider, escape);
        }

        return this;
    }

    /// <inheritdoc cref="Add(IEnumerable{IFormattable}, IFormatProvider, bool)"/>
    /// <param name="values">The arguments.</param>
    /// <param name="cultureInfo">How they become text.</param>
    /// <param name="escape">Whether they are still to be quoted.</param>
    public ArgumentsBuilder Add(IEnumerable<IFormattable> values, CultureInfo cultureInfo, bool escape) =>
        Add(values, (IFormatProvider)cultureInfo, escape);

    /// <summary>Adds numbers, dates and the like, in the form of a culture.</summary>
    public ArgumentsBuilder Add(IEnumerable<IFormattable> values, CultureInfo cultureInfo) => Add(values, cultureInfo, escape: true);

    /// <summary>Adds numbers, dates and the like, in the form that no culture changes.</summary>
    public ArgumentsBuilder Add(IEnumerable<IFormattable> values, bool escape) => Add(values, CultureInfo.InvariantCulture, escape);

    /// <summary>Adds numbers, dates and the like, in the form that no culture changes.</summary>
    public ArgumentsBuilder Add(IEnumerable<IFormattable> values) => Add(values, escape: true);

    /// <summary>The line of all arguments.</summary>
    public string Build() => string.Join(' ', _arguments);
}
