using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FogInfra.Embedded.Engine.State;

/// <summary>
/// Writes states as files and exports hold them. Remembers the text of each resource, so that writing a state again of which one
/// resource changed costs little more than copying.
/// </summary>
/// <param name="values">What becomes of secrets.</param>
internal sealed class SnapshotWriter(ValueJson values)
{
    private const int SmallSize = 4096;

    private readonly ConditionalWeakTable<ResourceState, byte[]> _texts = [];

    /// <summary>A checkpoint file of the file backend.</summary>
    /// <param name="stack">The stack's full name.</param>
    /// <param name="snapshot">The state; null for a stack that was never updated.</param>
    public byte[] ToCheckpoint(string stack, Snapshot? snapshot) => ToBytes(ValueJson.WriterOptions, SizeOf(snapshot), writer =>
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

    /// <summary>What <c>pulumi stack export</c> prints.</summary>
    public byte[] ToExport(Snapshot snapshot) => ToBytes(ValueJson.WriterOptions with { Indented = true, IndentSize = 4 }, SmallSize, writer =>
    {
        writer.WriteStartObject();
        WriteVersion(writer, snapshot);
        writer.WritePropertyName("deployment");
        WriteDeployment(writer, snapshot, (target, resource) => ResourceJsonWriter.Write(target, resource, values));
        writer.WriteEndObject();
    });

    // What a checkpoint takes, or a little more, so that its buffer need not grow.
    private int SizeOf(Snapshot? snapshot) => snapshot is null
        ? SmallSize
        : SmallSize + snapshot.Resources.Sum(resource => ToText(resource).Length + 1) + snapshot.PendingOperations.Sum(operation => ToText(operation.Resource).Length + 100);

    private static byte[] ToBytes(JsonWriterOptions options, int size, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(size);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
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

    private static void WriteDeployment(Utf8JsonWriter writer, Snapshot snapshot, Action<Utf8JsonWriter, ResourceState> writeResource)
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
                writeResource(writer, operation.Resource);
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

    /// <summary>The JSON of a resource.</summary>
    public byte[] ToText(ResourceState resource) =>
        _texts.GetValue(resource, state => ToBytes(ValueJson.WriterOptions, SmallSize, target => ResourceJsonWriter.Write(target, state, values)));

    private void WriteRemembered(Utf8JsonWriter writer, ResourceState resource) =>
        writer.WriteRawValue(ToText(resource), skipInputValidation: true);
}
