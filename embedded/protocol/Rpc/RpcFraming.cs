using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>
/// gRPC's message framing over HTTP/2: one byte that says whether the message is compressed, four bytes of length
/// (big endian), the message ("gRPC over HTTP2", Length-Prefixed-Message).
/// </summary>
internal static class RpcFraming
{
    /// <summary>The largest message that Pulumi's clients and servers send or take: 400 MiB.</summary>
    public const int MaxMessageSize = 400 * 1024 * 1024;

    /// <summary>Property values nest deeper than protobuf's default of 100 levels.</summary>
    private const int RecursionLimit = 10_000;

    private const int HeaderSize = 5;

    public static byte[] Encode(IMessage message)
    {
        var size = SizeOf(message);
        var frame = new byte[HeaderSize + size];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), size);
        message.WriteTo(frame.AsSpan(HeaderSize));
        return frame;
    }

    /// <summary>Writes a message and sends it.</summary>
    public static async ValueTask WriteAsync(PipeWriter writer, IMessage message, CancellationToken cancellationToken)
    {
        var size = SizeOf(message);
        var header = writer.GetMemory(HeaderSize);
        header.Span[0] = 0; // Not compressed.
        BinaryPrimitives.WriteInt32BigEndian(header.Span[1..], size);
        writer.Advance(HeaderSize);
        message.WriteTo(writer);
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next message, or null when the sender has closed its half of the stream.</summary>
    /// <exception cref="RpcException">The stream ends inside a message, or the frame is not one that this side reads.</exception>
    public static async ValueTask<TMessage?> ReadAsync<TMessage>(PipeReader reader, CancellationToken cancellationToken)
        where TMessage : class, IMessage<TMessage>, new()
    {
        var header = await reader.ReadAtLeastAsync(HeaderSize, cancellationToken).ConfigureAwait(false);
        if (header.Buffer.Length < HeaderSize)
        {
            var ended = header.Buffer.IsEmpty;
            reader.AdvanceTo(header.Buffer.End);
            return ended ? null : throw Truncated();
        }

        var size = ReadSize(header.Buffer);
        reader.AdvanceTo(header.Buffer.GetPosition(HeaderSize));
        if (size == 0)
        {
            return new TMessage();
        }

        var body = await reader.ReadAtLeastAsync(size, cancellationToken).ConfigureAwait(false);
        if (body.Buffer.Length < size)
        {
            throw Truncated();
        }

        var message = Parse<TMessage>(body.Buffer.Slice(0, size));
        reader.AdvanceTo(body.Buffer.GetPosition(size));
        return message;
    }

    /// <summary>The next message, or null when the sender has closed its half of the stream.</summary>
    /// <remarks>
    /// It takes arrays of just the right size. Buffers that are rented for each call are soon used up where a program has thousands of
    /// calls under way, and then each of them costs a buffer of its own.
    /// </remarks>
    /// <exception cref="RpcException">The stream ends inside a message, or the frame is not one that this side reads.</exception>
    public static async ValueTask<TMessage?> ReadAsync<TMessage>(Stream stream, CancellationToken cancellationToken)
        where TMessage : class, IMessage<TMessage>, new()
    {
        var header = new byte[HeaderSize];
        var read = await stream.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read < HeaderSize)
        {
            return read == 0 ? null : throw Truncated();
        }

        var body = new byte[ReadSize(new ReadOnlySequence<byte>(header))];
        read = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == body.Length ? Parse<TMessage>(new ReadOnlySequence<byte>(body)) : throw Truncated();
    }

    private static int SizeOf(IMessage message)
    {
        var size = message.CalculateSize();
        return size <= MaxMessageSize
            ? size
            : throw new RpcException(RpcStatusCode.ResourceExhausted, $"The message has {size} bytes; the limit is {MaxMessageSize}.");
    }

    private static int ReadSize(ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        if (header[0] != 0)
        {
            throw new RpcException(RpcStatusCode.Unimplemented, "Compressed messages are not supported.");
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return size <= MaxMessageSize
            ? (int)size
            : throw new RpcException(RpcStatusCode.ResourceExhausted, $"The message has {size} bytes; the limit is {MaxMessageSize}.");
    }

    // Nearly all messages are flat enough for protobuf's own limit, and so are read where they lie. Only what fails is read again, with the
    // larger limit that needs a stream: that takes a copy, and a buffer of 4 KiB for each message.
    private static TMessage Parse<TMessage>(ReadOnlySequence<byte> buffer)
        where TMessage : class, IMessage<TMessage>, new()
    {
        try
        {
            var message = new TMessage();
            message.MergeFrom(buffer);
            return message;
        }
        catch (InvalidProtocolBufferException)
        {
            return ParseDeep<TMessage>(buffer.ToArray());
        }
    }

    private static TMessage ParseDeep<TMessage>(byte[] buffer)
        where TMessage : class, IMessage<TMessage>, new()
    {
        try
        {
            using var input = CodedInputStream.CreateWithLimits(new MemoryStream(buffer, writable: false), MaxMessageSize, RecursionLimit);
            var message = new TMessage();
            message.MergeFrom(input);
            return message;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new RpcException(RpcStatusCode.Internal, $"Not a {typeof(TMessage).Name}: {exception.Message}", innerException: exception);
        }
    }

    private static RpcException Truncated() => new(RpcStatusCode.Internal, "The stream ended inside a message.");
}
