using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Patches;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Answers requests that create and change objects.</summary>
internal sealed class WriteRequests(ObjectWriter writer, TimeProvider time)
{
    private const string ApplyPatch = "application/apply-patch+yaml";

    /// <summary>Creates an object.</summary>
    public async Task CreateAsync(HttpContext context, RequestPath path)
    {
        if (path.Kind.Namespaced && path.Namespace.Length == 0) throw ApiErrors.BadRequest("an empty namespace may not be set during creation");
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var options = context.Request.WriteOptions(path.Subresource) with { Duplicates = body.Duplicates };
        await Answers.WriteAsync(context, path.Kind, writer.Create(path.Kind, path.Namespace, body.Object, options), time).ConfigureAwait(false);
    }

    /// <summary>Replaces an object.</summary>
    public async Task ReplaceAsync(HttpContext context, RequestPath path)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var options = context.Request.WriteOptions(path.Subresource) with { Duplicates = body.Duplicates };
        var value = body.Object;
        if (path.Kind.Custom is not null && value.Metadata.Text("resourceVersion") is null or "")
        {
            throw ApiErrors.Invalid(path.Kind, path.Key.Name, [FieldError.Invalid("metadata.resourceVersion", new JsonNumber(0), "must be specified for an update")]);
        }
        await Answers.WriteAsync(context, path.Kind, writer.Update(path.Kind, path.Key, options, _ => value), time).ConfigureAwait(false);
    }

    /// <summary>Changes parts of an object, or applies it.</summary>
    public async Task PatchAsync(HttpContext context, RequestPath path)
    {
        var request = context.Request;
        var body = await RequestBody.ReadAsync(request, context.RequestAborted).ConfigureAwait(false);
        var options = request.WriteOptions(path.Subresource) with { Duplicates = body.Duplicates };
        WriteResult result;
        if (body.MediaType == ApplyPatch)
        {
            CheckApplyOptions(request);
            result = writer.Apply(path.Kind, path.Key, (JsonMap)body.Object.WithoutNulls(), request.IsSet("force"), options);
        }
        else
        {
            if (request.Parameter("force").Length > 0) throw PatchOptionsInvalid("force: Forbidden: may not be specified for non-apply patch");
            result = writer.Update(path.Kind, path.Key, options, current => Patched(path.Kind, current, body));
        }
        await Answers.WriteAsync(context, path.Kind, result, time).ConfigureAwait(false);
    }

    /// <summary>An object with a patch of the body's media type done.</summary>
    /// <exception cref="StatusException">The patch does not fit the object.</exception>
    public static JsonMap Patched(ResourceKind kind, JsonMap current, RequestBody body)
    {
        try
        {
            var patched = body.MediaType switch
            {
                "application/json-patch+json" => JsonPatch.Apply(current, body.Value ?? JsonList.Empty),
                "application/merge-patch+json" => MergePatch.Apply(current, body.Object),
                "application/strategic-merge-patch+json" when kind.Custom is null => StrategicMergePatch.Apply(current, body.Object, kind.Schema),
                var other => throw ApiErrors.UnsupportedMediaType(other,
                    "application/json-patch+json", "application/merge-patch+json", ApplyPatch, kind.Custom is null ? "application/strategic-merge-patch+json" : ""),
            };
            return patched as JsonMap ?? throw ApiErrors.Unprocessable("the patch leaves no object");
        }
        catch (PatchException error)
        {
            throw ApiErrors.Unprocessable(error.Message);
        }
    }

    private static void CheckApplyOptions(HttpRequest request)
    {
        if (request.Parameter("fieldManager").Length == 0) throw PatchOptionsInvalid("fieldManager: Required value: is required for apply patch");
    }

    private static StatusException PatchOptionsInvalid(string why) => new(422, "Invalid", $"PatchOptions.meta.k8s.io \"\" is invalid: {why}");
}
