using System.Text.RegularExpressions;

namespace FogInfra.Model.Documents;

/// <summary>The forms that Kubernetes, container registries and Pulumi demand of names and values.</summary>
internal static partial class Names
{
    public const string LabelRule = "small letters, digits and '-', at most 63, a letter first and a letter or digit last";

    public const string VersionRule = "letters, digits, '_', '.' and '-', at most 128, a letter, digit or '_' first";

    public const string QuantityRule = "a Kubernetes quantity such as 250m, 0.5 or 128Mi";

    public const string PathRule = "an absolute path such as /etc/app/settings.json, without '..'";

    public const string QualifiedNameRule = "letters, digits, '-', '_' and '.', at most 63, perhaps with a DNS name and '/' before them";

    /// <summary>A DNS label as RFC 1035 has it, which is what Kubernetes demands of the name of a Service.</summary>
    public static bool IsLabel(string name) => name.Length <= 63 && Label().IsMatch(name);

    /// <summary>A tag of an image (OCI distribution specification, "Pulling manifests").</summary>
    public static bool IsVersion(string text) => Version().IsMatch(text);

    /// <summary>A quantity (Kubernetes API conventions, <c>resource.Quantity</c>).</summary>
    public static bool IsQuantity(string text) => Quantity().IsMatch(text);

    /// <summary>The name of an environment variable.</summary>
    public static bool IsEnvironmentVariable(string name) => EnvironmentVariable().IsMatch(name);

    /// <summary>A reference to an image.</summary>
    public static bool IsImage(string text) => Image().IsMatch(text);

    /// <summary>An absolute path of a container's file system, to a file or a directory.</summary>
    public static bool IsAbsolutePath(string text) =>
        text.Length > 1 && text[0] == '/' && !text.Contains(':') && text[1..].Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>The name of a host, perhaps with a wildcard as its first part (Kubernetes, IngressRule).</summary>
    public static bool IsHost(string text) => text.Length <= 253 && Host().IsMatch(text);

    /// <summary>The key of a label or taint (Kubernetes, "Labels and Selectors").</summary>
    public static bool IsQualifiedName(string text) => QualifiedName().IsMatch(text);

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();

    [GeneratedRegex("^[-._a-zA-Z][-._a-zA-Z0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]*(:[0-9]+/[A-Za-z0-9._/-]+)?(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@[A-Za-z0-9+._-]+:[0-9A-Fa-f]{32,})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex(@"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex QualifiedName();
}
