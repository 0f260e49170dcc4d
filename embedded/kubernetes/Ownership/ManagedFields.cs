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
    /// hold on the same fields is taken away, as on those that the inputs had before: a port that a person changed is among them after a
    /// refresh. Only then does leaving a field out of an apply remove it. Other fields that only kubectl wrote stay kubectl's, so that for
    /// example the annotation of a restart outlives the next update.
    /// </summary>
    /// <param name="entries">The entries.</param>
    /// <param name="own">Our manager.</param>
    /// <param name="formerInputs">What the inputs were before, as of the last refresh.</param>
    /// <returns>The new entries, or null when there is nothing to do.</returns>
    public static ImmutableArray<ManagedFieldsEntry>? Migrated(ImmutableArray<ManagedFieldsEntry> entries, string own, PropertyMap formerInputs)
    {
        var mine = entries.Where(entry => entry is { Subresource: "" } && IsMine(entry.Manager, own)).ToList();
        var yielding = entries.Except(mine).Where(entry => entry.Subresource == "" && FieldManager.MayBeTakenFrom(entry.Manager, own)).ToList();
        var fields = mine.Select(entry => entry.Fields).Concat(yielding.Select(entry => entry.Fields.Within(formerInputs)))
            .Aggregate(FieldSet.Empty, (all, more) => all.Union(more));
        if (fields.IsEmpty)
        {
            return null;
        }

        var applied = mine.Concat(yielding).First().With(fields);
        applied = applied with
        {
            Manager = own,
            Operation = "Apply",
            Entry = applied.Entry.With("manager", own).With("operation", "Apply"),
        };
        var others = entries.Except(mine)
            .Select(entry => yielding.Contains(entry) ? entry.With(entry.Fields.Without(fields)) : entry)
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
