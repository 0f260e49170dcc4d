using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Configuration;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>What operations on objects work with.</summary>
/// <param name="Session">The cluster.</param>
/// <param name="Settings">The provider's configuration.</param>
/// <param name="Options">What the host sets.</param>
/// <param name="Host">The engine.</param>
internal sealed record OperationContext(ClusterSession Session, ProviderSettings Settings, KubernetesProviderOptions Options, IProviderHost Host)
{
    /// <summary>The client.</summary>
    public KubernetesClient Client => Session.Client;

    /// <summary>Shows what an operation is waiting for.</summary>
    public void ShowStatus(Urn urn, string text) => Host.Log(LogSeverity.Info, urn, text, ephemeral: true);

    /// <summary>Passes on what the server warns of.</summary>
    public void PassOn(Urn urn, WriteResult written)
    {
        foreach (var warning in written.Warnings.Where(text => !Settings.SuppressDeprecationWarnings || !text.Contains("deprecated", StringComparison.Ordinal)))
        {
            Host.Log(LogSeverity.Warning, urn, warning);
        }
    }
}
