using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Values;

/// <summary>URNs by their text, each read once: resources name each other again and again. May be used by many threads at once.</summary>
internal sealed class KnownUrns
{
    private readonly ConcurrentDictionary<string, Urn> _urns = new(StringComparer.Ordinal);

    /// <summary>Reads a URN; null when the text is none.</summary>
    public Urn? TryParse(string text) =>
        _urns.TryGetValue(text, out var known) ? known : Urn.TryParse(text) is { } urn ? _urns.GetOrAdd(text, urn) : null;
}
