using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>A request that the API server refused: what its <c>metav1.Status</c> says.</summary>
public sealed class ApiException : Exception
{
    /// <summary>Makes the error.</summary>
    public ApiException(string message)
        : base(message)
    {
    }

    /// <summary>The HTTP status code.</summary>
    public required HttpStatusCode Code { get; init; }

    /// <summary>The reason, one word, for example <c>AlreadyExists</c>; empty when the answer has none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The plural name of the kind that the answer is about; empty when it does not say.</summary>
    public string DetailsKind { get; init; } = "";

    /// <summary>The name of the object that the answer is about; empty when it does not say.</summary>
    public string DetailsName { get; init; } = "";

    /// <summary>What is wrong in particular.</summary>
    public ImmutableArray<StatusCause> Causes { get; init; } = [];

    /// <summary>How long to wait before trying again, if the server says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The answer is a Kubernetes status; otherwise something between us and the API answered, or the path is not served.</summary>
    public bool IsStatus { get; init; }

    /// <summary>There is no such object, or the path is not served.</summary>
    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    /// <summary>The server does not serve the kind.</summary>
    public bool IsUnservedPath => IsNotFound && DetailsName == "" && (!IsStatus || DetailsKind == "");

    /// <summary>The namespace that the object was to lie in does not exist.</summary>
    public bool IsMissingNamespace => IsNotFound && DetailsKind == "namespaces";

    /// <summary>
    /// The pod's service account does not exist, which admission tells as a refusal; or, before Kubernetes 1.24, has no token yet, which it
    /// tells as a failure. Either way the pod was not created.
    /// </summary>
    public bool IsMissingServiceAccount =>
        (IsForbidden && Message.Contains("error looking up service account", StringComparison.Ordinal))
        || (Reason == "ServerTimeout" && DetailsKind == "serviceaccounts");

    /// <summary>An object of the name exists already.</summary>
    public bool IsAlreadyExists => Reason == "AlreadyExists";

    /// <summary>Who asks may not do this, or an admission plugin refused it.</summary>
    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    /// <summary>The object is not valid, or a change of it is not allowed.</summary>
    public bool IsInvalid => Reason == "Invalid";

    /// <summary>The list or watch is too old to be continued.</summary>
    public bool IsExpired => Code == HttpStatusCode.Gone || Reason is "Expired" or "Gone";

    /// <summary>Fields are owned by other managers.</summary>
    public bool IsApplyConflict => Code == HttpStatusCode.Conflict && Causes.Any(cause => cause.Reason == "FieldManagerConflict");

    /// <summary>The object has changed since it was read.</summary>
    public bool IsStale => Code == HttpStatusCode.Conflict && Reason == "Conflict" && !IsApplyConflict;

    /// <summary>A version was asked for of an object that does not exist. Servers say so in words only, some as a failure of theirs.</summary>
    public bool IsVersionOfNothing => Message.Contains("resourceVersion should not be set on objects to be created", StringComparison.Ordinal);

    /// <summary>The version that the request was for is not, or no longer, the present one: the object has changed, or is gone.</summary>
    public bool IsOfAnotherVersion => IsStale || IsNotFound || IsVersionOfNothing;

    /// <summary>The same request may succeed a little later.</summary>
    public bool IsTransient => IsServerFailure || Code == HttpStatusCode.TooManyRequests;

    /// <summary>The server failed: whether the request had an effect is not known.</summary>
    public bool IsServerFailure => (int)Code >= 500;

    /// <summary>Reads the error that a body tells of.</summary>
    public static ApiException Read(HttpStatusCode code, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        try
        {
            var json = KubeObject.Parse(body).Json;
            if (KubeObject.TextOf(json, "kind") == "Status")
            {
                return Read(json, code, retryAfter);
            }
        }
        catch (JsonException)
        {
            // Not the API server's own answer, but a proxy's page or a plain line; it is told as text.
        }

        var text = System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 300)]).Trim();
        return new ApiException($"The server answered {(int)code} {code}{(text == "" ? "." : $": {text}")}") { Code = code, RetryAfter = retryAfter };
    }

    /// <summary>Reads a status object.</summary>
    public static ApiException Read(JsonElement status, HttpStatusCode code = 0, TimeSpan? retryAfter = null)
    {
        var details = KubeObject.Child(status, "details");
        var seconds = KubeObject.NumberOf(details, "retryAfterSeconds");
        var reason = KubeObject.TextOf(status, "reason") ?? "";
        return new ApiException(KubeObject.TextOf(status, "message") is { Length: > 0 } message ? message : $"The server answered {reason}.")
        {
            Code = code != 0 ? code : (HttpStatusCode)(KubeObject.NumberOf(status, "code") ?? 500),
            Reason = reason,
            DetailsKind = KubeObject.TextOf(details, "kind") ?? "",
            DetailsName = KubeObject.TextOf(details, "name") ?? "",
            Causes = [.. KubeObject.ItemsOf(KubeObject.Child(details, "causes")).Select(StatusCause.Read)],
            RetryAfter = retryAfter ?? (seconds > 0 ? TimeSpan.FromSeconds(seconds.Value) : null),
            IsStatus = true,
        };
    }
}

/// <summary>One cause of a refusal.</summary>
/// <param name="Reason">One word, for example <c>FieldValueInvalid</c> or <c>FieldManagerConflict</c>.</param>
/// <param name="Field">The field, for example <c>spec.replicas</c>; may be empty.</param>
/// <param name="Message">In words.</param>
public sealed record StatusCause(string Reason, string Field, string Message)
{
    internal static StatusCause Read(JsonElement json) => new(
        KubeObject.TextOf(json, "reason") ?? "", KubeObject.TextOf(json, "field") ?? "", KubeObject.TextOf(json, "message") ?? "");
}
