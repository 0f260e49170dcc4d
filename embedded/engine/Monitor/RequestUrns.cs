using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Reads the URNs in requests. May be used by many threads at once.</summary>
internal sealed class RequestUrns
{
    private readonly KnownUrns _known = new();

    /// <summary>Reads a URN.</summary>
    /// <exception cref="RpcException">The text is no URN.</exception>
    public Urn Read(string text, string what) =>
        _known.TryParse(text) ?? throw new RpcException(RpcStatusCode.InvalidArgument, $"invalid {what} URN: '{text}'");

    /// <summary>Reads a URN that may be missing.</summary>
    /// <exception cref="RpcException">The text is no URN.</exception>
    public Urn? ReadOptional(string text, string what) => text.Length == 0 ? null : Read(text, what);

    /// <summary>Reads URNs, each of which counts once.</summary>
    /// <exception cref="RpcException">A text is no URN.</exception>
    public ImmutableArray<Urn> ReadAll(IReadOnlyList<string> texts, string what) => texts.Count switch
    {
        0 => [],
        1 => [Read(texts[0], what)],
        _ => [.. texts.Select(text => Read(text, what)).Distinct()],
    };
}
