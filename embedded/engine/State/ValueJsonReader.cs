using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>Reads property values from the JSON of state files.</summary>
/// <param name="secrets">Decrypts; null where a secret that is encrypted cannot be read, or need not be.</param>
/// <param name="hideSecrets">An encrypted secret is read as a secret that holds the mask, without decrypting it.</param>
internal sealed class ValueJsonReader(ISecretsManager? secrets, bool hideSecrets = false)
{
    private readonly PropertyNames _names = new();

    /// <summary>Reads an object; a missing one is empty.</summary>
    public PropertyMap ReadMap(JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.Object } members)
        {
            return PropertyMap.Empty;
        }

        var map = new PropertyMap.Builder(members.GetPropertyCount());
        foreach (var member in members.EnumerateObject())
        {
            map.Set(NameOf(member), Read(member.Value));
        }

        return map.ToMap();
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="FormatException">A marked value is not of the form that its mark asks for.</exception>
    /// <exception cref="SecretsException">A secret cannot be decrypted.</exception>
    public PropertyValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => PropertyValue.Null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.ValueEquals(Signatures.Unknown) ? PropertyValue.Unknown : json.GetString()!,
        JsonValueKind.Array => ReadList(json),
        _ => ReadObject(json),
    };

    // The texts of names that are known already are not made again.
    private string NameOf(JsonProperty member)
    {
        const int longest = 64;
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        if (raw.Length > longest || raw.Contains((byte)'\\'))
        {
            return _names.Share(member.Name);
        }

        Span<char> name = stackalloc char[longest];
        return _names.Share(name[..Encoding.UTF8.GetChars(raw, name)]);
    }

    private PropertyValue.List ReadList(JsonElement json)
    {
        var items = ImmutableArray.CreateBuilder<PropertyValue>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            items.Add(Read(item));
        }

        return new PropertyValue.List(items.MoveToImmutable());
    }

    private PropertyValue ReadObject(JsonElement json)
    {
        if (Text(json, Signatures.Key) is not { } signature)
        {
            return ReadMap(json);
        }

        return signature switch
        {
            Signatures.Secret => ReadSecret(json),
            Signatures.Asset => ReadAsset(json),
            Signatures.Archive => ReadArchive(json),
            Signatures.Reference => new PropertyValue.Reference(
                Text(json, "urn") ?? throw new FormatException("a resource reference lacks its 'urn'"),
                Text(json, "id"),
                Text(json, "packageVersion") ?? ""),
            _ => ValueJson.ReadFloat(signature, Text(json, "value") ?? "")
                ?? throw new FormatException($"a value has the unknown signature '{signature}'"),
        };
    }

    private PropertyValue.Secret ReadSecret(JsonElement json)
    {
        if (Text(json, "plaintext") is { } plaintext)
        {
            return new PropertyValue.Secret(ReadText(plaintext));
        }

        var ciphertext = Text(json, "ciphertext") ?? throw new FormatException("a secret has neither 'ciphertext' nor 'plaintext'");
        if (hideSecrets)
        {
            return new PropertyValue.Secret(ValueJson.Mask);
        }

        return secrets is null
            ? throw new SecretsException("the state has encrypted secrets but does not say how they were encrypted")
            : new PropertyValue.Secret(ReadText(secrets.Decrypt(ciphertext)));
    }

    private PropertyValue ReadText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 10_000 });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            // Not the parser's message: it may quote the secret.
            throw new FormatException("the plain text of a secret is not JSON; a text needs quotes");
        }
    }

    private static PropertyValue.Asset ReadAsset(JsonElement json)
    {
        var (kind, content) = ReadContent(json);
        return new PropertyValue.Asset(kind, content, Text(json, "hash"));
    }

    private PropertyValue.Archive ReadArchive(JsonElement json)
    {
        var (kind, content) = ReadContent(json);
        return new PropertyValue.Archive(
            kind, content, json.TryGetProperty("assets", out var assets) ? ReadMap(assets) : null, Text(json, "hash"));
    }

    private static (PropertyValue.ContentKind Kind, string? Content) ReadContent(JsonElement json) =>
        Text(json, "path") is { Length: > 0 } path ? (PropertyValue.ContentKind.Path, path)
        : Text(json, "uri") is { Length: > 0 } uri ? (PropertyValue.ContentKind.Uri, uri)
        : (PropertyValue.ContentKind.Text, Text(json, "text"));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
