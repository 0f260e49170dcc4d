using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>Which provider is wanted.</summary>
/// <param name="Package">The package whose resources it manages.</param>
/// <param name="Version">The version, or empty for any.</param>
/// <param name="DownloadUrl">Where it could be had, or empty.</param>
internal sealed record ProviderRequest(string Package, string Version, string DownloadUrl);

/// <summary>Starts providers.</summary>
internal interface IProviderSource
{
    /// <summary>Starts a provider of its own for the caller, who disposes it.</summary>
    /// <exception cref="ProviderException">There is none, or it does not start.</exception>
    Task<IResourceProvider> StartAsync(ProviderRequest request, CancellationToken cancellationToken);
}
