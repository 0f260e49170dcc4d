using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Protocol.Services;

/// <summary>The service that runs a program for the engine.</summary>
public static class LanguageRuntimeMethods
{
    private const string Service = "pulumirpc.LanguageRuntime";

    /// <summary>Opens the connection.</summary>
    public static RpcMethod<LanguageHandshakeRequest, LanguageHandshakeResponse> Handshake { get; } = new(Service, "Handshake");

    /// <summary>The plugins that the program needs.</summary>
    public static RpcMethod<GetRequiredPluginsRequest, GetRequiredPluginsResponse> GetRequiredPlugins { get; } = new(Service, "GetRequiredPlugins");

    /// <summary>The packages that the program needs.</summary>
    public static RpcMethod<GetRequiredPackagesRequest, GetRequiredPackagesResponse> GetRequiredPackages { get; } = new(Service, "GetRequiredPackages");

    /// <summary>Runs the program; answered at its end.</summary>
    public static RpcMethod<RunRequest, RunResponse> Run { get; } = new(Service, "Run");

    /// <summary>The host's version.</summary>
    public static RpcMethod<Empty, PluginInfo> GetPluginInfo { get; } = new(Service, "GetPluginInfo");
}
