using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>Reads YAML text into values, by the rules of YAML's JSON-like core.</summary>
internal static class YamlReading
{
    /// <summary>Reads one document.</summary>
    /// <exception cref="FormatException">The text is not YAML, or has more than one document.</exception>
    public static JsonData Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new FormatException($"line {error.Start.Line}, column {error.Start.Column}: {error.Message}", error);
        }
        return stream.Documents.Count switch
        {
            0 => JsonData.Null,
            1 => Convert(stream.Documents[0].RootNode),
            _ => throw new FormatException("there is more than one YAML document"),
        };
    }

    private static JsonData Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => JsonMap.From(map.Children.Select(entry => KeyValuePair.Create((entry.Key as YamlScalarNode)?.Value ?? "", Convert(entry.Value)))),
        YamlSequenceNode list => JsonList.From(list.Children.Select(Convert)),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => scalar.Value ?? "",
        _ => JsonData.Null,
    };

    private static JsonData Plain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return JsonData.Null;
            case "true" or "True" or "TRUE":
                return true;
            case "false" or "False" or "FALSE":
                return false;
        }
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        const NumberStyles fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isNumber = (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') && double.TryParse(text, fraction, CultureInfo.InvariantCulture, out _);
        return isNumber ? new JsonNumber(double.Parse(text, fraction, CultureInfo.InvariantCulture)) : text;
    }
}
