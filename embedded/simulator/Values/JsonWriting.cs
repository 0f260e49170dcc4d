using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>Writes values as JSON text.</summary>
internal static class JsonWriting
{
    // Answers are never put into a web page, so texts stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The value as UTF-8.</summary>
    public static byte[] ToUtf8(JsonData value)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The value as text.</summary>
    public static string ToText(JsonData value) => Encoding.UTF8.GetString(ToUtf8(value));

    /// <summary>Writes the value as UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, JsonData value)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        Write(writer, value);
    }

    private static void Write(Utf8JsonWriter writer, JsonData value)
    {
        switch (value)
        {
            case JsonMap map:
                writer.WriteStartObject();
                foreach (var (key, member) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            case JsonList list:
                writer.WriteStartArray();
                foreach (var item in list) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonText text:
                writer.WriteStringValue(text.Value);
                break;
            case JsonNumber { IsWhole: true } number:
                writer.WriteNumberValue(number.Whole);
                break;
            case JsonNumber number:
                writer.WriteNumberValue(number.Value);
                break;
            case JsonFlag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
