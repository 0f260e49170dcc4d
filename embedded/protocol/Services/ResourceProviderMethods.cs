using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Protocol.Services;

/// <summary>The service that manages the resources of one package.</summary>
public static class ResourceProviderMethods
{
    private const string Service = "pulumirpc.ResourceProvider";

    /// <summary>Opens the connection and settles what both sides can do.</summary>
    public static RpcMethod<ProviderHandshakeRequest, ProviderHandshakeResponse> Handshake { get; } = new(Service, "Handshake");

    /// <summary>Makes the provider serve a package that depends on parameters.</summary>
    public static RpcMethod<ParameterizeRequest, ParameterizeResponse> Parameterize { get; } = new(Service, "Parameterize");

    /// <summary>The package's schema.</summary>
    public static RpcMethod<GetSchemaRequest, GetSchemaResponse> GetSchema { get; } = new(Service, "GetSchema");

    /// <summary>Checks the provider's configuration.</summary>
    public static RpcMethod<CheckRequest, CheckResponse> CheckConfig { get; } = new(Service, "CheckConfig");

    /// <summary>Compares two configurations of the provider.</summary>
    public static RpcMethod<DiffRequest, DiffResponse> DiffConfig { get; } = new(Service, "DiffConfig");

    /// <summary>Configures the provider.</summary>
    public static RpcMethod<ConfigureRequest, ConfigureResponse> Configure { get; } = new(Service, "Configure");

    /// <summary>Calls a function.</summary>
    public static RpcMethod<InvokeRequest, InvokeResponse> Invoke { get; } = new(Service, "Invoke");

    /// <summary>Calls a method of a resource.</summary>
    public static RpcMethod<CallRequest, CallResponse> Call { get; } = new(Service, "Call");

    /// <summary>Checks a resource's inputs and fills in defaults.</summary>
    public static RpcMethod<CheckRequest, CheckResponse> Check { get; } = new(Service, "Check");

    /// <summary>Compares a resource's state with new inputs.</summary>
    public static RpcMethod<DiffRequest, DiffResponse> Diff { get; } = new(Service, "Diff");

    /// <summary>Creates a resource.</summary>
    public static RpcMethod<CreateRequest, CreateResponse> Create { get; } = new(Service, "Create");

    /// <summary>Reads the state of a resource.</summary>
    public static RpcMethod<ReadRequest, ReadResponse> Read { get; } = new(Service, "Read");

    /// <summary>Changes a resource in place.</summary>
    public static RpcMethod<UpdateRequest, UpdateResponse> Update { get; } = new(Service, "Update");

    /// <summary>Deletes a resource.</summary>
    public static RpcMethod<DeleteRequest, Empty> Delete { get; } = new(Service, "Delete");

    /// <summary>Builds a component.</summary>
    public static RpcMethod<ConstructRequest, ConstructResponse> Construct { get; } = new(Service, "Construct");

    /// <summary>Asks the provider to end what it is doing.</summary>
    public static RpcMethod<Empty, Empty> Cancel { get; } = new(Service, "Cancel");

    /// <summary>The provider's version.</summary>
    public static RpcMethod<Empty, PluginInfo> GetPluginInfo { get; } = new(Service, "GetPluginInfo");

    /// <summary>Tells a provider that runs already where the engine is.</summary>
    public static RpcMethod<PluginAttach, Empty> Attach { get; } = new(Service, "Attach");

    /// <summary>Mapping data of another ecosystem.</summary>
    public static RpcMethod<GetMappingRequest, GetMappingResponse> GetMapping { get; } = new(Service, "GetMapping");

    /// <summary>The providers that mappings exist for.</summary>
    public static RpcMethod<GetMappingsRequest, GetMappingsResponse> GetMappings { get; } = new(Service, "GetMappings");
}
