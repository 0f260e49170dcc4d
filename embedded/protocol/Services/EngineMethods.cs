using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Protocol.Services;

/// <summary>The service that programs and plugins call to reach the engine itself.</summary>
public static class EngineMethods
{
    private const string Service = "pulumirpc.Engine";

    /// <summary>Adds a diagnostic.</summary>
    public static RpcMethod<LogRequest, Empty> Log { get; } = new(Service, "Log");

    /// <summary>The URN of the stack.</summary>
    public static RpcMethod<GetRootResourceRequest, GetRootResourceResponse> GetRootResource { get; } = new(Service, "GetRootResource");

    /// <summary>Tells the URN of the stack.</summary>
    public static RpcMethod<SetRootResourceRequest, SetRootResourceResponse> SetRootResource { get; } = new(Service, "SetRootResource");

    /// <summary>Tells that a debugger may attach.</summary>
    public static RpcMethod<StartDebuggingRequest, Empty> StartDebugging { get; } = new(Service, "StartDebugging");

    /// <summary>Fails when the engine is not of the version that the program needs.</summary>
    public static RpcMethod<RequirePulumiVersionRequest, RequirePulumiVersionResponse> RequirePulumiVersion { get; } = new(Service, "RequirePulumiVersion");
}
