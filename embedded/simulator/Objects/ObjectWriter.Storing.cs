using System.Globalization;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <content>The second half of a write: what the server decides, validation and storage.</content>
internal sealed partial class ObjectWriter
{
    private const int LongestGeneratedBase = 58;
    private const int NameAttempts = 8;


    private WriteResult Store(ResourceKind kind, JsonMap owned, IReadOnlyList<string> warnings, WriteOptions options)
    {
        var mustGenerate = owned.Name.Length == 0 && owned.Metadata.Text("generateName") is { Length: > 0 };
        for (var attempt = 1; ; attempt++)
        {
            var value = mustGenerate ? owned.Set(Generate(owned.Metadata.Text("generateName")!), "metadata", "name") : owned;
            value = MetadataRules.ForCreate(value, kind, suffixes.NextUid(), Now());
            var ruled = rules.Of(kind);
            var storage = ObjectVersions.ToStorage(value, kind, current: null);
            storage = ruled.PrepareForCreate(ReferenceEquals(storage, value) ? storage : ruled.Default(storage));

            CheckNamespace(kind, storage);
            Check(kind, storage, [.. MetadataRules.Validate(storage, ruled), .. ruled.Validate(storage), .. SchemaFaults(kind, value)]);
            var key = new ObjectKey(storage.Namespace, storage.Name);
            if (store.Find(kind.Resource, key) is null)
            {
                if (QuotaRules.Excess(kind, storage, store, kinds.Current) is { } excess) throw ApiErrors.Forbidden(kind.Resource, key.Name, excess);
                if (options.DryRun) return new WriteResult(ObjectVersions.FromStorage(storage, kind), Stored: null, IsNew: true, warnings);
                storage = Allocated(kind, storage, current: null);
                if (store.Add(kind.Resource, key, storage) is { } stored) return new WriteResult(ObjectVersions.FromStorage(stored.Value, kind), stored, IsNew: true, warnings);
            }
            if (!mustGenerate || attempt == NameAttempts) throw ApiErrors.AlreadyExists(kind.Resource, key.Name);
        }
    }

    /// <summary>Null when another writer was faster.</summary>
    private WriteResult? Replace(ResourceKind kind, StoredObject stored, JsonMap owned, IReadOnlyList<string> warnings, WriteOptions options)
    {
        var (current, ruled) = (stored.Value, rules.Of(kind));
        var storage = ObjectVersions.ToStorage(owned, kind, current);
        if (options.Subresource is "" or "scale")
        {
            if (!ReferenceEquals(storage, owned)) storage = ruled.Default(storage);
            storage = MetadataRules.WithGeneration(ruled.PrepareForUpdate(storage, current), current, kind);
            Check(kind, storage,
            [
                .. MetadataRules.ValidateUpdate(storage, current), .. ruled.ValidateUpdate(storage, current), .. MetadataRules.Validate(storage, ruled),
                .. ruled.Validate(storage), .. SchemaFaults(kind, owned),
            ]);
        }
        else if (kind.Custom is not null)
        {
            Check(kind, storage, SchemaFaults(kind, owned));
        }
        if (storage.Equals(current)) return new WriteResult(ObjectVersions.FromStorage(current, kind), stored, IsNew: false, warnings);
        if (options.DryRun) return new WriteResult(ObjectVersions.FromStorage(storage, kind), Stored: null, IsNew: false, warnings);
        if (DeletionRules.MayBeRemoved(storage))
        {
            return store.Remove(stored) is null ? null : new WriteResult(ObjectVersions.FromStorage(storage, kind), Stored: null, IsNew: false, warnings);
        }
        var replaced = store.Replace(stored, Allocated(kind, storage, current));
        return replaced is null ? null : new WriteResult(ObjectVersions.FromStorage(replaced.Value, kind), replaced, IsNew: false, warnings);
    }

    private static IReadOnlyList<FieldError> SchemaFaults(ResourceKind kind, JsonMap value) =>
        kind.Custom is null ? SchemaValidation.BuiltIn(value, kind.Schema) : SchemaValidation.Custom(value, kind.Schema);

    private static void Check(ResourceKind kind, JsonMap value, IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0) throw ApiErrors.Invalid(kind, value.Name, [.. errors.DistinctBy(error => (error.Field, error.Reason))]);
    }

    private JsonMap Allocated(ResourceKind kind, JsonMap value, JsonMap? current)
    {
        var errors = new List<FieldError>();
        var allocated = rules.Of(kind).Allocate(value, current, errors);
        Check(kind, value, errors);
        return allocated;
    }

    private void CheckNamespace(ResourceKind kind, JsonMap value)
    {
        if (!kind.Namespaced) return;
        var space = store.Find(Resources.Namespaces, new ObjectKey("", value.Namespace)) ?? throw ApiErrors.NotFound(Resources.Namespaces, value.Namespace);
        if (!space.Value.IsDeleting) return;
        throw ApiErrors.Forbidden(kind.Resource, value.Name, $"unable to create new content in namespace {value.Namespace} because it is being terminated", JsonMap.Of(
            ("reason", "NamespaceTerminating"), ("message", string.Create(CultureInfo.InvariantCulture, $"namespace {value.Namespace} is being terminated")), ("field", "metadata.namespace")));
    }

    private string Generate(string start) => (start.Length > LongestGeneratedBase ? start[..LongestGeneratedBase] : start) + suffixes.Next();
}
