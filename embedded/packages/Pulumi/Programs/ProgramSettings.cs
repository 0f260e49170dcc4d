using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>What runs.</summary>
internal sealed record ProgramSettings
{
    public required string Project { get; init; }

    public required string Stack { get; init; }

    public required string Organization { get; init; }

    /// <summary>The project's folder, or null when the engine did not say.</summary>
    public required string? RootDirectory { get; init; }

    /// <summary>Whether nothing is to be changed: a preview.</summary>
    public required bool IsDryRun { get; init; }

    public required ProgramConfig Config { get; init; }
}

/// <summary>The configuration of a stack.</summary>
/// <param name="Values">The values by <c>namespace:key</c>; objects as JSON.</param>
/// <param name="SecretKeys">The keys whose values are secret.</param>
internal sealed record ProgramConfig(ImmutableDictionary<string, string> Values, ImmutableHashSet<string> SecretKeys)
{
    private const string ValuesVariable = "PULUMI_CONFIG";
    private const string SecretKeysVariable = "PULUMI_CONFIG_SECRET_KEYS";

    /// <summary>Takes values and keys; keys may have the older form <c>namespace:config:key</c>.</summary>
    public static ProgramConfig Create(IEnumerable<KeyValuePair<string, string>> values, IEnumerable<string> secretKeys) =>
        new(values.ToImmutableDictionary(pair => Shorten(pair.Key), pair => pair.Value), [.. secretKeys.Select(Shorten)]);

    /// <summary>Reads what the engine put into the environment.</summary>
    /// <exception cref="InvalidOperationException">A variable is not of the form that it should have.</exception>
    public static ProgramConfig FromEnvironment() => Create(
        Read(
            ValuesVariable,
            JsonValueKind.Object,
            json => json.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value.ToString()))),
        Read(SecretKeysVariable, JsonValueKind.Array, json => json.EnumerateArray().Select(item => item.ToString())));

    private static ImmutableArray<T> Read<T>(string variable, JsonValueKind kind, Func<JsonElement, IEnumerable<T>> read)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind ? [.. read(document.RootElement)] : throw Malformed(variable, kind, cause: null);
        }
        catch (JsonException exception)
        {
            throw Malformed(variable, kind, exception);
        }
    }

    private static InvalidOperationException Malformed(string variable, JsonValueKind kind, Exception? cause) =>
        new($"The environment variable {variable} must hold a JSON {(kind == JsonValueKind.Object ? "object" : "array")}.", cause);

    private static string Shorten(string key) => key.Split(':', 3) is [var name, "config", var rest] ? $"{name}:{rest}" : key;
}
