using System.Collections.Immutable;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>Starts providers: the engine's own, those of this process, then plugins.</summary>
/// <param name="builtin">The engine's own package.</param>
/// <param name="inProcess">Providers of this process by package.</param>
/// <param name="host">What they can ask of the engine.</param>
/// <param name="plugins">Finds and starts all others.</param>
internal sealed class ProviderSource(
    BuiltinProvider builtin,
    ImmutableDictionary<string, Func<IProviderHost, IResourceProvider>> inProcess,
    IProviderHost host,
    IProviderSource plugins) : IProviderSource
{
    /// <inheritdoc/>
    public async Task<IResourceProvider> StartAsync(ProviderRequest request, CancellationToken cancellationToken) =>
        request.Package == BuiltinProvider.Package ? builtin
        : inProcess.TryGetValue(request.Package, out var create) ? create(host)
        : await plugins.StartAsync(request, cancellationToken).ConfigureAwait(false);
}
