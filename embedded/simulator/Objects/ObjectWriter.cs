using FogInfra.Embedded.Simulator.Apply;
using FogInfra.Embedded.Simulator.CustomResources;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>
/// Writes objects by the API's rules: reading, defaults, ownership of fields, validation, allocation, storage. HTTP requests and controllers go the same way.
/// </summary>
internal sealed partial class ObjectWriter(ObjectStore store, ClusterKinds kinds, RulesOfKinds rules, NameSuffixes suffixes, TimeProvider time)
{
    /// <summary>Creates an object.</summary>
    /// <exception cref="StatusException">The API refuses it.</exception>
    public WriteResult Create(ResourceKind kind, string space, JsonMap body, WriteOptions options)
    {
        var (value, warnings) = BodyReading.Read(kind, body, options);
        if (value.Metadata.Text("resourceVersion") is { Length: > 0 }) throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        value = Defaulted(kind, WithoutStatus(kind, InNamespace(kind, value, space)));
        return Store(kind, FieldOwnership.Update(null, value, kind, Manager(kind, options), Now()), warnings, options);
    }

    /// <summary>Changes an object.</summary>
    /// <param name="kind">Its kind, in the version in which it is changed.</param>
    /// <param name="key">Its namespace and name.</param>
    /// <param name="options">How.</param>
    /// <param name="change">Makes the new object from the one that is there; called again when another writer was faster.</param>
    /// <exception cref="StatusException">There is no such object, or the API refuses the change.</exception>
    public WriteResult Update(ResourceKind kind, ObjectKey key, WriteOptions options, Func<JsonMap, JsonMap> change)
    {
        while (true)
        {
            var stored = store.Find(kind.Resource, key) ?? throw ApiErrors.NotFound(kind.Resource, key.Name);
            var current = ObjectVersions.FromStorage(stored.Value, kind);
            var changed = change(current);
            if (ReferenceEquals(changed, current)) return new WriteResult(current, stored, IsNew: false, []);
            var (next, warnings) = BodyReading.Read(kind, changed, options);
            CheckIdentity(kind, next, current);
            next = Defaulted(kind, Scoped(kind, next, current, options.Subresource));
            next = FieldOwnership.Update(current, next, kind, Manager(kind, options), Now());
            if (Replace(kind, stored, next, warnings, options) is { } result) return result;
        }
    }

    /// <summary>Applies an object, as server-side apply does; creates it when there is none.</summary>
    /// <param name="kind">Its kind, in the version in which it is applied.</param>
    /// <param name="key">Its namespace and name.</param>
    /// <param name="body">The fields that the manager wants.</param>
    /// <param name="force">Whether to take fields from other managers.</param>
    /// <param name="options">How.</param>
    /// <exception cref="StatusException">The API refuses it, or other managers own fields that it would change.</exception>
    public WriteResult Apply(ResourceKind kind, ObjectKey key, JsonMap body, bool force, WriteOptions options)
    {
        if (body.Metadata["managedFields"] is JsonList { Count: > 0 }) throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        var applied = ReadApplied(kind, key, body, options);
        var manager = Manager(kind, options) with { IsApply = true, ApiVersion = "" };
        while (true)
        {
            var stored = store.Find(kind.Resource, key);
            var current = stored is null ? null : ObjectVersions.FromStorage(stored.Value, kind);
            if (current is null && options.Subresource.Length > 0) throw ApiErrors.NotFound(kind.Resource, key.Name);
            if (current is null && applied.Uid.Length > 0) throw ApiErrors.Conflict(kind.Resource, key.Name, "uid mismatch: the provided object specified uid, and no existing object was found");
            if (current is not null) CheckIdentity(kind, applied, current);

            var next = Defaulted(kind, Merge(kind, key, current, applied, manager, force));
            if (stored is null) return Store(kind, next, [], options);
            next = Scoped(kind, next, current!, options.Subresource);
            if (Replace(kind, stored, next, [], options) is { } result) return result;
        }
    }

