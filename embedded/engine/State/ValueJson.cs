using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>What a JSON text shows of a secret.</summary>
internal enum SecretForm
{
    /// <summary>Its ciphertext, as in a state file.</summary>
    Encrypted,

    /// <summary>Its plain text, as in an export with secrets shown.</summary>
    Shown,

    /// <summary>Nothing but that it is there, as in events.</summary>
    Masked,
}

/// <summary>Property values as JSON in the form of Pulumi's state files: like on the wire, but with secrets encrypted.</summary>
internal sealed class ValueJson
{
    /// <summary>The text that stands for a secret that is not shown.</summary>
    public const string Mask = "[secret]";

    /// <summary>The mark of a number that JSON has no form for.</summary>
    private const string FloatSignature = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";

    /// <summary>JSON as Go's encoder writes it when told not to escape HTML.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 10_000 };

    private readonly SecretForm _form;
    private readonly ISecretsManager? _secrets;

    private ValueJson(SecretForm form, ISecretsManager? secrets)
    {
        _form = form;
        _secrets = secrets;
    }

    /// <summary>Secrets are shown as plain text.</summary>
    public static ValueJson Shown { get; } = new(SecretForm.Shown, null);

    /// <summary>Secrets are masked.</summary>
    public static ValueJson Masked { get; } = new(SecretForm.Masked, null);

    /// <summary>Secrets are encrypted.</summary>
    public static ValueJson Encrypted(ISecretsManager secrets) => new(SecretForm.Encrypted, secrets);

    /// <summary>Writes an object, sorted by name so that equal maps give equal text.</summary>
    public void Write(Utf8JsonWriter writer, PropertyMap map)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map.InOrderOfNames())
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a value.</summary>
    public void Write(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value)
        {
            case PropertyValue.NullValue:
                writer.WriteNullValue();
                break;
            case PropertyValue.Bool item:
                writer.WriteBooleanValue(item.Value);
                break;
            case PropertyValue.Number item:
                WriteNumber(writer, item.Value);
                break;
            case PropertyValue.Text item:
                writer.WriteStringValue(item.Value);
                break;
            case PropertyValue.UnknownValue or PropertyValue.Output { Value: null }:
                writer.WriteStringValue(Signatures.Unknown);
                break;
            case PropertyValue.List item:
                writer.WriteStartArray();
                foreach (var element in item.Items)
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            case PropertyValue.Map item:
                Write(writer, item.Properties);
                break;
            case PropertyValue.Secret item:
                WriteSecret(writer, item.Element);
                break;
            case PropertyValue.Output { Value: { } known } item:
                Write(writer, item.IsSecret ? known.AsSecret() : known);
                break;
            case PropertyValue.Asset item:
                WriteStartSigned(writer, Signatures.Asset);
                WriteContent(writer, item.Kind, item.Content, item.Hash);
                writer.WriteEndObject();
                break;
            case PropertyValue.Archive item:
                WriteStartSigned(writer, Signatures.Archive);
                WriteArchive(writer, item);
                writer.WriteEndObject();
                break;
            case PropertyValue.Reference item:
                WriteStartSigned(writer, Signatures.Reference);
                WriteReference(writer, item);
                writer.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"The value kind {value.GetType().Name} has no JSON form.");
        }
    }

    /// <summary>The JSON text of a value.</summary>
    public string ToText(PropertyValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The mark of a number that JSON cannot write, or null when it can.</summary>
    public static double? ReadFloat(string signature, string bits) =>
        signature == FloatSignature && ulong.TryParse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)
            ? BitConverter.UInt64BitsToDouble(value)
            : null;

    private static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
            return;
        }

        var bits = BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
        WriteStartSigned(writer, FloatSignature);
        writer.WriteString("value", bits);
        writer.WriteEndObject();
    }

    private void WriteSecret(Utf8JsonWriter writer, PropertyValue element)
    {
        WriteStartSigned(writer, Signatures.Secret);
        switch (_form)
        {
            case SecretForm.Masked:
                writer.WriteString("ciphertext", Mask);
                break;
            case SecretForm.Shown:
                writer.WriteString("plaintext", ToText(element));
                break;
            default:
                writer.WriteString("ciphertext", _secrets!.Encrypt(ToText(element)));
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteStartSigned(Utf8JsonWriter writer, string signature)
    {
        writer.WriteStartObject();
        writer.WriteString(Signatures.Key, signature);
    }

    private static void WriteContent(Utf8JsonWriter writer, PropertyValue.ContentKind kind, string? content, string? hash)
    {
        if (hash is not null)
        {
            writer.WriteString("hash", hash);
        }

        if (content is not null)
        {
            writer.WriteString(
                kind switch { PropertyValue.ContentKind.Text => "text", PropertyValue.ContentKind.Path => "path", _ => "uri" }, content);
        }
    }

    private void WriteArchive(Utf8JsonWriter writer, PropertyValue.Archive archive)
    {
        WriteContent(writer, archive.Kind, archive.Content, archive.Hash);
        if (archive.Assets is { } assets)
        {
            writer.WritePropertyName("assets");
            Write(writer, assets);
        }
    }

    private static void WriteReference(Utf8JsonWriter writer, PropertyValue.Reference reference)
    {
        writer.WriteString("urn", reference.Urn);
        if (reference.Id is { } id)
        {
            writer.WriteString("id", id);
        }

        if (reference.PackageVersion.Length > 0)
        {
            writer.WriteString("packageVersion", reference.PackageVersion);
        }
    }
}
