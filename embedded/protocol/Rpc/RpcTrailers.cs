using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using FogInfra.Embedded.Protocol.Messages;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>How the outcome of a call travels: in the trailers grpc-status, grpc-message and grpc-status-details-bin.</summary>
internal static class RpcTrailers
{
    private const string StatusName = "grpc-status";
    private const string MessageName = "grpc-message";
    private const string DetailsName = "grpc-status-details-bin";

    // Proxies and HTTP/2 stacks limit the size of a header list; 16 KiB is a common bound.
    private const int MaxMessageLength = 4096;

    public static void WriteOk(HttpResponse response) => response.AppendTrailer(StatusName, "0");

    public static void WriteError(HttpResponse response, RpcException exception)
    {
        response.AppendTrailer(StatusName, ((int)exception.Code).ToString(CultureInfo.InvariantCulture));
        response.AppendTrailer(MessageName, PercentEncode(Shorten(exception.Message)));
        if (exception.ToStatusDetails() is { } details)
        {
            response.AppendTrailer(DetailsName, Convert.ToBase64String(details.ToByteArray()));
        }
    }

    /// <summary>The error that the response's trailers, or its headers where it has no body, tell of; null for success.</summary>
    public static RpcException? ReadError(HttpResponseMessage response)
    {
        var status = Find(response.TrailingHeaders, StatusName) ?? Find(response.Headers, StatusName);
        if (status is null)
        {
            return new RpcException(RpcStatusCode.Internal, $"The server answered without a gRPC status (HTTP {(int)response.StatusCode}).");
        }

        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 16)
        {
            return new RpcException(RpcStatusCode.Unknown, $"The server answered with the unknown gRPC status '{status}'.");
        }

        if (number == 0)
        {
            return null;
        }

        var message = Find(response.TrailingHeaders, MessageName) ?? Find(response.Headers, MessageName) ?? "";
        var details = Find(response.TrailingHeaders, DetailsName) ?? Find(response.Headers, DetailsName);
        return RpcException.FromStatus((RpcStatusCode)number, Uri.UnescapeDataString(message), ParseDetails(details));
    }

    private static string? Find(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // Binary trailers are base64; senders may leave the padding out.
    private static Status? ParseDetails(string? base64)
    {
        if (base64 is null)
        {
            return null;
        }

        try
        {
            var padded = base64.PadRight((base64.Length + 3) / 4 * 4, '=');
            return Status.Parser.ParseFrom(Convert.FromBase64String(padded));
        }
        catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
        {
            return null; // The status itself is still told; only its details are lost.
        }
    }

    private static string Shorten(string message) =>
        message.Length <= MaxMessageLength ? message : message[..MaxMessageLength] + "…";

    // gRPC: bytes of UTF-8 outside 0x20-0x7E, and '%', are written as %XX.
    private static string PercentEncode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }
}
