using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Tables;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    private const string Json = "application/json";

    /// <summary>Answers with a document.</summary>
    public static Task WriteAsync(HttpResponse response, int code, JsonData value, string contentType = Json) =>
        WriteAsync(response, code, JsonWriting.ToUtf8(value), contentType);

    /// <summary>Answers with bytes.</summary>
    public static async Task WriteAsync(HttpResponse response, int code, ReadOnlyMemory<byte> body, string contentType = Json)
    {
        response.StatusCode = code;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, response.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Answers with a plain text.</summary>
    public static Task WriteTextAsync(HttpResponse response, int code, string text) =>
        WriteAsync(response, code, System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");

    /// <summary>Answers with a refusal.</summary>
    public static Task WriteAsync(HttpResponse response, StatusException error) => WriteAsync(response, error.Code, error.ToStatus());

    /// <summary>Answers with the object that a write has made.</summary>
    public static Task WriteAsync(HttpContext context, ResourceKind kind, WriteResult result, TimeProvider time)
    {
        foreach (var warning in result.Warnings)
        {
            context.Response.Headers.Append("Warning", $"299 - \"{warning.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
        return WriteAsync(context, kind, result.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, result.Value, time);
    }

    /// <summary>Answers with an object in the form that the client accepts.</summary>
    public static Task WriteAsync(HttpContext context, ResourceKind kind, int code, JsonMap value, TimeProvider time) =>
        WriteAsync(context.Response, code, InForm(context.Request, kind, AnswerForms.Accepted(context.Request), value, withHeadings: true, time));

    /// <summary>An object in a form.</summary>
    public static JsonMap InForm(HttpRequest request, ResourceKind kind, AnswerForm form, JsonMap value, bool withHeadings, TimeProvider time) => form switch
    {
        AnswerForm.Table => Table.Of(ColumnsOfKinds.Of(kind), [value], JsonMap.Of(("resourceVersion", value.Metadata["resourceVersion"])), request.Parameter("includeObject"), withHeadings, time.GetUtcNow()),
        AnswerForm.Metadata => Table.PartialMetadata(value),
        _ => value,
    };
}
