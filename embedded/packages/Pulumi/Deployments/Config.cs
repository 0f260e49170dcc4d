using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>
/// The configuration of the running stack, as <c>pulumi config set</c> writes it. <c>Get</c> methods give null for a key that is not
/// set, <c>Require</c> methods fail. Those with <c>Secret</c> in their name give secret outputs; the others give a secret's plain value.
/// </summary>
public sealed class Config
{
    private readonly string _namespace;
    private readonly ProgramConfig _values;

    /// <summary>Opens a namespace.</summary>
    /// <param name="name">The namespace, usually a package's name; the project's when null.</param>
    public Config(string? name = null)
    {
        const string OldSuffix = ":config";
        var settings = ProgramRun.Current.Settings;
        name ??= settings.Project;
        _namespace = name.EndsWith(OldSuffix, StringComparison.Ordinal) ? name[..^OldSuffix.Length] : name;
        _values = settings.Config;
    }

    /// <summary>A text.</summary>
    /// <param name="key">The key, without the namespace.</param>
    public string? Get(string key) => _values.Values.GetValueOrDefault(FullKey(key));

    /// <summary>A truth value.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is neither true nor false.</exception>
    public bool? GetBoolean(string key) => Get(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw WrongType(key, "true or false"),
    };

    /// <summary>A whole number.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is none.</exception>
    public int? GetInt32(string key) => Get(key) is not { } text ? null
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : throw WrongType(key, "a whole number");

    /// <summary>A number.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is none.</exception>
    public double? GetDouble(string key) => Get(key) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw WrongType(key, "a number");

    /// <summary>An object, from JSON.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It cannot be read as one.</exception>
    [return: MaybeNull]
    public T GetObject<T>(string key) => Read<T>(key, options: null);

    /// <summary>An object, from JSON.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="RunException">It cannot be read as one.</exception>
    [return: MaybeNull]
    public T GetObject<T>(string key, JsonSerializerOptions options) => Read<T>(key, options);

    /// <summary>A secret text.</summary>
    /// <param name="key">The key, without the namespace.</param>
    public Output<string>? GetSecret(string key) => Get(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A secret truth value.</summary>
    /// <inheritdoc cref="GetBoolean"/>
    public Output<bool>? GetSecretBoolean(string key) => GetBoolean(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A secret whole number.</summary>
    /// <inheritdoc cref="GetInt32"/>
    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A secret number.</summary>
    /// <inheritdoc cref="GetDouble"/>
    public Output<double>? GetSecretDouble(string key) => GetDouble(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A secret object, from JSON.</summary>
    /// <inheritdoc cref="GetObject{T}(string)"/>
    public Output<T>? GetSecretObject<T>(string key) => Has(key) ? Output.CreateSecret(Read<T>(key, options: null)!) : null;

    /// <summary>A secret object, from JSON.</summary>
    /// <inheritdoc cref="GetObject{T}(string, JsonSerializerOptions)"/>
    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions options) =>
        Has(key) ? Output.CreateSecret(Read<T>(key, options)!) : null;

    /// <summary>A text that must be set.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is not set.</exception>
    public string Require(string key) => Get(key) ?? throw Missing(key);

    /// <summary>A truth value that must be set.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is not set, or neither true nor false.</exception>
    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    /// <summary>A whole number that must be set.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is not set, or no whole number.</exception>
    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    /// <summary>A number that must be set.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is not set, or no number.</exception>
    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    /// <summary>An object, from JSON, that must be set.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">It is not set, or cannot be read as one.</exception>
    public T RequireObject<T>(string key) => Has(key) ? Read<T>(key, options: null)! : throw Missing(key);

    /// <summary>An object, from JSON, that must be set.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="RunException">It is not set, or cannot be read as one.</exception>
    public T RequireObject<T>(string key, JsonSerializerOptions options) => Has(key) ? Read<T>(key, options)! : throw Missing(key);

    /// <summary>A secret text that must be set.</summary>
    /// <inheritdoc cref="Require"/>
    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    /// <summary>A secret truth value that must be set.</summary>
    /// <inheritdoc cref="RequireBoolean"/>
    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    /// <summary>A secret whole number that must be set.</summary>
    /// <inheritdoc cref="RequireInt32"/>
    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    /// <summary>A secret number that must be set.</summary>
    /// <inheritdoc cref="RequireDouble"/>
    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    /// <summary>A secret object, from JSON, that must be set.</summary>
    /// <inheritdoc cref="RequireObject{T}(string)"/>
    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    /// <summary>A secret object, from JSON, that must be set.</summary>
    /// <inheritdoc cref="RequireObject{T}(string, JsonSerializerOptions)"/>
    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions options) =>
        Output.CreateSecret(RequireObject<T>(key, options));

    private string FullKey(string key) => $"{_namespace}:{key}";

    private bool Has(string key) => Get(key) is not null;

    private T? Read<T>(string key, JsonSerializerOptions? options)
    {
        try
        {
            return Get(key) is { } text ? JsonSerializer.Deserialize<T>(text, options) : default;
        }
        catch (JsonException exception)
        {
            throw WrongType(key, $"JSON for {typeof(T).FullName}", exception);
        }
    }

    private RunException Missing(string key) =>
        new($"The configuration value '{FullKey(key)}' is required, but not set. Set it with `pulumi config set {FullKey(key)} VALUE`.");

    private RunException WrongType(string key, string expected, Exception? cause = null)
    {
        var shown = _values.SecretKeys.Contains(FullKey(key)) ? "the secret value" : $"'{Get(key)}'";
        return new($"The configuration value '{FullKey(key)}' must be {expected}, but {shown} is not.", cause);
    }
}
