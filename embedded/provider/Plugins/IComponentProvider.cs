using FogInfra.Embedded.Protocol.Messages;

namespace FogInfra.Embedded.Provider.Plugins;

/// <summary>
/// A provider that also builds components and has methods. It registers what a component is made of with the engine by itself, so these
/// calls carry the protocol's own messages.
/// </summary>
public interface IComponentProvider
{
    /// <summary>Builds a component.</summary>
    /// <exception cref="ProviderException">It failed.</exception>
    Task<ConstructResponse> ConstructAsync(ConstructRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a method of a resource.</summary>
    /// <exception cref="ProviderException">It failed.</exception>
    Task<CallResponse> CallAsync(CallRequest request, CancellationToken cancellationToken);
}
