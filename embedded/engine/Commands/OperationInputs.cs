using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>What an operation reads before it begins.</summary>
/// <param name="Project">The project.</param>
/// <param name="Settings">The stack's settings.</param>
/// <param name="Config">The configuration that the program sees: the stack's, with the project's values and defaults.</param>
/// <param name="Secrets">What encrypts the stack's secrets.</param>
internal sealed record OperationInputs(
    ProjectFile Project, StackSettings Settings, ImmutableSortedDictionary<ConfigKey, ConfigValue> Config, ISecretsManager Secrets)
{
    private const string DisableDefaultProviders = "pulumi:disable-default-providers";

    /// <summary>The configuration as a program gets it, secrets in plain text.</summary>
    public ImmutableSortedDictionary<string, string> ToPlainConfig() => Config.ToImmutableSortedDictionary(
        item => item.Key.ToString(), item => item.Value.Decrypt(Secrets), StringComparer.Ordinal);

    /// <summary>The configuration with secrets masked.</summary>
    public ImmutableSortedDictionary<string, string> ToMaskedConfig() => Config.ToImmutableSortedDictionary(
        item => item.Key.ToString(), item => item.Value.ToMaskedText(), StringComparer.Ordinal);

    /// <summary>The keys whose values are secret or hold a secret.</summary>
    public ImmutableArray<string> SecretKeys => [.. Config.Where(item => item.Value.IsSecret).Select(item => item.Key.ToString())];

    /// <summary>The texts of all secrets in the configuration.</summary>
    public IEnumerable<string> SecretTexts => Config.Values.SelectMany(value => value.SecretTexts(Secrets));

    /// <summary>The configuration by namespace, as default providers get it.</summary>
    public ImmutableDictionary<string, PropertyMap> ToProviderConfig() => Config
        .GroupBy(item => item.Key.Namespace, StringComparer.Ordinal)
        .ToImmutableDictionary(group => group.Key, group => new PropertyMap(group.Select(item =>
        {
            PropertyValue text = item.Value.Decrypt(Secrets);
            return KeyValuePair.Create(item.Key.Name, item.Value.IsSecret ? text.AsSecret() : text);
        })));

    /// <summary>The packages that must not have default providers.</summary>
    /// <exception cref="CommandException">The configuration value is no list of texts.</exception>
    public ImmutableHashSet<string> ReadDisabledDefaultProviders()
    {
        if (!ToPlainConfig().TryGetValue(DisableDefaultProviders, out var text))
        {
            return [];
        }

        try
        {
            return [.. (JsonNode.Parse(text)?.AsArray() ?? []).Select(item => item!.GetValue<string>())];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CommandException($"the configuration value {DisableDefaultProviders} must be a JSON list of packages, for example [\"aws\"] or [\"*\"]");
        }
    }

    /// <summary>The configuration as the history keeps it: secrets stay encrypted.</summary>
    public JsonObject ToHistory() =>
        new(Config.Select(item => KeyValuePair.Create(item.Key.ToString(), (JsonNode?)item.Value.ToJson())));
}
