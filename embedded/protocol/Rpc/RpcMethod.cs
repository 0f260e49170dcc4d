using Google.Protobuf;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>A method of a gRPC service with the types that it takes and gives.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="Service">The service's full name, for example <c>pulumirpc.Engine</c>.</param>
/// <param name="Name">The method's name.</param>
public sealed record RpcMethod<TRequest, TResponse>(string Service, string Name)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <summary>The path of the HTTP/2 request: <c>/Service/Name</c>.</summary>
    public string Path { get; } = $"/{Service}/{Name}";
}
