using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>
/// The form of a journal: a first line that names the checkpoint that it goes on from, then one line for each group of changes that
/// belong together. A line that was not written to its end is the last, and does not count.
/// </summary>
internal static class JournalJson
{
    /// <summary>The field of a line that holds its changes.</summary>
    public const string Changes = "changes";

    /// <summary>The field of a change that holds a resource.</summary>
    public const string Resource = "resource";

    private const string Base = "base";

    /// <summary>Writes the first line.</summary>
    /// <param name="target">Where it is written.</param>
    /// <param name="checkpointHash">The SHA-256 of the checkpoint file, in hexadecimal.</param>
    /// <param name="keepsPendingCreates">How the run that writes the journal read that checkpoint.</param>
    /// <param name="secrets">How the secrets of the following lines are encrypted.</param>
    public static void WriteHeader(
        IBufferWriter<byte> target, string checkpointHash, bool keepsPendingCreates, SecretsProviderState secrets) => WriteLine(target, writer =>
    {
        writer.WriteString(Base, checkpointHash);
        writer.WriteBoolean("keepsPendingCreates", keepsPendingCreates);
        writer.WriteString("secretsType", secrets.Type);
        writer.WritePropertyName("secretsState");
        (secrets.State ?? []).WriteTo(writer);
    });

    /// <summary>Writes the line of a group of changes.</summary>
    /// <param name="target">Where it is written.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="resources">Writes the resources.</param>
    public static void Write(IBufferWriter<byte> target, IEnumerable<StateChange> changes, SnapshotWriter resources) => WriteLine(target, writer =>
    {
        writer.WriteStartArray(Changes);
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            Write(writer, change, resources);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, StateChange change, SnapshotWriter resources)
    {
        switch (change)
        {
            case StateChange.Started started:
                writer.WriteNumber("started", started.Operation.Key);
                writer.WriteString("kind", OperationKindText.Of(started.Operation.What.Kind));
                writer.WritePropertyName(Resource);
                resources.Write(writer, started.Operation.What.Resource);
                break;
            case StateChange.Ended ended:
                writer.WriteNumber("ended", ended.Operation.Key);
                break;
            case StateChange.Recorded recorded:
                writer.WriteNumber("recorded", recorded.Entry.Key);
                writer.WritePropertyName(Resource);
                resources.WriteRemembered(writer, recorded.State);
                break;
            case StateChange.Changed changed:
                writer.WriteNumber("changed", changed.Entry.Key);
                writer.WritePropertyName(Resource);
                resources.WriteRemembered(writer, changed.State);
                break;
            case StateChange.Removed removed:
                writer.WriteNumber("removed", removed.Entry.Key);
                break;
            case StateChange.Renamed renamed:
                writer.WriteString("renamed", renamed.From.ToString());
                writer.WriteString("to", renamed.To.ToString());
                break;
        }
    }

    /// <summary>Reads a journal's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="checkpointHash">The SHA-256 of the checkpoint file that lies beside it.</param>
    /// <returns>The journal; null when it goes on from another checkpoint, so that all of it is in this one.</returns>
    public static Journal? Open(string text, string checkpointHash)
    {
        var lines = text.Split('\n')[..^1]; // What comes after the last line end was not written to its end.
        return lines.Length > 0 && TryParse(lines[0]) is { } header && header[Base]?.GetValue<string>() == checkpointHash
            ? new Journal(
                header["keepsPendingCreates"]?.GetValue<bool>() ?? true,
                new SecretsProviderState(header["secretsType"]?.GetValue<string>() ?? "", header["secretsState"]?.DeepClone() as JsonObject),
                lines[1..])
            : null;
    }

    private static JsonNode? TryParse(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            return null; // Written in part, by a process that was killed.
        }
    }

    private static void WriteLine(IBufferWriter<byte> target, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(target, ValueJson.WriterOptions))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        target.Write("\n"u8);
    }
}

/// <summary>A journal that was found beside the checkpoint that it goes on from.</summary>
/// <param name="KeepsPendingCreates">How the run that wrote it read that checkpoint.</param>
/// <param name="Secrets">How its secrets are encrypted.</param>
/// <param name="Lines">The lines of its changes.</param>
internal sealed record Journal(bool KeepsPendingCreates, SecretsProviderState Secrets, IReadOnlyList<string> Lines)
{
    /// <summary>Makes the journal's changes to the state of the checkpoint.</summary>
    /// <exception cref="SnapshotException">A line is malformed.</exception>
    public Snapshot Replay(Snapshot? checkpoint, ValueJsonReader values)
    {
        var image = new StateImage(checkpoint, KeepsPendingCreates);
        var entries = image.Entries.ToDictionary(entry => entry.Key);
        var operations = new Dictionary<long, OperationEntry>();
        var reader = new ResourceJsonReader(values);
        try
        {
            foreach (var line in Lines)
            {
                using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 10_000 });
                image.Apply([.. json.RootElement.GetProperty(JournalJson.Changes).EnumerateArray().Select(change => Read(change, reader, entries, operations))]);
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SnapshotException("could not read the journal of the stack's last update: " + exception.Message, exception);
        }

        return image.ToSnapshot(checkpoint?.Manifest ?? Manifest.Create(default, ""), Secrets);
    }

    private static StateChange Read(
        JsonElement json, ResourceJsonReader reader, Dictionary<long, ResourceEntry> entries, Dictionary<long, OperationEntry> operations)
    {
        var first = json.EnumerateObject().First();
        switch (first.Name)
        {
            case "started":
                var operation = new OperationEntry(new PendingOperation(
                    reader.Read(json.GetProperty(JournalJson.Resource)), OperationKindText.Parse(json.GetProperty("kind").GetString()!)));
                operations.Add(first.Value.GetInt64(), operation);
                return new StateChange.Started(operation);
            case "ended":
                return new StateChange.Ended(operations[first.Value.GetInt64()]);
            case "recorded":
                var entry = new ResourceEntry(reader.Read(json.GetProperty(JournalJson.Resource)));
                entries.Add(first.Value.GetInt64(), entry);
                return new StateChange.Recorded(entry);
            case "changed":
                return new StateChange.Changed(entries[first.Value.GetInt64()], reader.Read(json.GetProperty(JournalJson.Resource)));
            case "removed":
                return new StateChange.Removed(entries[first.Value.GetInt64()]);
            case "renamed":
                return new StateChange.Renamed(Urn.Parse(first.Value.GetString()!), Urn.Parse(json.GetProperty("to").GetString()!));
            default:
                throw new FormatException($"'{first.Name}' is no change");
        }
    }
}
