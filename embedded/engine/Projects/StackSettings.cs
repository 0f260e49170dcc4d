using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>A stack's settings: what Pulumi.STACK.yaml says.</summary>
internal sealed record StackSettings
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The configuration.</summary>
    public ImmutableSortedDictionary<ConfigKey, ConfigValue> Config { get; init; } = ImmutableSortedDictionary<ConfigKey, ConfigValue>.Empty;

    /// <summary>The salt of the passphrase scheme; or empty.</summary>
    public string EncryptionSalt { get; init; } = "";

    /// <summary>The secrets provider; or empty for the default.</summary>
    public string SecretsProvider { get; init; } = "";

    /// <summary>The text that the settings were read from; empty when there was no file.</summary>
    public string OriginalText { get; init; } = "";

    /// <summary>The path of a stack's file.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stack">The stack's bare name.</param>
    public static string PathOf(ProjectFile project, string stack) => System.IO.Path.Combine(
        project.Directory, project.StackConfigDirectory, $"Pulumi.{stack.Replace('/', '-')}{project.Extension}");

    /// <summary>Reads a file; one that does not exist gives empty settings.</summary>
    /// <exception cref="ProjectException">It is wrong.</exception>
    public static async Task<StackSettings> ReadAsync(string path, string project, CancellationToken cancellationToken)
    {
        var text = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) : "";
        return Parse(path, text, project);
    }

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="ProjectException">It is wrong.</exception>
    public static StackSettings Parse(string path, string text, string project)
    {
        var file = YamlFile.Parse(path, text);
        var settings = new StackSettings { Path = path, OriginalText = text };
        foreach (var (key, _, value) in file.Root is null ? [] : file.Mapping(file.Root, "the stack's settings") ?? [])
        {
            settings = key switch
            {
                "encryptionsalt" => settings with { EncryptionSalt = file.Text(value, key) ?? "" },
                "secretsprovider" => settings with { SecretsProvider = file.Text(value, key) ?? "" },
                "config" => settings with { Config = ReadConfig(file, value, project) },
                _ => settings,
            };
        }

        file.ThrowIfWrong();
        return settings;
    }

    private static ImmutableSortedDictionary<ConfigKey, ConfigValue> ReadConfig(YamlFile file, YamlNode node, string project)
    {
        var config = ImmutableSortedDictionary.CreateBuilder<ConfigKey, ConfigValue>();
        if (node is YamlScalarNode { Value: null or "" or "null" or "~" })
        {
            return config.ToImmutable(); // "config:" with nothing below it.
        }

        foreach (var (name, nameNode, value) in file.Mapping(node, "config") ?? [])
        {
            if (ConfigKey.TryParse(name, project) is { } key)
            {
                // A scalar is the text that stands in the file, whatever type YAML sees in it.
                config[key] = value is YamlScalarNode scalar
                    ? ConfigValue.Plain(YamlFile.ToJson(scalar) is null ? "" : scalar.Value ?? "")
                    : ConfigValue.FromJson(YamlFile.ToJson(value));
            }
            else
            {
                file.Report(nameNode, ConfigKey.ExplainMalformed(name));
            }
        }

        return config.ToImmutable();
    }
}
