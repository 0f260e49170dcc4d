using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Answers requests that delete objects.</summary>
internal sealed class DeleteRequests(ObjectStore store, ObjectDeleter deleter, TimeProvider time)
{
    /// <summary>Deletes one object.</summary>
    public async Task DeleteAsync(HttpContext context, RequestPath path)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var (stored, isGone) = deleter.Delete(path.Kind, path.Key, Options(context.Request, body.Value as JsonMap ?? JsonMap.Empty));

        // Pods and namespaces answer with themselves even when they are gone at once, other kinds say so.
        if (isGone && path.Kind is not { Group: "", Plural: "pods" or "namespaces" or "persistentvolumeclaims" or "persistentvolumes" or "services" or "serviceaccounts" })
        {
            await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, Success(JsonMap.Of(
                ("name", stored.Key.Name), ("group", path.Kind.Group.Length == 0 ? null : path.Kind.Group), ("kind", path.Kind.Plural), ("uid", stored.Value.Uid)))).ConfigureAwait(false);
            return;
        }
        await Answers.WriteAsync(context, path.Kind, StatusCodes.Status200OK, ObjectVersions.FromStorage(stored.Value, path.Kind), time).ConfigureAwait(false);
    }

    /// <summary>Deletes all objects that the query selects.</summary>
    public async Task DeleteAllAsync(HttpContext context, RequestPath path)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var options = Options(context.Request, body.Value as JsonMap ?? JsonMap.Empty);
        var filter = context.Request.Filter(path);
        foreach (var stored in store.Read(path.Kind.Resource).Objects.All.Where(stored => filter.Matches(stored.Value)))
        {
            try
            {
                deleter.Delete(path.Kind, stored.Key, options);
            }
            catch (StatusException error) when (error.Reason == "NotFound")
            {
                // Another client was faster: gone is what was asked for.
            }
        }
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, Success(JsonMap.Of(
            ("group", path.Kind.Group.Length == 0 ? null : path.Kind.Group), ("kind", path.Kind.Plural)))).ConfigureAwait(false);
    }

    /// <summary>The options of a deletion, from its body and its query.</summary>
    public static DeleteOptions Options(HttpRequest request, JsonMap body) => new()
    {
        GracePeriodSeconds = body.Long("gracePeriodSeconds") ?? request.Number("gracePeriodSeconds"),
        Propagation = Propagation(request, body),
        Uid = body.Text("preconditions", "uid"),
        ResourceVersion = body.Text("preconditions", "resourceVersion"),
        DryRun = request.IsDryRun() || body.List("dryRun").Texts().Contains("All"),
    };

    private static Propagation? Propagation(HttpRequest request, JsonMap body)
    {
        var text = body.Text("propagationPolicy") ?? request.Parameter("propagationPolicy");
        if (text.Length > 0)
        {
            return Enum.TryParse<Propagation>(text, out var policy) ? policy : throw ApiErrors.BadRequest(
                $"propagationPolicy: Unsupported value: \"{text}\": supported values: \"Background\", \"Foreground\", \"Orphan\"");
        }
        return body["orphanDependents"]?.AsFlag switch { true => Objects.Propagation.Orphan, false => Objects.Propagation.Background, null => null };
    }

    private static JsonMap Success(JsonMap details) => JsonMap.Of(("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonMap.Empty), ("status", "Success"), ("details", details));
}
