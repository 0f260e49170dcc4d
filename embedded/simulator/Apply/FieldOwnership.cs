using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>What a write does to an object's fields and their owners: the rules of server-side apply.</summary>
internal static class FieldOwnership
{
    private const string ClientSideApply = "kubectl-client-side-apply";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    // Identity and bookkeeping have no owner.
    private static readonly FieldSet Unowned = new[]
    {
        "creationTimestamp", "generation", "managedFields", "name", "namespace", "resourceVersion", "selfLink", "uid",
    }.Aggregate(
        FieldSet.OfPath("f:apiVersion").Union(FieldSet.OfPath("f:kind")).Union(FieldSet.OfPath("f:metadata")),
        (all, name) => all.Union(FieldSet.OfPath("f:metadata", PathElements.Field(name))));

    /// <summary>Gives the fields that a create, update or patch has written to its manager.</summary>
    /// <param name="live">The object before; null when it is new.</param>
    /// <param name="next">The object after.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="manager">Who wrote.</param>
    /// <param name="time">When, in the form of Kubernetes.</param>
    /// <returns>The object after, with its owners.</returns>
    public static JsonMap Update(JsonMap? live, JsonMap next, ResourceKind kind, FieldManagerId manager, string time)
    {
        var skeleton = kind.Custom is null ? ObjectSkeleton.Of(kind.Schema) : JsonMap.Empty;
        var before = ObjectSkeleton.Complete(live ?? JsonMap.Empty, skeleton);
        var after = ObjectSkeleton.Complete(next, skeleton);
        var owners = OwnersAfterUpdate(live, next);
        try
        {
            var comparison = FieldComparison.Of(WithoutOwners(before), WithoutOwners(after), kind.Schema);
            owners = owners.ChangeOthers(manager, fields => fields.Except(comparison.Written).Except(comparison.Removed));
            var own = owners[manager].Except(comparison.Removed).Union(comparison.Written).Except(Unowned);
            return WithOwners(next, owners.With(manager, kind.ApiVersion, own, time));
        }
        catch (ApplyException)
        {
            return WithOwners(next, owners); // A stored list with missing keys has items that nobody can own; the write itself stands.
        }
    }

    /// <summary>Applies an object.</summary>
    /// <param name="live">The object before; null when it is new.</param>
    /// <param name="applied">The fields that the manager wants.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="manager">Who applies.</param>
    /// <param name="force">Whether to take fields from other managers.</param>
    /// <param name="time">When, in the form of Kubernetes.</param>
    /// <returns>The object after, with its owners; or the conflicts, when there are some and force was not given.</returns>
    /// <exception cref="ApplyException">The applied object does not fit the schema.</exception>
    public static ApplyOutcome Apply(JsonMap? live, JsonMap applied, ResourceKind kind, FieldManagerId manager, bool force, string time)
    {
        var before = WithoutOwners(live ?? Identity(applied));
        var owners = OwnersOf(live);
        var wanted = FieldsOf.Value(applied, kind.Schema).Except(Unowned);
        var last = owners[manager];
        var merged = (JsonMap)FieldMerge.Apply(before, applied, kind.Schema);
        owners = owners.With(manager, kind.ApiVersion, wanted, time);

        var given = FieldRemoval.WithDeclaredMembers(last, kind.Schema).Except(FieldRemoval.WithDeclaredMembers(owners.Union(), kind.Schema));
        var next = FieldRemoval.Remove(merged, given, kind.Schema) as JsonMap ?? JsonMap.Empty;

        var comparison = FieldComparison.Of(before, next, kind.Schema);
        var conflicts = owners.Entries
            .Where(entry => entry.Manager != manager)
            .Select(entry => (entry.Manager, Fields: entry.Fields.Intersect(comparison.Written)))
            .Where(conflict => !conflict.Fields.IsEmpty)
            .ToList();
        if (!force && conflicts.Exists(conflict => !IsMigration(conflict.Manager, manager, live)))
        {
            return new ApplyOutcome.Conflicted([.. conflicts.SelectMany(conflict => conflict.Fields.Paths().Select(path => new ApplyConflict(conflict.Manager, PathElements.ToText(path))))]);
        }
        owners = owners.ChangeOthers(manager, fields => fields.Except(comparison.Written).Except(comparison.Removed));
        return new ApplyOutcome.Applied(WithOwners(next, owners));
    }

    /// <summary>The object with its owners written into it.</summary>
    private static JsonMap WithOwners(JsonMap value, ManagedFields owners)
    {
        var list = owners.Write();
        if (list.Count == 0) return value.Remove("metadata", "managedFields");
        return list.Equals(value.At("metadata", "managedFields")) ? value : value.Set(list, "metadata", "managedFields");
    }

    private static JsonMap WithoutOwners(JsonMap value) => value.Remove("metadata", "managedFields");

    private static ManagedFields OwnersOf(JsonMap? value) => ManagedFields.Read(value?.List("metadata", "managedFields") ?? JsonList.Empty) ?? ManagedFields.None;

    // A writer may edit the owners themselves; one empty entry resets them; an empty or malformed list leaves them as they were.
    private static ManagedFields OwnersAfterUpdate(JsonMap? live, JsonMap next)
    {
        var given = next.List("metadata", "managedFields");
        if (given is [JsonMap { Count: 0 }]) return ManagedFields.None;
        return ManagedFields.Read(given) is { Entries.Count: > 0 } owners ? owners : OwnersOf(live);
    }

    // kubectl moving from client-side to server-side apply: it already owns what it wrote by the other way.
    private static bool IsMigration(FieldManagerId owner, FieldManagerId applier, JsonMap? live) =>
        applier.Name == "kubectl" && owner is { Name: ClientSideApply, IsApply: false } && live?.Annotations.Text(LastApplied) is not null;

    private static JsonMap Identity(JsonMap applied) => JsonMap.Of(("apiVersion", applied["apiVersion"]), ("kind", applied["kind"]), ("metadata", JsonMap.Of(
        ("name", applied.Metadata["name"]), ("namespace", applied.Metadata["namespace"]))));
}

/// <summary>A field that another manager owns.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Path">Its path.</param>
internal sealed record ApplyConflict(FieldManagerId Owner, string Path);

/// <summary>What came of an apply.</summary>
internal abstract record ApplyOutcome
{
    /// <summary>The object after it.</summary>
    public sealed record Applied(JsonMap Value) : ApplyOutcome;

    /// <summary>Other managers own fields that would change.</summary>
    public sealed record Conflicted(IReadOnlyList<ApplyConflict> Conflicts) : ApplyOutcome;
}
