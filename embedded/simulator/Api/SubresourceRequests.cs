using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Kubelet;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Answers requests to the subresources that are not the object itself: scale, binding, eviction, finalize, log.</summary>
internal sealed class SubresourceRequests(ObjectStore store, ObjectWriter writer, ObjectDeleter deleter)
{
    /// <summary>Answers with the scale of a workload.</summary>
    public Task GetScaleAsync(HttpContext context, RequestPath path)
    {
        var stored = store.Find(path.Kind.Resource, path.Key) ?? throw ApiErrors.NotFound(path.Kind.Resource, path.Key.Name);
        return Answers.WriteAsync(context.Response, StatusCodes.Status200OK, ToScale(path.Kind, ObjectVersions.FromStorage(stored.Value, path.Kind)));
    }

    /// <summary>Scales a workload.</summary>
    public async Task ChangeScaleAsync(HttpContext context, RequestPath path)
    {
        var request = context.Request;
        var body = await RequestBody.ReadAsync(request, context.RequestAborted).ConfigureAwait(false);
        var result = writer.Update(path.Kind, path.Key, request.WriteOptions("scale"), current =>
        {
            var scale = ToScale(path.Kind, current);
            var next = HttpMethods.IsPut(request.Method) ? body.Object
                : body.MediaType == "application/apply-patch+yaml" ? Patches.MergePatch.Apply(scale, body.Object)
                : WriteRequests.Patched(path.Kind, scale, body.MediaType == "application/strategic-merge-patch+json" ? body with { MediaType = "application/merge-patch+json" } : body);
            if (next.Text("metadata", "resourceVersion") is { Length: > 0 } version && version != current.Metadata.Text("resourceVersion")) throw ApiErrors.Conflict(path.Kind.Resource, path.Key.Name);
            var replicas = next.Long("spec", "replicas") ?? 0;
            if (replicas < 0) throw ApiErrors.Invalid(path.Kind, path.Key.Name, [FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0")]);
            return current.Set(replicas, SpecPath(path.Kind));
        });
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, ToScale(path.Kind, result.Value)).ConfigureAwait(false);
    }

    /// <summary>Puts a pod on a node.</summary>
    public async Task BindAsync(HttpContext context, RequestPath path)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var node = body.Object.Text("target", "name") ?? throw ApiErrors.BadRequest("the binding names no target");
        PodBinding.Bind(writer, path.Kind, path.Key, node, context.Request.WriteOptions("binding"));
        await Answers.WriteAsync(context.Response, StatusCodes.Status201Created, Done()).ConfigureAwait(false);
    }

    /// <summary>Removes a pod as far as its disruption budgets allow.</summary>
    public async Task EvictAsync(HttpContext context, RequestPath path)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var pod = store.Find(path.Kind.Resource, path.Key) ?? throw ApiErrors.NotFound(path.Kind.Resource, path.Key.Name);
        var budget = store.Read(Resources.DisruptionBudgets).Objects.In(path.Namespace)
            .FirstOrDefault(stored => stored.Value.At("spec", "selector") is { } selector && LabelSelector.Read(selector).Matches(pod.Value.Labels));
        if (budget is not null && pod.Value.IsTrue("Ready") && (budget.Value.Long("status", "disruptionsAllowed") ?? 0) < 1)
        {
            throw new StatusException(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", JsonMap.Of(
                ("causes", JsonList.Of([JsonMap.Of(("reason", "DisruptionBudget"), ("message", $"The disruption budget {budget.Key.Name} needs more healthy pods"))]))));
        }
        deleter.Delete(path.Kind, path.Key, DeleteRequests.Options(context.Request, body.Object.Map("deleteOptions")));
        await Answers.WriteAsync(context.Response, StatusCodes.Status201Created, Done()).ConfigureAwait(false);
    }

    /// <summary>Changes the finalizers in a namespace's spec.</summary>
    public async Task FinalizeAsync(HttpContext context, RequestPath path)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var finalizers = body.Object.At("spec", "finalizers");
        var result = writer.Update(path.Kind, path.Key, context.Request.WriteOptions("finalize"), current => current.Set(finalizers, "spec", "finalizers"));
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, result.Value).ConfigureAwait(false);
    }

    /// <summary>Answers with the log of a container.</summary>
    public Task GetLogAsync(HttpContext context, RequestPath path)
    {
        var request = context.Request;
        var pod = (store.Find(path.Kind.Resource, path.Key) ?? throw ApiErrors.NotFound(path.Kind.Resource, path.Key.Name)).Value;
        var names = pod.Maps("spec", "containers").Concat(pod.Maps("spec", "initContainers")).Select(container => container.Text("name") ?? "").ToList();
        var container = request.Parameter("container");
        if (container.Length == 0)
        {
            if (pod.List("spec", "containers").Count > 1) throw ApiErrors.BadRequest($"a container name must be specified for pod {pod.Name}, choose one of: [{string.Join(' ', names)}]");
            container = names[0];
        }
        if (!names.Contains(container)) throw ApiErrors.BadRequest($"container {container} is not valid for pod {pod.Name}");
        var previous = request.IsSet("previous");
        var log = ContainerLog.Read(pod, container, previous, request.Number("tailLines"), request.IsSet("timestamps")) ?? throw ApiErrors.BadRequest(previous
            ? $"previous terminated container \"{container}\" in pod \"{pod.Name}\" not found"
            : $"container \"{container}\" in pod \"{pod.Name}\" is waiting to start: {pod.Maps("status", "containerStatuses").FirstOrDefault(one => one.Text("name") == container)?.Text("state", "waiting", "reason") ?? "ContainerCreating"}");
        return Answers.WriteTextAsync(context.Response, StatusCodes.Status200OK, log);
    }

    private static JsonMap Done() => JsonMap.Of(("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonMap.Empty), ("status", "Success"), ("code", StatusCodes.Status201Created));

    private static string[] SpecPath(ResourceKind kind) => kind.Custom?.Scale is { } scale ? SimpleJsonPath.Members(scale.SpecReplicas) : ["spec", "replicas"];

    private static JsonMap ToScale(ResourceKind kind, JsonMap value)
    {
        var paths = kind.Custom?.Scale;
        var replicas = value.Long(paths is null ? ["status", "replicas"] : SimpleJsonPath.Members(paths.StatusReplicas)) ?? 0;
        var selector = paths is null
            ? LabelSelector.Read(value.At("spec", "selector")).ToString()
            : paths.LabelSelector is { } path ? value.Text(SimpleJsonPath.Members(path)) ?? "" : "";
        if (kind.Plural == "replicationcontrollers") selector = LabelSelector.Of(value.Map("spec", "selector")).ToString();
        var metadata = value.Metadata;
        return JsonMap.Of(
            ("kind", "Scale"),
            ("apiVersion", "autoscaling/v1"),
            ("metadata", JsonMap.Of(
                ("name", metadata["name"]), ("namespace", metadata["namespace"]), ("uid", metadata["uid"]), ("resourceVersion", metadata["resourceVersion"]),
                ("creationTimestamp", metadata["creationTimestamp"]))),
            ("spec", JsonMap.Of(("replicas", value.Long(SpecPath(kind)) ?? 0))),
            ("status", JsonMap.Of(("replicas", replicas), ("selector", selector.Length == 0 ? null : selector))));
    }
}
