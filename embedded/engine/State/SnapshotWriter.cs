using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace FogInfra.Embedded.Engine.State;

/// <summary>
/// Writes states as files and exports hold them. Remembers the text of each resource until the next checkpoint, so that writing a state
/// again of which one resource changed costs little more than copying. Used by one thread at a time.
/// </summary>
/// <param name="values">What becomes of secrets.</param>
internal sealed class SnapshotWriter(ValueJson values)
{
    private const int SmallSize = 4096;

    private readonly ArrayBufferWriter<byte> _buffer = new(SmallSize); // For the text of one resource after the other.

    // Not a ConditionalWeakTable: each of its entries is looked at in each garbage collection.
    private Dictionary<ResourceState, byte[]> _texts = new(ReferenceEqualityComparer.Instance);

    /// <summary>A checkpoint file of the file backend.</summary>
    /// <param name="stack">The stack's full name.</param>
    /// <param name="snapshot">The state; null for a stack that was never updated.</param>
    public ReadOnlyMemory<byte> ToCheckpoint(string stack, Snapshot? snapshot)
    {
        ForgetAllBut(snapshot?.Resources ?? []);
        return ToBytes(ValueJson.WriterOptions, SmallSize + _texts.Values.Sum(text => text.Length + 1), writer =>
        {
            writer.WriteStartObject();
            WriteVersion(writer, snapshot);
            writer.WriteStartObject("checkpoint");
            writer.WriteString("stack", stack);
            if (snapshot is not null)
            {
                writer.WritePropertyName("latest");
                WriteDeployment(writer, snapshot, WriteRemembered);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    /// <summary>What <c>pulumi stack export</c> prints.</summary>
    public string ToExport(Snapshot snapshot) => Encoding.UTF8.GetString(ToBytes(ValueJson.WriterOptions with { Indented = true, IndentSize = 4 }, SmallSize, writer =>
    {
        writer.WriteStartObject();
        WriteVersion(writer, snapshot);
        writer.WritePropertyName("deployment");
        WriteDeployment(writer, snapshot, Write);
        writer.WriteEndObject();
    }).Span);

    /// <summary>Writes a resource that is not written again.</summary>
    public void Write(Utf8JsonWriter writer, ResourceState resource) => ResourceJsonWriter.Write(writer, resource, values);

    /// <summary>Writes a resource that the next checkpoint has, too.</summary>
    public void WriteRemembered(Utf8JsonWriter writer, ResourceState resource) =>
        writer.WriteRawValue(ToText(resource), skipInputValidation: true);

    private void ForgetAllBut(ImmutableArray<ResourceState> resources)
    {
        var kept = new Dictionary<ResourceState, byte[]>(resources.Length, ReferenceEqualityComparer.Instance);
        foreach (var resource in resources)
        {
            kept[resource] = ToText(resource);
        }

        _texts = kept;
    }

    private static ReadOnlyMemory<byte> ToBytes(JsonWriterOptions options, int size, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(size);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    // Version 4 is version 3 that says which features beyond it are in use.
    private static void WriteVersion(Utf8JsonWriter writer, Snapshot? snapshot)
    {
        var features = SnapshotFeatures.UsedBy(snapshot);
        writer.WriteNumber("version", features.Count == 0 ? 3 : 4);
        if (features.Count > 0)
        {
            writer.WriteStartArray("features");
            foreach (var feature in features)
            {
                writer.WriteStringValue(feature);
            }

            writer.WriteEndArray();
        }
    }

    private void WriteDeployment(Utf8JsonWriter writer, Snapshot snapshot, Action<Utf8JsonWriter, ResourceState> writeResource)
    {
        writer.WriteStartObject();
        WriteManifest(writer, snapshot.Manifest);
        if (snapshot.SecretsProvider is { } secrets)
        {
            writer.WriteStartObject("secrets_providers");
            writer.WriteString("type", secrets.Type);
            writer.WritePropertyName("state");
            (secrets.State ?? []).WriteTo(writer);
            writer.WriteEndObject();
        }

        if (!snapshot.Resources.IsEmpty)
        {
            writer.WriteStartArray("resources");
            foreach (var resource in snapshot.Resources)
            {
                writeResource(writer, resource);
            }

            writer.WriteEndArray();
        }

        if (!snapshot.PendingOperations.IsEmpty)
        {
            writer.WriteStartArray("pending_operations");
            foreach (var operation in snapshot.PendingOperations)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("resource");
                Write(writer, operation.Resource);
                writer.WriteString("type", OperationKindText.Of(operation.Kind));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteStartObject("metadata");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteManifest(Utf8JsonWriter writer, Manifest manifest)
    {
        writer.WriteStartObject("manifest");
        writer.WriteString("time", ResourceJsonWriter.ToText(manifest.Time));
        writer.WriteString("magic", manifest.Magic);
        writer.WriteString("version", manifest.Version);
        writer.WriteEndObject();
    }

    private byte[] ToText(ResourceState resource)
    {
        if (_texts.TryGetValue(resource, out var known))
        {
            return known;
        }

        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer, ValueJson.WriterOptions))
        {
            Write(writer, resource);
        }

        return _texts[resource] = _buffer.WrittenSpan.ToArray();
    }
}
