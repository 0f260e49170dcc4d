using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Provider;

/// <summary>How much a message matters.</summary>
public enum LogSeverity
{
    /// <summary>For developers.</summary>
    Debug = 0,

    /// <summary>For users.</summary>
    Info = 1,

    /// <summary>Something may be wrong.</summary>
    Warning = 2,

    /// <summary>Something is wrong.</summary>
    Error = 3,
}

/// <summary>What a provider can ask of the engine that runs it.</summary>
public interface IProviderHost
{
    /// <summary>Shows a message.</summary>
    /// <param name="severity">How much it matters.</param>
    /// <param name="urn">The resource it is about, or null.</param>
    /// <param name="message">The text. Must hold no secrets.</param>
    /// <param name="ephemeral">It is a status that the next one replaces, and is not kept.</param>
    void Log(LogSeverity severity, Urn? urn, string message, bool ephemeral = false);
}
