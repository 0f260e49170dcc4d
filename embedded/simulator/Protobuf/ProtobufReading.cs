using System.Text;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Protobuf;

/// <summary>
/// Reads objects that clients send in Kubernetes' protobuf form, as Go's typed clients and so parts of kubectl do. The form writes even what is not set;
/// what nobody has set is left out again here, as in JSON.
/// </summary>
internal static class ProtobufReading
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private const int MostDepth = 64;

    // Members for which zero or false differs from absent. Nothing in the bytes tells them from those for which it does not.
    private static readonly HashSet<string> ZeroCounts = new(StringComparer.Ordinal)
    {
        "activeDeadlineSeconds", "allocateLoadBalancerNodePorts", "allowPrivilegeEscalation", "automountServiceAccountToken", "backoffLimit", "completions",
        "defaultMode", "enableServiceLinks", "exitCode", "failedJobsHistoryLimit", "gracePeriodSeconds", "immutable", "maxReplicas", "minReplicas", "orphanDependents",
        "parallelism", "partition", "privileged", "progressDeadlineSeconds", "readOnlyRootFilesystem", "replicas", "revisionHistoryLimit", "runAsGroup", "runAsNonRoot",
        "runAsUser", "successfulJobsHistoryLimit", "suspend", "terminationGracePeriodSeconds", "tolerationSeconds", "ttlSecondsAfterFinished", "value",
    };

    // Members that every record has, so that empty means absent.
    private static readonly HashSet<string> EmptyMeansAbsent = new(StringComparer.Ordinal)
    {
        "jobTemplate", "lastState", "loadBalancer", "metadata", "resources", "spec", "state", "status", "strategy", "template", "updateStrategy",
    };

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Reads an object with its envelope.</summary>
    /// <exception cref="FormatException">The bytes are malformed, or of a kind that has no such form here.</exception>
    public static JsonMap Parse(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic)) throw new FormatException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        var (apiVersion, kind) = ("", "");
        var raw = ReadOnlySpan<byte>.Empty;
        var envelope = new WireReader(bytes[Magic.Length..]);
        while (envelope.Read())
        {
            if (envelope.Field == 1) (apiVersion, kind) = ParseType(envelope.Bytes);
            else if (envelope.Field == 2) raw = envelope.Bytes;
        }
        var schema = RequestTypes.Find(apiVersion, kind) ?? throw new FormatException($"no kind \"{kind}\" is registered for version \"{apiVersion}\"");
        return JsonMap.Of(("apiVersion", apiVersion), ("kind", kind)).WithAll(ParseMessage(raw, schema, schema.Name, 0));
    }

    private static (string ApiVersion, string Kind) ParseType(ReadOnlySpan<byte> bytes)
    {
        var (apiVersion, kind) = ("", "");
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) apiVersion = Encoding.UTF8.GetString(reader.Bytes);
            else if (reader.Field == 2) kind = Encoding.UTF8.GetString(reader.Bytes);
        }
        return (apiVersion, kind);
    }

    private static JsonMap ParseMessage(ReadOnlySpan<byte> bytes, StructSchema schema, string type, int depth)
    {
        if (depth > MostDepth) throw new FormatException("the message is nested too deep");
        var fields = FieldNumbers.Instance.Of(type) ?? throw new FormatException($"no message is known for {type}");
        var result = JsonMap.Empty;
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (!fields.TryGetValue(reader.Field, out var field)) continue; // From a newer release than this one.
            if (field.Inlined is { } inlined) result = result.WithAll(ParseMessage(reader.Bytes, schema, inlined, depth + 1));
            else if (schema.Members.TryGetValue(field.Member, out var member)) result = Add(result, field.Member, member.Schema, reader, depth);
        }
        return result;
    }

    private static JsonMap Add(JsonMap map, string name, FieldSchema schema, WireReader reader, int depth)
    {
        switch (schema)
        {
            case ListSchema list:
                return ParseValue(name, list.Items, reader, depth, isItem: true) is { } item ? map.With(name, JsonList.From(map.List(name).Append(item))) : map;
            case MapSchema entries:
                var (key, value) = ParseEntry(entries, reader.Bytes, depth);
                return map.With(name, map.Map(name).With(key, value));
            default:
                return ParseValue(name, schema, reader, depth, isItem: false) is { } found ? map.With(name, found) : map;
        }
    }

    private static (string Key, JsonData Value) ParseEntry(MapSchema schema, ReadOnlySpan<byte> bytes, int depth)
    {
        var (key, value) = ("", (JsonData)JsonText.Empty);
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) key = Encoding.UTF8.GetString(reader.Bytes);
            else if (ParseValue(key, schema.Values, reader, depth, isItem: true) is { } found) value = found;
        }
        return (key, value);
    }

    private static JsonData? ParseValue(string name, FieldSchema schema, WireReader reader, int depth, bool isItem) => schema switch
    {
        ScalarSchema scalar => ParseScalar(name, scalar, reader, isItem),
        StructSchema type => ParseMessage(reader.Bytes, type, type.Name, depth + 1) is var map && (isItem || map.Count > 0 || !EmptyMeansAbsent.Contains(name)) ? map : null,
        _ => ParseRaw(reader.Bytes),
    };

    private static JsonData? ParseScalar(string name, ScalarSchema scalar, WireReader reader, bool isItem)
    {
        var keepsZero = isItem || ZeroCounts.Contains(name);
        return scalar.Type switch
        {
            ScalarType.Whole => reader.Number != 0 || keepsZero ? reader.Number : null,
            ScalarType.Flag => reader.Number != 0 || keepsZero ? reader.Number != 0 : null,
            ScalarType.WholeOrText => ParseWholeOrText(reader.Bytes),
            ScalarType.Number => new JsonNumber(BitConverter.Int64BitsToDouble(reader.Number)),
            _ => scalar.Format switch
            {
                "quantity" => ParseQuantity(reader.Bytes),
                "date-time" => ParseTime(reader.Bytes) is { } time ? KubernetesTime.Format(time) : null,
                "date-time-micro" => ParseTime(reader.Bytes) is { } time ? KubernetesTime.FormatMicro(time) : null,
                "byte" => Convert.ToBase64String(reader.Bytes),
                _ => reader.Bytes.IsEmpty && !isItem ? null : Encoding.UTF8.GetString(reader.Bytes),
            },
        };
    }

    private static JsonData? ParseWholeOrText(ReadOnlySpan<byte> bytes)
    {
        var (isText, whole, text) = (false, 0L, "");
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) isText = reader.Number == 1;
            else if (reader.Field == 2) whole = reader.Number;
            else if (reader.Field == 3) text = Encoding.UTF8.GetString(reader.Bytes);
        }
        return isText ? text : whole == 0 ? null : whole;
    }

    private static JsonData? ParseQuantity(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return reader.Read() && reader.Field == 1 ? Encoding.UTF8.GetString(reader.Bytes) : null;
    }

    private static DateTimeOffset? ParseTime(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        var (seconds, nanoseconds) = (0L, 0L);
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1) seconds = reader.Number;
            else if (reader.Field == 2) nanoseconds = reader.Number;
        }
        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    // Free-form parts are JSON inside the message.
    private static JsonData? ParseRaw(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return reader.Read() && reader.Field == 1 && !reader.Bytes.IsEmpty ? JsonReading.Parse(reader.Bytes) : null;
    }
}
