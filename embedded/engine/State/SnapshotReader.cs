using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.State;

/// <summary>A state that cannot be read; the message says what is wrong with it.</summary>
internal sealed class SnapshotException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Reads the parts of a state file, in the order in which they can be understood: first how secrets were encrypted, then the rest.</summary>
internal static class SnapshotReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 10_000 };

    /// <summary>Parses a checkpoint file and gives its deployment; null for a stack that was never updated.</summary>
    /// <exception cref="SnapshotException">It is no checkpoint, or of a version that this engine does not know.</exception>
    public static JsonElement? OpenCheckpoint(ReadOnlyMemory<byte> file)
    {
        var root = Parse(file);
        CheckVersion(root);
        if (!root.TryGetProperty("checkpoint", out var checkpoint) || checkpoint.ValueKind != JsonValueKind.Object)
        {
            throw new SnapshotException("the checkpoint file lacks its 'checkpoint'");
        }

        return checkpoint.TryGetProperty("latest", out var latest) && latest.ValueKind == JsonValueKind.Object ? latest : null;
    }

    /// <summary>Parses what <c>pulumi stack export</c> printed and gives its deployment.</summary>
    /// <exception cref="SnapshotException">It is no export, or of a version that this engine does not know.</exception>
    public static JsonElement OpenExport(ReadOnlyMemory<byte> file)
    {
        var root = Parse(file);
        CheckVersion(root);
        return root.TryGetProperty("deployment", out var deployment) && deployment.ValueKind == JsonValueKind.Object
            ? deployment
            : throw new SnapshotException("could not deserialize deployment: the field 'deployment' is missing");
    }

    /// <summary>How a deployment's secrets are encrypted; null when it does not say.</summary>
    public static SecretsProviderState? ReadSecretsProvider(JsonElement deployment) =>
        deployment.TryGetProperty("secrets_providers", out var provider) && provider.ValueKind == JsonValueKind.Object
        && provider.TryGetProperty("type", out var type) && type.GetString() is { Length: > 0 } name
            ? new SecretsProviderState(name, provider.TryGetProperty("state", out var state) ? JsonObject.Create(state.Clone()) : null)
            : null;

    /// <summary>Reads a deployment.</summary>
    /// <exception cref="SnapshotException">It is malformed.</exception>
    public static Snapshot Read(JsonElement deployment, ValueJsonReader values)
    {
        var reader = new ResourceJsonReader(values);
        try
        {
            return new Snapshot
            {
                Manifest = ReadManifest(deployment),
                SecretsProvider = ReadSecretsProvider(deployment),
                Resources = [.. Items(deployment, "resources").Select(reader.Read)],
                PendingOperations = [.. Items(deployment, "pending_operations").Select(item => ReadOperation(item, reader))],
            };
        }
        catch (FormatException exception)
        {
            throw new SnapshotException($"could not read the stack's state: {exception.Message}", exception);
        }
    }

    /// <summary>The number of resources of a deployment that is not read otherwise.</summary>
    public static int CountResources(JsonElement deployment) => Items(deployment, "resources").Count();

    /// <summary>The time at which a deployment was written; null when it does not say.</summary>
    public static DateTimeOffset? ReadTime(JsonElement deployment) => ReadManifest(deployment) is { Time.Year: > 1 } manifest ? manifest.Time : null;

    private static JsonElement Parse(ReadOnlyMemory<byte> file)
    {
        try
        {
            return JsonDocument.Parse(file, Options).RootElement is { ValueKind: JsonValueKind.Object } root
                ? root
                : throw new SnapshotException("the state is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw new SnapshotException(
                string.Create(CultureInfo.InvariantCulture, $"the state is not JSON (line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1})"),
                exception);
        }
    }

    private static void CheckVersion(JsonElement root)
    {
        var version = root.TryGetProperty("version", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;
        if (version is not (3 or 4))
        {
            throw new SnapshotException(version > 4
                ? $"the stack's state has version {version}, which is newer than this engine understands (4)"
                : $"the stack's state has version {version}; only versions 3 and 4 are understood");
        }

        var unknown = Items(root, "features").Select(item => item.GetString() ?? "").Except(SnapshotFeatures.Known).ToArray();
        if (unknown.Length > 0)
        {
            throw new SnapshotException($"the stack's state uses features that this engine does not support: {string.Join(", ", unknown)}");
        }
    }

    private static Manifest ReadManifest(JsonElement deployment)
    {
        var manifest = deployment.TryGetProperty("manifest", out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
        return new Manifest(
            DateTimeOffset.TryParse(Text(manifest, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default,
            Text(manifest, "version"),
            Text(manifest, "magic"));
    }

    private static PendingOperation ReadOperation(JsonElement json, ResourceJsonReader reader) =>
        json.TryGetProperty("resource", out var resource)
            ? new PendingOperation(reader.Read(resource), OperationKindText.Parse(Text(json, "type")))
            : throw new FormatException("a pending operation lacks its 'resource'");

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
