using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>Keeps secret values out of messages: API servers quote the values that they refuse.</summary>
internal static class SecretText
{
    private const string Replacement = "[secret]";

    /// <summary>The message without the secret texts of the inputs.</summary>
    public static string Redact(string message, PropertyMap inputs)
    {
        foreach (var secret in Secrets(inputs, isSecret: false).OrderByDescending(text => text.Length))
        {
            message = message.Replace(secret, Replacement, StringComparison.Ordinal);
        }

        return message;
    }

    private static IEnumerable<string> Secrets(PropertyValue value, bool isSecret) => value switch
    {
        PropertyValue.Secret secret => Secrets(secret.Element, isSecret: true),
        PropertyValue.Output { Value: { } inner } output => Secrets(inner, isSecret || output.IsSecret),
        PropertyValue.Map map => map.Properties.Values.SelectMany(item => Secrets(item, isSecret)),
        PropertyValue.List list => list.Items.SelectMany(item => Secrets(item, isSecret)),
        // A text of two or three letters would cut up the message, and is not much of a secret.
        PropertyValue.Text { Value.Length: > 3 } text when isSecret => [text.Value, .. Decoded(text.Value)],
        _ => [],
    };

    // What a Secret holds may be quoted in either form.
    private static IEnumerable<string> Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 3 ? [System.Text.Encoding.UTF8.GetString(bytes, 0, length)] : [];
    }
}
