
namespace FogInfra.Embedded.Engine.Projects;

/// <summary>The name of a configuration value: <c>namespace:name</c>.</summary>
/// <param name="Namespace">The project or package that the value is for.</param>
/// <param name="Name">Its name there.</param>
internal sealed record ConfigKey(string Namespace, string Name) : IComparable<ConfigKey>
{
    /// <summary>Reads a key; without a namespace it belongs to the project. The old form <c>namespace:config:name</c> is accepted.</summary>
    /// <returns>The key; null when the text is none.</returns>
    public static ConfigKey? TryParse(string text, string project)
    {
        var split = text.IndexOf(':', StringComparison.Ordinal);
        if (split < 0)
        {
            return text.Length == 0 ? null : new ConfigKey(project, text);
        }

        var (space, name) = (text[..split], text[(split + 1)..]);
        if (name.StartsWith("config:", StringComparison.Ordinal))
        {
            name = name["config:".Length..];
        }

        return space.Length > 0 && name.Length > 0 && !name.Contains(':', StringComparison.Ordinal) ? new ConfigKey(space, name) : null;
    }

    /// <summary>What to say of a text that is no key.</summary>
    public static string ExplainMalformed(string text) =>
        $"could not parse '{text}' as a configuration key (configuration keys should be of the form `<namespace>:<name>`)";

    /// <inheritdoc/>
    public int CompareTo(ConfigKey? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}:{Name}";
}
