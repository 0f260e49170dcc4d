using System.Collections.Concurrent;

namespace FogInfra.Embedded.Protocol.Values;

/// <summary>
/// Names of values, each kept once: the maps of a stack have few names, but each that is read brings texts of its own. May be used by many
/// threads at once.
/// </summary>
public sealed class PropertyNames
{
    /// <summary>More than programs have; names beyond it are data, such as the keys of a ConfigMap.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The name of these characters, as it was first given.</summary>
    public string Share(ReadOnlySpan<char> name) =>
        _names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known) ? known : Share(name.ToString());

    /// <summary>The same name, as it was first given.</summary>
    public string Share(string name) =>
        _names.TryGetValue(name, out var known) ? known : _names.Count < Most ? _names.GetOrAdd(name, name) : name;
}
