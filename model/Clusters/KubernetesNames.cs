using System.Globalization;
using System.Text.RegularExpressions;

namespace FogInfra.Model;

/// <summary>The forms that Kubernetes demands of labels and quantities.</summary>
public static partial class KubernetesNames
{
    /// <summary>What the key of a label or taint is (Kubernetes, "Labels and Selectors", syntax and character set).</summary>
    public const string QualifiedNameRule = "a name of at most 63 letters, digits, '-', '_' and '.', perhaps with a DNS prefix and '/'";

    /// <summary>What the value of a label or taint is.</summary>
    public const string LabelValueRule = "at most 63 letters, digits, '-', '_' and '.', a letter or digit first and last";

    /// <summary>Whether a text can be the key of a label or taint.</summary>
    public static bool IsQualifiedName(string text) =>
        text.Split('/') is { Length: <= 2 } parts
        && parts[^1] is { Length: > 0 and <= 63 } name && Name().IsMatch(name)
        && (parts.Length == 1 || (parts[0].Length <= 253 && Subdomain().IsMatch(parts[0])));

    /// <summary>Whether a text can be the value of a label or taint.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || (text.Length <= 63 && Name().IsMatch(text));

    /// <summary>The number that a quantity stands for; null when it is none. Kubernetes API conventions, <c>resource.Quantity</c>.</summary>
    public static decimal? Quantity(string text)
    {
        var match = QuantityForm().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return number * (match.Groups[2].Value switch
        {
            "m" => 0.001m,
            "k" => 1000m,
            "M" => 1_000_000m,
            "G" => 1_000_000_000m,
            "T" => 1_000_000_000_000m,
            "Ki" => 1024m,
            "Mi" => 1024m * 1024,
            "Gi" => 1024m * 1024 * 1024,
            "Ti" => 1024m * 1024 * 1024 * 1024,
            _ => 1m,
        });
    }

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex("^([0-9]+(?:[.][0-9]+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", RegexOptions.CultureInvariant)]
    private static partial Regex QuantityForm();
}
