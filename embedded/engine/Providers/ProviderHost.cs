using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>What a provider in this process can ask of the engine.</summary>
internal sealed class ProviderHost(Diagnostics diagnostics) : IProviderHost
{
    /// <inheritdoc/>
    public void Log(LogSeverity severity, Urn? urn, string message, bool ephemeral = false)
    {
        switch (severity)
        {
            case LogSeverity.Debug:
                diagnostics.Debug(urn, message, ephemeral: ephemeral);
                break;
            case LogSeverity.Info:
                diagnostics.Info(urn, message, ephemeral: ephemeral);
                break;
            case LogSeverity.Warning:
                diagnostics.Warning(urn, message, ephemeral: ephemeral);
                break;
            default:
                diagnostics.Error(urn, message, ephemeral: ephemeral);
                break;
        }
    }
}
