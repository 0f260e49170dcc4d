using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>
/// A configuration value as its file holds it: a text, an encrypted text, or a list or object in which encrypted texts stand as
/// <c>{"secure": CIPHERTEXT}</c>.
/// </summary>
internal sealed class ConfigValue
{
    private const string Secure = "secure";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = ValueJson.WriterOptions.Encoder };

    private readonly JsonNode _node;

    private ConfigValue(JsonNode node) => _node = node;

    /// <summary>It is, or contains, a secret.</summary>
    public bool IsSecret => ContainsSecure(_node);

    /// <summary>It is a list or an object.</summary>
    public bool IsObject => _node is JsonArray or JsonObject && SecureText(_node) is null;

    /// <summary>A plain text.</summary>
    public static ConfigValue Plain(string text) => new(JsonValue.Create(text));

    /// <summary>An encrypted text.</summary>
    public static ConfigValue Encrypted(string ciphertext) => new(new JsonObject { [Secure] = ciphertext });

    /// <summary>A list, an object, or one of the other forms as JSON holds it.</summary>
    public static ConfigValue FromJson(JsonNode? node) => node switch
    {
        null => Plain(""),
        JsonValue value when value.GetValueKind() != JsonValueKind.String => Plain(value.ToJsonString()),
        _ => new ConfigValue(node.DeepClone()),
    };

    /// <summary>The value as JSON; encrypted texts stay encrypted.</summary>
    public JsonNode ToJson() => _node.DeepClone();

    /// <summary>The value as a program gets it: secrets decrypted, lists and objects as JSON text.</summary>
    public string Decrypt(ISecretsManager? secrets) => ToText(Replace(_node, ciphertext => JsonValue.Create(RequireSecrets(secrets).Decrypt(ciphertext)))!);

    /// <summary>The value with every secret masked.</summary>
    public string ToMaskedText() => ToText(Replace(_node, _ => JsonValue.Create(ValueJson.Mask))!);

    /// <summary>The decrypted value as JSON.</summary>
    public JsonNode DecryptToJson(ISecretsManager? secrets) => Replace(_node, ciphertext => JsonValue.Create(RequireSecrets(secrets).Decrypt(ciphertext)))!;

    /// <summary>The value as JSON with every secret masked.</summary>
    public JsonNode MaskToJson() => Replace(_node, _ => JsonValue.Create(ValueJson.Mask))!;

    /// <summary>The decrypted texts of all secrets in it.</summary>
    public IEnumerable<string> SecretTexts(ISecretsManager? secrets)
    {
        var texts = new List<string>();
        Replace(_node, ciphertext =>
        {
            texts.Add(RequireSecrets(secrets).Decrypt(ciphertext));
            return null;
        });
        return texts;
    }

    /// <summary>The value encrypted anew: decrypted by one manager, encrypted by another.</summary>
    public ConfigValue Reencrypt(ISecretsManager from, ISecretsManager to) =>
        new(Replace(_node, ciphertext => new JsonObject { [Secure] = to.Encrypt(from.Decrypt(ciphertext)) })!);

    private static ISecretsManager RequireSecrets(ISecretsManager? secrets) =>
        secrets ?? throw new SecretsException("the configuration has secrets, but the stack has no secrets provider");

    private static string ToText(JsonNode node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node.ToJsonString(Compact);

    private static string? SecureText(JsonNode? node) =>
        node is JsonObject { Count: 1 } map && map[Secure] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    private static bool ContainsSecure(JsonNode? node) => SecureText(node) is not null || node switch
    {
        JsonObject map => map.Any(item => ContainsSecure(item.Value)),
        JsonArray list => list.Any(ContainsSecure),
        _ => false,
    };

    private static JsonNode? Replace(JsonNode? node, Func<string, JsonNode?> replaceSecure) => SecureText(node) is { } ciphertext
        ? replaceSecure(ciphertext)
        : node switch
        {
            JsonObject map => new JsonObject(map.Select(item => KeyValuePair.Create(item.Key, Replace(item.Value, replaceSecure)))),
            JsonArray list => new JsonArray([.. list.Select(item => Replace(item, replaceSecure))]),
            _ => node?.DeepClone(),
        };
}
