using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Protocol.Services;

/// <summary>The service that a program calls to register its resources.</summary>
public static class ResourceMonitorMethods
{
    private const string Service = "pulumirpc.ResourceMonitor";

    /// <summary>Whether the engine has a feature; unknown names are answered with false.</summary>
    public static RpcMethod<SupportsFeatureRequest, SupportsFeatureResponse> SupportsFeature { get; } = new(Service, "SupportsFeature");

    /// <summary>What runs, and all features at once.</summary>
    public static RpcMethod<Empty, DeploymentInfo> GetDeploymentInfo { get; } = new(Service, "GetDeploymentInfo");

    /// <summary>Calls a provider's function.</summary>
    public static RpcMethod<ResourceInvokeRequest, ResourceInvokeResponse> Invoke { get; } = new(Service, "Invoke");

    /// <summary>Calls a method of a resource.</summary>
    public static RpcMethod<ResourceCallRequest, CallResponse> Call { get; } = new(Service, "Call");

    /// <summary>Reads a resource that is managed elsewhere.</summary>
    public static RpcMethod<ReadResourceRequest, ReadResourceResponse> ReadResource { get; } = new(Service, "ReadResource");

    /// <summary>Registers a resource; answered when its step is done.</summary>
    public static RpcMethod<RegisterResourceRequest, RegisterResourceResponse> RegisterResource { get; } = new(Service, "RegisterResource");

    /// <summary>Sets the outputs of a component or of the stack.</summary>
    public static RpcMethod<RegisterResourceOutputsRequest, Empty> RegisterResourceOutputs { get; } = new(Service, "RegisterResourceOutputs");

    /// <summary>Adds a transform that every resource goes through.</summary>
    public static RpcMethod<Callback, Empty> RegisterStackTransform { get; } = new(Service, "RegisterStackTransform");

    /// <summary>Adds a transform that every invoke goes through.</summary>
    public static RpcMethod<Callback, Empty> RegisterStackInvokeTransform { get; } = new(Service, "RegisterStackInvokeTransform");

    /// <summary>Names a hook, so that resources can be bound to it.</summary>
    public static RpcMethod<RegisterResourceHookRequest, Empty> RegisterResourceHook { get; } = new(Service, "RegisterResourceHook");

    /// <summary>Names an error hook.</summary>
    public static RpcMethod<RegisterErrorHookRequest, Empty> RegisterErrorHook { get; } = new(Service, "RegisterErrorHook");

    /// <summary>Names a package and its parameters.</summary>
    public static RpcMethod<RegisterPackageRequest, RegisterPackageResponse> RegisterPackage { get; } = new(Service, "RegisterPackage");

    /// <summary>Says that nothing more will be registered; answered after the deletes.</summary>
    public static RpcMethod<Empty, Empty> SignalAndWaitForShutdown { get; } = new(Service, "SignalAndWaitForShutdown");
}