    private JsonMap Merge(ResourceKind kind, ObjectKey key, JsonMap? current, JsonMap applied, FieldManagerId manager, bool force)
    {
        try
        {
            return FieldOwnership.Apply(current, applied, kind, manager, force, Now()) switch
            {
                ApplyOutcome.Applied outcome => outcome.Value,
                ApplyOutcome.Conflicted outcome => throw ApiErrors.ApplyConflict(outcome.Conflicts),
                _ => throw new InvalidOperationException("An apply ends with an object or with conflicts."),
            };
        }
        catch (ApplyException error)
        {
            throw ApiErrors.Unappliable(kind, key, error.Message);
        }
    }

    private static JsonMap ReadApplied(ResourceKind kind, ObjectKey key, JsonMap body, WriteOptions options)
    {
        var (read, unknown) = BodyReading.Read(kind, body, options with { Validation = FieldValidation.Warn, Duplicates = [] });
        if (unknown.Count > 0)
        {
            var path = unknown[0].Split('"')[1];
            throw ApiErrors.Unappliable(kind, key, $".{path}: field not declared in schema");
        }
        if (options.Validation == FieldValidation.Strict && options.Duplicates.Count > 0)
        {
            throw ApiErrors.Undecodable(kind, "strict decoding error: " + string.Join(", ", options.Duplicates.Select(path => $"duplicate field \"{path}\"")));
        }
        if (read.Name.Length > 0 && read.Name != key.Name) throw NameMismatch(read.Name, key.Name);
        var applied = InNamespace(kind, read.Set(key.Name, "metadata", "name"), key.Namespace);
        return options.Subresource == "status"
            ? JsonMap.Of(("apiVersion", applied["apiVersion"]), ("kind", applied["kind"]), ("metadata", applied["metadata"]), ("status", applied["status"]))
            : WithoutStatus(kind, applied);
    }

    private static StatusException NameMismatch(string given, string expected) =>
        ApiErrors.BadRequest($"the name of the object ({given}) does not match the name on the URL ({expected})");

    private static JsonMap InNamespace(ResourceKind kind, JsonMap value, string space)
    {
        if (!kind.Namespaced) return value.Namespace.Length == 0 ? value : value.Remove("metadata", "namespace");
        if (value.Namespace.Length > 0 && value.Namespace != space) throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        return value.Namespace == space ? value : value.Set(space, "metadata", "namespace");
    }

    private static void CheckIdentity(ResourceKind kind, JsonMap given, JsonMap current)
    {
        if (given.Name != current.Name) throw NameMismatch(given.Name, current.Name);
        if (given.Namespace != current.Namespace && given.Namespace.Length > 0) throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        if (given.Uid.Length > 0 && given.Uid != current.Uid)
        {
            throw ApiErrors.Conflict(kind.Resource, current.Name, $"Precondition failed: UID in precondition: {given.Uid}, UID in object meta: {current.Uid}");
        }
        if (given.Metadata.Text("resourceVersion") is { Length: > 0 } version && version != current.Metadata.Text("resourceVersion"))
        {
            throw ApiErrors.Conflict(kind.Resource, current.Name);
        }
    }

    // What the object itself and its subresources may change of each other.
    private static JsonMap Scoped(ResourceKind kind, JsonMap next, JsonMap current, string subresource)
    {
        if (subresource == "status")
        {
            var metadata = kind.Custom is null ? current.Metadata.With("annotations", next.Metadata["annotations"]) : current.Metadata;
            return current.With("status", next["status"]).With("metadata", metadata.With("managedFields", next.Metadata["managedFields"]));
        }
        var scoped = MetadataRules.ForUpdate(next, current);
        if (scoped.Namespace != current.Namespace) scoped = scoped.Set(current.Metadata["namespace"], "metadata", "namespace");
        return kind.HasStatus ? scoped.With("status", current["status"]) : scoped;
    }

    private static JsonMap WithoutStatus(ResourceKind kind, JsonMap value) => kind.HasStatus && kind.Resource != Resources.Nodes ? value.Without("status") : value;

    private static FieldManagerId Manager(ResourceKind kind, WriteOptions options) => new(options.FieldManager, IsApply: false, kind.ApiVersion, options.Subresource);

    private JsonMap Defaulted(ResourceKind kind, JsonMap value)
    {
        if (kind.Custom is not null) return CustomDefaults.Apply(value, kind.Schema);
        return kind.Version == kind.StorageVersion ? rules.Of(kind).Default(value) : value;
    }

    private string Now() => KubernetesTime.Format(time.GetUtcNow());
}
