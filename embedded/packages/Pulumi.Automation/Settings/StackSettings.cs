using System.Text.Json.Serialization;
using YamlDotNet.Serialization;

namespace Pulumi.Automation;

/// <summary>A stack's settings: the content of Pulumi.STACK.yaml.</summary>
public class StackSettings
{
    /// <summary>What encrypts its secrets.</summary>
    [YamlMember(Alias = "secretsprovider")]
    [JsonPropertyName("secretsprovider")]
    public string? SecretsProvider { get; set; }

    /// <summary>The encrypted key, for providers that have one.</summary>
    [YamlMember(Alias = "encryptedkey")]
    [JsonPropertyName("encryptedkey")]
    public string? EncryptedKey { get; set; }

    /// <summary>The salt, for the passphrase provider.</summary>
    [YamlMember(Alias = "encryptionsalt")]
    [JsonPropertyName("encryptionsalt")]
    public string? EncryptionSalt { get; set; }

    /// <summary>Its configuration, by key.</summary>
    public IDictionary<string, StackSettingsConfigValue>? Config { get; set; }
}

/// <summary>A value of a stack's configuration as it is stored.</summary>
public class StackSettingsConfigValue
{
    /// <summary>Makes a value.</summary>
    public StackSettingsConfigValue(string value, bool isSecure)
    {
        Value = value;
        IsSecure = isSecure;
    }

    /// <summary>The text; encrypted if it is secure; JSON if the file has a list or an object.</summary>
    public string Value { get; }

    /// <summary>Whether it is encrypted.</summary>
    public bool IsSecure { get; }
}
