using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>One entry of <c>metadata.managedFields</c>.</summary>
/// <param name="Manager">Who owns the fields.</param>
/// <param name="Operation"><c>Apply</c> or <c>Update</c>.</param>
/// <param name="Subresource">The subresource that they were written by; empty for the object itself.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Entry">The whole entry.</param>
internal sealed record ManagedFieldsEntry(string Manager, string Operation, string Subresource, FieldSet Fields, PropertyMap Entry)
{
    /// <summary>The fields were written by server-side apply.</summary>
    public bool IsApply => Operation == "Apply";

    /// <summary>This entry with other fields.</summary>
    public ManagedFieldsEntry With(FieldSet fields) => this with { Fields = fields, Entry = Entry.With("fieldsV1", fields.Tree) };
}

/// <summary>Who owns which fields of an object.</summary>
internal static class ManagedFields
{
    /// <summary>Reads the entries of an object.</summary>
    public static ImmutableArray<ManagedFieldsEntry> Of(PropertyMap item) =>
        item.At("metadata", "managedFields") is PropertyValue.List list
            ? [.. list.Items.Select(entry => entry.Unwrap()).OfType<PropertyValue.Map>().Select(entry => Read(entry.Properties))]
            : [];

    /// <summary>
    /// The entries after the fields that <paramref name="own"/> wrote by other requests than apply are made those of its apply, and kubectl's
    /// hold on the same fields is taken away. Only then does leaving a field out of an apply remove it. Fields that only kubectl wrote stay
    /// kubectl's, so that for example the annotation of a restart outlives the next update.
    /// </summary>
    /// <returns>The new entries, or null when there is nothing to do.</returns>
    public static ImmutableArray<ManagedFieldsEntry>? Migrated(ImmutableArray<ManagedFieldsEntry> entries, string own)
    {
        var mine = entries.Where(entry => entry is { Subresource: "" } && IsMine(entry.Manager, own)).ToList();
        if (mine.Count == 0)
        {
            return null;
        }

        var fields = mine.Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields));
        var applied = mine[0].With(fields);
        applied = applied with
        {
            Manager = own,
            Operation = "Apply",
            Entry = applied.Entry.With("manager", own).With("operation", "Apply"),
        };
        var others = entries.Except(mine)
            .Select(entry => entry.Subresource == "" && FieldManager.MayBeTakenFrom(entry.Manager, own) ? entry.With(entry.Fields.Without(fields)) : entry)
            .Where(entry => !entry.Fields.IsEmpty);
        var migrated = (ImmutableArray<ManagedFieldsEntry>)[applied, .. others];
        return migrated.Length == entries.Length && migrated.All(entry => entries.Any(old => old.Entry.Equals(entry.Entry))) ? null : migrated;
    }

    private static bool IsMine(string manager, string own) =>
        manager == own || (FieldManager.MayBeTakenFrom(manager, own) && manager.StartsWith("pulumi", StringComparison.Ordinal));

    private static ManagedFieldsEntry Read(PropertyMap entry) => new(
        entry.GetText("manager") ?? "",
        entry.GetText("operation") ?? "",
        entry.GetText("subresource") ?? "",
        new FieldSet(entry.GetMap("fieldsV1") ?? PropertyMap.Empty),
        entry);
}
