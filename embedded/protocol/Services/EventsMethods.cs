using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Protocol.Services;

/// <summary>The service by which an Automation API client receives engine events.</summary>
public static class EventsMethods
{
    private const string Service = "pulumirpc.Events";

    /// <summary>Receives the events of one operation, as a stream.</summary>
    public static RpcMethod<EventRequest, Empty> StreamEvents { get; } = new(Service, "StreamEvents");
}
