using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>Property values as the JSON of the Kubernetes API, and back. On the wire there are no marks of secrecy.</summary>
internal static class ObjectJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object for the API.</summary>
    /// <exception cref="InvalidOperationException">A value is unknown.</exception>
    public static ReadOnlyMemory<byte> Write(PropertyValue value)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(json, value);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Reads an object of the API.</summary>
    public static PropertyMap Read(KubeObject item) => Read(item.Json) is PropertyValue.Map map ? map.Properties : PropertyMap.Empty;

    /// <summary>Reads a value of the API.</summary>
    public static PropertyValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new PropertyMap(json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Read(member.Value)))),
        JsonValueKind.Array => new PropertyValue.List([.. json.EnumerateArray().Select(Read)]),
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => PropertyValue.Null,
    };

    private static void Write(Utf8JsonWriter json, PropertyValue value)
    {
        switch (value.Unwrap())
        {
            case PropertyValue.Map map:
                json.WriteStartObject();
                foreach (var (name, item) in map.Properties)
                {
                    json.WritePropertyName(name);
                    Write(json, item);
                }

                json.WriteEndObject();
                break;
            case PropertyValue.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case PropertyValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case PropertyValue.Bool flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case PropertyValue.Number number:
                WriteNumber(json, number.Value);
                break;
            case PropertyValue.NullValue:
                json.WriteNullValue();
                break;
            case var other:
                throw new InvalidOperationException($"A value of the kind {other.GetType().Name} cannot be part of a Kubernetes object.");
        }
    }

    // The API refuses 3.0 where it wants a whole number.
    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (number == Math.Floor(number) && Math.Abs(number) < 1L << 53)
        {
            json.WriteNumberValue((long)number);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }
}
