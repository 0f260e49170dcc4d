using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;

namespace FogInfra.Embedded.Protocol.Services;

/// <summary>The service by which a program lends functions to the engine.</summary>
public static class CallbacksMethods
{
    private const string Service = "pulumirpc.Callbacks";

    /// <summary>Runs one of the functions.</summary>
    public static RpcMethod<CallbackInvokeRequest, CallbackInvokeResponse> Invoke { get; } = new(Service, "Invoke");
}
