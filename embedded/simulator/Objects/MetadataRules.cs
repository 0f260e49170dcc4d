using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>The rules of the metadata that all objects have.</summary>
internal static class MetadataRules
{
    private static readonly string[] KeptByTheServer = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion"];

    /// <summary>A new object's metadata: what only the server says is taken out and said.</summary>
    public static JsonMap ForCreate(JsonMap value, ResourceKind kind, string uid, string now)
    {
        var metadata = KeptByTheServer.Aggregate(value.Metadata.Without("selfLink"), (result, name) => result.Without(name))
            .With("uid", uid)
            .With("creationTimestamp", now);
        return value.With("metadata", kind.HasGeneration ? metadata.With("generation", 1) : metadata);
    }

    /// <summary>A changed object's metadata: what only the server says is as it was.</summary>
    public static JsonMap ForUpdate(JsonMap next, JsonMap current)
    {
        var before = current.Metadata;
        var metadata = KeptByTheServer.Aggregate(next.Metadata.Without("selfLink"), (result, name) => Equals(result[name], before[name]) ? result : result.With(name, before[name]));
        return ReferenceEquals(metadata, next["metadata"]) ? next : next.With("metadata", metadata);
    }

    /// <summary>The object with its generation one higher when more than metadata and status differ.</summary>
    public static JsonMap WithGeneration(JsonMap next, JsonMap current, ResourceKind kind)
    {
        if (!kind.HasGeneration) return next;
        var differs = next.Keys.Union(current.Keys).Any(name => name is not ("metadata" or "status") && !Equals(next[name], current[name]));
        return differs ? next.Set(current.Generation + 1, "metadata", "generation") : next;
    }

    /// <summary>The faults of an object's metadata.</summary>
    public static IEnumerable<FieldError> Validate(JsonMap value, KindRules rules)
    {
        var name = value.Name;
        if (name.Length == 0) yield return FieldError.Required("metadata.name", "name or generateName is required");
        else if (rules.NameFault(name) is { } nameFault) yield return FieldError.Invalid("metadata.name", name, nameFault);
        foreach (var error in Names.LabelFaults(value.Labels, "metadata.labels").Concat(Names.AnnotationFaults(value.Annotations, "metadata.annotations")))
        {
            yield return error;
        }
        foreach (var finalizer in value.Finalizers)
        {
            if (Names.QualifiedNameFault(finalizer) is { } fault) yield return FieldError.Invalid("metadata.finalizers", finalizer, fault);
        }
        if (value.OwnerReferences.Count(reference => reference.Flag("controller")) > 1)
        {
            yield return FieldError.Invalid("metadata.ownerReferences", value.Metadata["ownerReferences"], "Only one reference can have Controller set to true");
        }
    }

    /// <summary>The faults of a change of metadata.</summary>
    public static IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        if (!current.IsDeleting) yield break;
        var added = next.Finalizers.Except(current.Finalizers).ToList();
        if (added.Count > 0)
        {
            yield return FieldError.Forbidden("metadata.finalizers",
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(one => $"\"{one}\""))}}}");
        }
    }
}
