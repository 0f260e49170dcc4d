using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>A choice of resources by URN. In a pattern <c>*</c> stands for anything without a colon, <c>**</c> for anything.</summary>
internal sealed class UrnTargets
{
    private readonly ImmutableArray<Regex> _patterns;
    private readonly ImmutableHashSet<string> _literals;

    /// <summary>Makes a choice; an empty one chooses nothing and constrains nothing.</summary>
    public UrnTargets(IEnumerable<string> urns)
    {
        var all = urns.ToArray();
        _literals = [.. all.Where(urn => !urn.Contains('*', StringComparison.Ordinal))];
        _patterns = [.. all.Where(urn => urn.Contains('*', StringComparison.Ordinal)).Select(ToRegex)];
    }

    /// <summary>The choice of nothing in particular.</summary>
    public static UrnTargets None { get; } = new([]);

    /// <summary>Whether something is chosen at all.</summary>
    public bool IsConstrained => _literals.Count > 0 || !_patterns.IsEmpty;

    /// <summary>The URNs that were given in full.</summary>
    public IReadOnlyCollection<string> Literals => _literals;

    /// <summary>Whether a resource is chosen.</summary>
    public bool Contains(Urn urn)
    {
        var text = urn.ToString();
        return _literals.Contains(text) || _patterns.Any(pattern => pattern.IsMatch(text));
    }

    private static Regex ToRegex(string pattern)
    {
        var parts = pattern.Split("**").Select(part => string.Join("[^:]*", part.Split('*').Select(Regex.Escape)));
        return new Regex($"^{string.Join(".*", parts)}$", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
