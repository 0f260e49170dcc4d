using System.Collections.Concurrent;
using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Finds the provider that a resource or a function is for: the one named, that of an ancestor, or the default one.</summary>
internal sealed class ProviderResolver(DefaultProviders defaults)
{
    private readonly ConcurrentDictionary<Urn, ImmutableDictionary<string, string>> _ofComponents = new();

    /// <summary>Remembers the providers that a component hands down.</summary>
    public void Remember(Urn component, Urn? parent, IEnumerable<KeyValuePair<string, string>> providers)
    {
        var inherited = parent is not null && _ofComponents.TryGetValue(parent, out var known) ? known : ImmutableDictionary<string, string>.Empty;
        _ofComponents[component] = inherited.SetItems(providers);
    }

    /// <summary>Finds the provider.</summary>
    /// <param name="named">The provider that the request names; or empty.</param>
    /// <param name="providers">The providers by package that the request names.</param>
    /// <param name="parent">The parent, whose providers count next.</param>
    /// <param name="wanted">The package and version.</param>
    /// <param name="user">What asks, for errors.</param>
    /// <returns>The reference; null when the run has stopped.</returns>
    /// <exception cref="RpcException">The request names something that is no provider.</exception>
    public async Task<ProviderReference?> ResolveAsync(
        string named, IReadOnlyDictionary<string, string> providers, Urn? parent, ProviderRequest wanted, string user)
    {
        var text = named.Length > 0 ? named
            : providers.TryGetValue(wanted.Package, out var given) ? given
            : parent is not null && _ofComponents.TryGetValue(parent, out var inherited) ? inherited.GetValueOrDefault(wanted.Package)
            : null;
        if (text is not null)
        {
            return ProviderReference.TryParse(text)
                ?? throw new RpcException(RpcStatusCode.InvalidArgument, $"bad provider reference '{text}' for '{user}'");
        }

        return await defaults.GetAsync(wanted, user).ConfigureAwait(false);
    }
}
