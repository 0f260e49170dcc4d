using FogInfra.Embedded.Protocol.Rpc;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>How programs are told that a run has stopped before their call was answered.</summary>
internal static class MonitorShutdown
{
    private const string Prefix = "resource monitor shut down while ";

    /// <summary>The answer to the registration or read of a resource.</summary>
    public static RpcException DuringStep() => new(RpcStatusCode.Unavailable, Prefix + "waiting on step's done channel");

    /// <summary>The answer to a call of a function.</summary>
    public static RpcException DuringInvoke() => new(RpcStatusCode.Unavailable, Prefix + "calling a function");

    /// <summary>Whether a program complains of nothing but such an answer, which follows from an error that was told before.</summary>
    public static bool IsComplaint(string message) => message.Contains(Prefix, StringComparison.Ordinal);
}
