using System.Buffers;
using System.Text.Json;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Protobuf;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Reads the body of a request.</summary>
/// <param name="MediaType">Its media type, without parameters.</param>
/// <param name="Value">What it says; null when there is no body.</param>
/// <param name="Duplicates">Members that it names twice.</param>
internal sealed record RequestBody(string MediaType, JsonData? Value, IReadOnlyList<string> Duplicates)
{
    private const int MostBytes = 3 * 1024 * 1024; // As much as the real API server takes.

    /// <summary>The body as an object.</summary>
    /// <exception cref="StatusException">It is none.</exception>
    public JsonMap Object => Value as JsonMap ?? throw ApiErrors.BadRequest("the body of the request is not an object");

    /// <summary>Reads the body, JSON, YAML or protobuf.</summary>
    /// <exception cref="StatusException">It is too large, in another form, or malformed.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var type = (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("" or "application/json" or "application/yaml" or "application/json-patch+json" or "application/merge-patch+json"
            or "application/strategic-merge-patch+json" or "application/apply-patch+yaml" or ProtobufReading.MediaType))
        {
            throw ApiErrors.UnsupportedMediaType(type, "application/json", "application/yaml", ProtobufReading.MediaType);
        }
        var bytes = await ReadBytesAsync(request, cancellationToken).ConfigureAwait(false);
        if (bytes.Length == 0) return new RequestBody(type, null, []);
        try
        {
            if (type == ProtobufReading.MediaType) return new RequestBody(type, ProtobufReading.Parse(bytes), []);
            var duplicates = new List<string>();
            // What is called YAML is JSON as a rule, which is read faster.
            if (type.EndsWith("yaml", StringComparison.Ordinal) && !JsonReading.IsJson(bytes)) return new RequestBody(type, YamlReading.Parse(System.Text.Encoding.UTF8.GetString(bytes)), []);
            return new RequestBody(type, JsonReading.Parse(bytes, duplicates.Add), duplicates);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw ApiErrors.BadRequest($"the body of the request could not be read: {error.Message}");
        }
    }

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.Length > MostBytes) throw new StatusException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {MostBytes}");
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
