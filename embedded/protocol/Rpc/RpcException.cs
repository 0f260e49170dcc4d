using FogInfra.Embedded.Protocol.Messages;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>A call that ended with a status other than <see cref="RpcStatusCode.Ok"/>.</summary>
public sealed class RpcException : Exception
{
    private readonly IReadOnlyList<Any> _details;

    /// <summary>Makes the error that a handler throws, or that a client sees.</summary>
    /// <param name="code">What kind of failure it is.</param>
    /// <param name="message">The text for the caller.</param>
    /// <param name="details">Messages that travel with the status, packed as <c>google.rpc.Status</c> details.</param>
    /// <param name="innerException">What caused it on this side, if anything did.</param>
    public RpcException(RpcStatusCode code, string message, IEnumerable<Any>? details = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        _details = details?.ToArray() ?? [];
    }

    /// <summary>What kind of failure it is.</summary>
    public RpcStatusCode Code { get; }

    /// <summary>Makes an error with one detail message.</summary>
    public static RpcException WithDetail(RpcStatusCode code, string message, IMessage detail) =>
        new(code, message, [Any.Pack(detail)]);

    /// <summary>The first detail of the given type, or null.</summary>
    public TDetail? GetDetail<TDetail>()
        where TDetail : class, IMessage<TDetail>, new() =>
        _details.Select(detail => detail.TryUnpack(out TDetail unpacked) ? unpacked : null).FirstOrDefault(detail => detail is not null);

    /// <summary>The status as the message that travels in the trailer <c>grpc-status-details-bin</c>; null without details.</summary>
    internal Status? ToStatusDetails() =>
        _details.Count == 0 ? null : new Status { Code = (int)Code, Message = Message, Details = { _details } };

    internal static RpcException FromStatus(RpcStatusCode code, string message, Status? status) =>
        new(code, message, status?.Details);
}
