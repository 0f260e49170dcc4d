using System.Collections.Immutable;
using System.Net;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>A request to an API server.</summary>
/// <param name="Method">The method.</param>
/// <param name="PathAndQuery">The path, from the root of the API, with the query.</param>
internal sealed record ApiRequest(HttpMethod Method, string PathAndQuery)
{
    /// <summary>The body and its type, or null.</summary>
    public (ReadOnlyMemory<byte> Bytes, string Type)? Body { get; init; }

    /// <summary>The types of answer that are understood.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Doing it twice is the same as doing it once.</summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>The answer is read as it comes and has no end to wait for.</summary>
    public bool Streams { get; init; }
}

/// <summary>A successful answer.</summary>
/// <param name="Code">The status code.</param>
/// <param name="Body">The body.</param>
/// <param name="Warnings">What the server warns of.</param>
internal sealed record ApiResponse(HttpStatusCode Code, byte[] Body, ImmutableArray<string> Warnings);
