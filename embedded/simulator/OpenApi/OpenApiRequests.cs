using FogInfra.Embedded.Simulator.Api;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.OpenApi;

/// <summary>Answers requests for the descriptions of the API, by which clients validate, explain and merge.</summary>
/// <param name="kinds">The cluster's kinds.</param>
/// <param name="prefix">The path of the cluster's API in its process.</param>
internal sealed class OpenApiRequests(ClusterKinds kinds, string prefix)
{
    private volatile Entry? _entry;

    /// <summary>Answers, if the path is one of a description.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context, string[] segments)
    {
        switch (segments)
        {
            case ["openapi", "v3"]:
                await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, Current().Documents.Index(prefix)).ConfigureAwait(false);
                return true;
            case ["openapi", "v3", .. var path]:
                var document = Current().Documents.GroupVersion(string.Join('/', path)) ?? throw ApiErrors.NoSuchPath();
                context.Response.Headers.ETag = $"\"{document.Hash}\"";
                await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, document.Utf8).ConfigureAwait(false);
                return true;
            case ["openapi", "v2"]:
                await AnswerWholeAsync(context).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private async Task AnswerWholeAsync(HttpContext context)
    {
        var current = Current();
        if (context.Request.Headers.Accept.ToString().Contains("proto-openapi", StringComparison.Ordinal))
        {
            const string type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
            await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, current.Binary.Value, type).ConfigureAwait(false);
            return;
        }
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, current.Text.Value).ConfigureAwait(false);
    }

    // The documents stay the same for as long as the kinds do.
    private Entry Current()
    {
        var registry = kinds.Current;
        if (_entry is { } known && ReferenceEquals(known.Registry, registry)) return known;
        var documents = new OpenApiDocuments(registry);
        var whole = new Lazy<Values.JsonMap>(documents.Whole);
        return _entry = new Entry(registry, documents, new Lazy<byte[]>(() => Values.JsonWriting.ToUtf8(whole.Value)), new Lazy<byte[]>(() => BinaryDocument.Write(whole.Value)));
    }

    private sealed record Entry(KindRegistry Registry, OpenApiDocuments Documents, Lazy<byte[]> Text, Lazy<byte[]> Binary);
}
