using System.Text.RegularExpressions;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>The forms of names, labels and keys: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/.</summary>
internal static partial class Names
{
    private const string SubdomainForm = @"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private const string LabelForm = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string ServiceForm = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string LabelValueForm = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private const string QualifiedForm = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string ConfigKeyForm = @"[-._a-zA-Z0-9]+";

    /// <summary>What is wrong with a name that must be a subdomain by RFC 1123; null when it is one.</summary>
    public static string? SubdomainFault(string name) => name.Length > 253 ? TooLong(253) : Subdomain().IsMatch(name) ? null
        : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
            + $"(e.g. 'example.com', regex used for validation is '{SubdomainForm}')";

    /// <summary>What is wrong with a name that must be a label by RFC 1123; null when it is one.</summary>
    public static string? LabelFault(string name) => name.Length > 63 ? TooLong(63) : Label().IsMatch(name) ? null
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
            + $"(e.g. 'my-name',  or '123-abc', regex used for validation is '{LabelForm}')";

    /// <summary>What is wrong with a name that must be a label by RFC 1035, as Services' names; null when it is one.</summary>
    public static string? ServiceFault(string name) => name.Length > 63 ? TooLong(63) : Service().IsMatch(name) ? null
        : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
            + $"(e.g. 'my-name',  or 'abc-123', regex used for validation is '{ServiceForm}')";

    /// <summary>What is wrong with a name that must fit into a path, as those of roles; null when it fits.</summary>
    public static string? PathSegmentFault(string name) => name is "." or ".." ? $"may not be '{name}'"
        : name.Contains('/') ? "may not contain '/'" : name.Contains('%') ? "may not contain '%'" : null;

    /// <summary>What is wrong with a key of a ConfigMap or Secret; null when nothing is.</summary>
    public static string? ConfigKeyFault(string key) => key.Length > 253 ? TooLong(253) : key is "." or ".." ? $"must not be '{key}'" : ConfigKey().IsMatch(key) ? null
        : "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
            + $"(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '{ConfigKeyForm}')";

    /// <summary>The faults of labels.</summary>
    public static IEnumerable<FieldError> LabelFaults(JsonMap labels, string path)
    {
        foreach (var (key, value) in labels)
        {
            if (QualifiedNameFault(key) is { } fault) yield return FieldError.Invalid(path, key, fault);
            if (value.AsText is { } text && LabelValueFault(text) is { } valueFault) yield return FieldError.Invalid(path, value, valueFault);
        }
    }

    /// <summary>The faults of annotations.</summary>
    public static IEnumerable<FieldError> AnnotationFaults(JsonMap annotations, string path)
    {
        const int mostBytes = 256 * 1024;
        foreach (var (key, _) in annotations)
        {
            if (QualifiedNameFault(key.ToLowerInvariant()) is { } fault) yield return FieldError.Invalid(path, key, fault);
        }
        if (annotations.Sum(annotation => annotation.Key.Length + (annotation.Value.AsText?.Length ?? 0)) > mostBytes)
        {
            yield return new FieldError("FieldValueTooLong", path, $"Too long: may not be more than {mostBytes} bytes");
        }
    }

    /// <summary>What is wrong with the value of a label; null when nothing is.</summary>
    public static string? LabelValueFault(string value) => value.Length > 63 ? TooLong(63) : LabelValue().IsMatch(value) ? null
        : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
            + $"(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '{LabelValueForm}')";

    /// <summary>What is wrong with a name that may have a subdomain before a slash, as keys of labels; null when nothing is.</summary>
    public static string? QualifiedNameFault(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && SubdomainFault(key[..slash]) is { } fault) return "prefix part " + fault;
        var name = key[(slash + 1)..];
        if (name.Length == 0) return "name part must be non-empty";
        if (name.Length > 63) return "name part " + TooLong(63);
        return QualifiedName().IsMatch(name) ? null
            : "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                + $"(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{QualifiedForm}')";
    }

    private static string TooLong(int most) => $"must be no more than {most} characters";

    [GeneratedRegex($@"^{SubdomainForm}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Subdomain();

    [GeneratedRegex($@"^{LabelForm}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    [GeneratedRegex($@"^{ServiceForm}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Service();

    [GeneratedRegex($@"^{LabelValueForm}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex LabelValue();

    [GeneratedRegex($@"^{QualifiedForm}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex QualifiedName();

    [GeneratedRegex($@"^{ConfigKeyForm}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ConfigKey();
}
