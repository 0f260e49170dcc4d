using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>Reads what a client sent as an object of a kind.</summary>
internal static class BodyReading
{
    /// <summary>The object, and warnings about what was dropped.</summary>
    /// <exception cref="StatusException">It is no object of that kind, or has unknown members and the client wants to know.</exception>
    public static (JsonMap Value, IReadOnlyList<string> Warnings) Read(ResourceKind kind, JsonMap body, WriteOptions options)
    {
        var (apiVersion, name) = (body.Text("apiVersion"), body.Text("kind"));
        if (apiVersion is not null && apiVersion != kind.ApiVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({kind.ApiVersion})");
        }
        if (name is not null && name != kind.Kind) throw ApiErrors.BadRequest($"the kind in the data ({name}) does not match the expected kind ({kind.Kind})");

        var decoded = Decode(kind, body);
        var faults = options.Duplicates.Select(path => $"duplicate field \"{path}\"").Concat(decoded.Unknown.Select(path => $"unknown field \"{path}\"")).ToList();
        if (options.Validation == FieldValidation.Strict && faults.Count > 0) throw ApiErrors.Undecodable(kind, "strict decoding error: " + string.Join(", ", faults));
        var value = apiVersion is not null && name is not null
            ? decoded.Value
            : JsonMap.Of(("apiVersion", kind.ApiVersion), ("kind", kind.Kind)).WithAll(decoded.Value.Without("apiVersion").Without("kind"));
        return (value, options.Validation == FieldValidation.Warn ? faults : []);
    }

    private static DecodedObject Decode(ResourceKind kind, JsonMap body)
    {
        try
        {
            return kind.Custom is null ? ObjectDecoder.Typed(body, kind.Schema) : ObjectDecoder.Custom(body, kind.Schema);
        }
        catch (DecodingException error)
        {
            throw ApiErrors.Undecodable(kind, error.Message);
        }
    }
}
