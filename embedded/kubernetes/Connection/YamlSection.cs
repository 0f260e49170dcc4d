using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>
/// A mapping of a YAML file, read field by field. What is wrong is noted with its place, and reading goes on, so that all problems
/// are told at once.
/// </summary>
internal sealed class YamlSection(string source, string path, YamlMappingNode node, List<string> problems)
{
    /// <summary>Where this is in the file, for example <c>clusters[0].cluster</c>.</summary>
    public string Path => path;

    public string? Text(string name) => Scalar(name)?.Value is { Length: > 0 } text ? text : null;

    public string RequiredText(string name, string expected)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        Report(Find(name) ?? node, name, $"is missing; expected {expected}");
        return "";
    }

    public bool Flag(string name)
    {
        if (Scalar(name) is not { } scalar)
        {
            return false;
        }

        if (bool.TryParse(scalar.Value, out var flag))
        {
            return flag;
        }

        Report(scalar, name, "expected true or false");
        return false;
    }

    public Uri? Address(string name, string expected, params string[] schemes)
    {
        if (Scalar(name) is not { Value.Length: > 0 } scalar)
        {
            return null;
        }

        if (Uri.TryCreate(scalar.Value, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme))
        {
            return uri;
        }

        Report(scalar, name, $"expected {expected}");
        return null;
    }

    public byte[]? Base64(string name)
    {
        if (Scalar(name) is not { Value.Length: > 0 } scalar)
        {
            return null;
        }

        var bytes = new byte[scalar.Value.Length];
        if (Convert.TryFromBase64String(scalar.Value, bytes, out var length))
        {
            return bytes[..length];
        }

        Report(scalar, name, "expected base64"); // The text itself may be a key, so it is not shown.
        return null;
    }

    public YamlSection? Section(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlMappingNode child => new YamlSection(source, FieldPath(name), child, problems),
        var other => Report<YamlSection>(other, name, "expected a mapping"),
    };

    public IReadOnlyList<YamlSection> Sections(string name) =>
        [.. Items(name).Select((item, index) => item is YamlMappingNode child
            ? new YamlSection(source, $"{FieldPath(name)}[{index}]", child, problems)
            : Report<YamlSection>(item, $"{name}[{index}]", "expected a mapping")).OfType<YamlSection>()];

    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select((item, index) => item is YamlScalarNode { Value: { } text }
            ? text
            : Report<string>(item, $"{name}[{index}]", "expected a text")).OfType<string>()];

    public void Report(string name, string problem) => Report(Find(name) ?? node, name, problem);

    private IEnumerable<YamlNode> Items(string name) => Find(name) switch
    {
        null => [],
        YamlScalarNode { Value: null or "" or "null" or "~" } => [],
        YamlSequenceNode list => list.Children,
        var other => Report<IEnumerable<YamlNode>>(other, name, "expected a list") ?? [],
    };

    private YamlScalarNode? Scalar(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "null" or "~" } => null,
        YamlScalarNode scalar => scalar,
        var other => Report<YamlScalarNode>(other, name, "expected a text"),
    };

    private YamlNode? Find(string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    private string FieldPath(string name) => path == "" ? name : $"{path}.{name}";

    private T? Report<T>(YamlNode place, string name, string problem)
        where T : class
    {
        Report(place, name, problem);
        return null;
    }

    private void Report(YamlNode place, string name, string problem) =>
        problems.Add($"{source}, line {place.Start.Line}, column {place.Start.Column}: {FieldPath(name)}: {problem}.");
}
