using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Clusters.Arguments;

/// <summary>An object of inputs that is read field by field; faults are collected, and reading goes on.</summary>
/// <param name="values">The object.</param>
/// <param name="path">Its path; empty for the inputs themselves.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class InputReader(PropertyMap values, string path, List<CheckFailure> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Whether a value in here is known only after an update.</summary>
    public bool HasUnknowns => values.Values.Any(value => value.ContainsUnknowns);

    /// <summary>The names of the values.</summary>
    public IEnumerable<string> Names => values.Names;

    /// <summary>A text; null when it is missing or wrong.</summary>
    public string? Text(string name) => Read(name) switch
    {
        null => null,
        PropertyValue.Text text => text.Value,
        _ => Wrong<string>(name, "a text"),
    };

    /// <summary>A text that must be there and not be empty.</summary>
    public string RequiredText(string name)
    {
        var text = Text(name);
        if (text is null && Read(name) is null)
        {
            Fault(name, "It is missing; expected a text.");
        }
        else if (text is "")
        {
            Fault(name, "It is empty; expected a text.");
        }

        return text ?? "";
    }

    /// <summary>A whole number; null when it is missing or wrong.</summary>
    public int? WholeNumber(string name) => Read(name) switch
    {
        null => null,
        PropertyValue.Number number when number.Value is >= int.MinValue and <= int.MaxValue && number.Value == Math.Floor(number.Value) => (int)number.Value,
        // Configuration comes as text.
        PropertyValue.Text text when int.TryParse(text.Value, CultureInfo.InvariantCulture, out var number) => number,
        _ => WrongNumber(name),
    };

    /// <summary>A whole number that must be there.</summary>
    public int RequiredWholeNumber(string name)
    {
        if (Read(name) is null)
        {
            Fault(name, "It is missing; expected a whole number.");
        }

        return WholeNumber(name) ?? 0;
    }

    /// <summary>A truth value; null when it is missing or wrong.</summary>
    public bool? Truth(string name)
    {
        switch (Read(name))
        {
            case null:
                return null;
            case PropertyValue.Bool truth:
                return truth.Value;
            case PropertyValue.Text { Value: "true" or "false" } text:
                return text.Value == "true";
            default:
                Fault(name, "It is neither true nor false.");
                return null;
        }
    }

    /// <summary>An object; null when it is missing or wrong.</summary>
    public InputReader? Object(string name) => Read(name) switch
    {
        null => null,
        PropertyValue.Map map => new InputReader(map.Properties, Join(name), faults),
        _ => Wrong<InputReader>(name, "an object"),
    };

    /// <summary>The items of a list of objects.</summary>
    public IEnumerable<InputReader> Objects(string name) => Items(name)
        .Select((item, index) => item is PropertyValue.Map map
            ? new InputReader(map.Properties, $"{Join(name)}[{index}]", faults)
            : Wrong<InputReader>($"{name}[{index}]", "an object"))
        .OfType<InputReader>();

    /// <summary>The items of a list of texts.</summary>
    public ImmutableArray<string> Texts(string name) =>
    [
        .. Items(name).Select((item, index) => item is PropertyValue.Text text ? text.Value : Wrong<string>($"{name}[{index}]", "a text")).OfType<string>(),
    ];

    /// <summary>The values of an object from names to texts.</summary>
    public ImmutableSortedDictionary<string, string> TextMap(string name) => Object(name) is { } map
        ? map.Names.Select(key => (key, Text: map.Text(key))).Where(pair => pair.Text is not null)
            .ToImmutableSortedDictionary(pair => pair.key, pair => pair.Text!, StringComparer.Ordinal)
        : ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Notes a fault of a value.</summary>
    public void Fault(string name, string reason) => faults.Add(new CheckFailure(Join(name), reason));

    /// <summary>Notes a fault for each value that nobody asked for.</summary>
    public void Close()
    {
        foreach (var name in values.Names.Where(name => !_known.Contains(name)))
        {
            Fault(name, $"There is no such input; expected one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    private PropertyValue? Read(string name)
    {
        _known.Add(name);
        return values[name]?.Unwrap() is { } value and not PropertyValue.NullValue and not PropertyValue.UnknownValue ? value : null;
    }

    private IEnumerable<PropertyValue> Items(string name) => Read(name) switch
    {
        null => [],
        PropertyValue.List list => list.Items.Select(item => item.Unwrap()),
        _ => Wrong<PropertyValue[]>(name, "a list") ?? [],
    };

    private T? Wrong<T>(string name, string expected)
        where T : class
    {
        Fault(name, $"It is not {expected}.");
        return null;
    }

    private int? WrongNumber(string name)
    {
        Fault(name, "It is no whole number.");
        return null;
    }

    private string Join(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
