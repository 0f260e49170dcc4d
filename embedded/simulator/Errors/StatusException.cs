using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Errors;

/// <summary>The API refuses a request. It becomes an answer of kind <c>Status</c>.</summary>
internal sealed class StatusException(int code, string reason, string message, JsonMap? details = null) : Exception(message)
{
    /// <summary>The HTTP status code.</summary>
    public int Code { get; } = code;

    /// <summary>The reason as programs read it, for example <c>AlreadyExists</c>.</summary>
    public string Reason { get; } = reason;

    /// <summary>What it is about.</summary>
    public JsonMap Details { get; } = details ?? JsonMap.Empty;

    /// <summary>The answer.</summary>
    public JsonMap ToStatus() => JsonMap.Of(
        ("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonMap.Empty), ("status", "Failure"), ("message", Message),
        ("reason", Reason.Length == 0 ? null : Reason), ("details", Details.Count == 0 ? null : Details), ("code", Code));
}
