using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>What becomes of the objects that depend on a deleted one.</summary>
internal enum Propagation
{
    Background,
    Foreground,
    Orphan,
}

/// <summary>How an object is deleted.</summary>
internal sealed record DeleteOptions
{
    /// <summary>The seconds that a pod gets to end; null for its own setting.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>What becomes of the dependents; null for the kind's own way.</summary>
    public Propagation? Propagation { get; init; }

    /// <summary>The unique id that the object must have; null for any.</summary>
    public string? Uid { get; init; }

    /// <summary>The version that the object must have; null for any.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Whether only to say what would come of it.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Deletes objects: at once, or when their finalizers and their time allow.</summary>
internal sealed class ObjectDeleter(ObjectStore store, TimeProvider time)
{
    private const long DefaultGracePeriod = 30;

    /// <summary>Deletes an object.</summary>
    /// <returns>The object, and whether it is gone already.</returns>
    /// <exception cref="StatusException">There is none, or it is not the expected one.</exception>
    public (StoredObject Object, bool IsGone) Delete(ResourceKind kind, ObjectKey key, DeleteOptions options)
    {
        while (true)
        {
            var stored = store.Find(kind.Resource, key) ?? throw ApiErrors.NotFound(kind.Resource, key.Name);
            var current = stored.Value;
            CheckPreconditions(kind, current, options);
            var grace = GracePeriod(kind, current, options);
            var next = WithFinalizers(current, Finalizers(kind, current, options.Propagation));
            if (!DeletionRules.IsHeld(next) && grace == 0)
            {
                if (options.DryRun || store.Remove(stored) is not null) return (stored, true);
                continue;
            }
            next = Marked(kind, next, grace);
            if (options.DryRun || next.Equals(current)) return (stored, false);
            if (store.Replace(stored, next) is { } marked) return (marked, false);
        }
    }

    private static void CheckPreconditions(ResourceKind kind, JsonMap current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Uid)
        {
            throw ApiErrors.Conflict(kind.Resource, current.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        }
        if (options.ResourceVersion is { } version && version != current.Metadata.Text("resourceVersion"))
        {
            throw ApiErrors.Conflict(kind.Resource, current.Name, $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {current.Metadata.Text("resourceVersion")}");
        }
    }

    // Only pods have something that takes time to end.
    private static long GracePeriod(ResourceKind kind, JsonMap current, DeleteOptions options)
    {
        if (kind.Resource != Resources.Pods || current.Text("spec", "nodeName") is not { Length: > 0 } || current.Text("status", "phase") is "Succeeded" or "Failed") return 0;
        var wanted = Math.Max(0, options.GracePeriodSeconds ?? current.Long("spec", "terminationGracePeriodSeconds") ?? DefaultGracePeriod);
        return current.Long("metadata", "deletionGracePeriodSeconds") is { } running && current.IsDeleting ? Math.Min(running, wanted) : wanted;
    }

    private static List<string> Finalizers(ResourceKind kind, JsonMap current, Propagation? propagation)
    {
        var finalizers = current.Finalizers.ToList();
        var wanted = propagation ?? (finalizers.Contains(DeletionRules.Orphan) ? Propagation.Orphan
            : finalizers.Contains(DeletionRules.Foreground) ? Propagation.Foreground
            : kind is { Group: "batch", Plural: "jobs" } or { Group: "", Plural: "replicationcontrollers" } ? Propagation.Orphan
            : Propagation.Background);
        Set(DeletionRules.Orphan, wanted == Propagation.Orphan);
        Set(DeletionRules.Foreground, wanted == Propagation.Foreground);
        return finalizers;

        void Set(string name, bool present)
        {
            if (!present) finalizers.Remove(name);
            else if (!finalizers.Contains(name)) finalizers.Add(name);
        }
    }

    private static JsonMap WithFinalizers(JsonMap value, List<string> finalizers) => finalizers.SequenceEqual(value.Finalizers)
        ? value
        : value.Set(finalizers.Count == 0 ? null : JsonList.FromTexts(finalizers), "metadata", "finalizers");

    private JsonMap Marked(ResourceKind kind, JsonMap value, long grace)
    {
        var shorter = value.IsDeleting && grace < (value.Long("metadata", "deletionGracePeriodSeconds") ?? 0);
        if (value.IsDeleting && !shorter) return value;
        var marked = value
            .Set(KubernetesTime.Format(time.GetUtcNow().AddSeconds(grace)), "metadata", "deletionTimestamp")
            .Set(grace, "metadata", "deletionGracePeriodSeconds");
        if (kind.HasGeneration) marked = marked.Set(value.Generation + 1, "metadata", "generation");
        return kind is { Group: "", Plural: "namespaces" } ? marked.Set("Terminating", "status", "phase") : marked;
    }
}
