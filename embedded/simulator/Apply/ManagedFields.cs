using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>Who wrote fields, and how. Two writes by the same one are kept together.</summary>
/// <param name="Name">The field manager's name.</param>
/// <param name="IsApply">Whether it applied them, and so answers for them, or merely wrote them.</param>
/// <param name="ApiVersion">The version of the API it wrote in; empty for appliers, who have one set whatever the version.</param>
/// <param name="Subresource">The subresource it wrote to; empty for the object itself.</param>
internal sealed record FieldManagerId(string Name, bool IsApply, string ApiVersion, string Subresource);

/// <summary>The fields of one manager.</summary>
/// <param name="Manager">Who.</param>
/// <param name="ApiVersion">The version of the API it last wrote in.</param>
/// <param name="Time">When the set last changed.</param>
/// <param name="Fields">The fields.</param>
internal sealed record ManagedFieldsEntry(FieldManagerId Manager, string ApiVersion, string? Time, FieldSet Fields);

/// <summary>The owners of an object's fields, as <c>metadata.managedFields</c> keeps them. Immutable.</summary>
internal sealed class ManagedFields
{
    private const int MostUpdaters = 10;
    private const string Ancient = "ancient-changes";

    private ManagedFields(IReadOnlyList<ManagedFieldsEntry> entries) => Entries = entries;

    /// <summary>No owners.</summary>
    public static ManagedFields None { get; } = new([]);

    /// <summary>The owners and their fields; none is without fields.</summary>
    public IReadOnlyList<ManagedFieldsEntry> Entries { get; }

    /// <summary>The fields of one manager.</summary>
    public FieldSet this[FieldManagerId manager] => Find(manager)?.Fields ?? FieldSet.Empty;

    /// <summary>Reads the list of an object; null when it is not in the form that Kubernetes writes.</summary>
    public static ManagedFields? Read(JsonList list)
    {
        var entries = new List<ManagedFieldsEntry>(list.Count);
        foreach (var item in list.Maps())
        {
            if (item.Text("operation") is not ("Apply" or "Update") || item.Text("fieldsType") is not "FieldsV1") return null;
            if (FieldSetJson.Read(item["fieldsV1"]) is not { } fields) return null;
            var (apply, version) = (item.Text("operation") == "Apply", item.Text("apiVersion") ?? "");
            var manager = new FieldManagerId(item.Text("manager") ?? "", apply, apply ? "" : version, item.Text("subresource") ?? "");
            if (!fields.IsEmpty) entries.Add(new ManagedFieldsEntry(manager, version, item.Text("time"), fields));
        }
        return new ManagedFields(entries);
    }

    /// <summary>The list as objects have it: appliers first, then by time.</summary>
    public JsonList Write() => JsonList.From(Entries
        .OrderBy(entry => entry.Manager.IsApply ? 0 : 1).ThenBy(entry => entry.Time, StringComparer.Ordinal)
        .ThenBy(entry => entry.Manager.Name, StringComparer.Ordinal).ThenBy(entry => entry.ApiVersion, StringComparer.Ordinal)
        .Select(entry => JsonMap.Of(
            ("manager", entry.Manager.Name),
            ("operation", entry.Manager.IsApply ? "Apply" : "Update"),
            ("apiVersion", entry.ApiVersion),
            ("time", entry.Time),
            ("fieldsType", "FieldsV1"),
            ("fieldsV1", FieldSetJson.Write(entry.Fields)),
            ("subresource", entry.Manager.Subresource.Length == 0 ? null : entry.Manager.Subresource))));

    /// <summary>One manager's entry, or null.</summary>
    public ManagedFieldsEntry? Find(FieldManagerId manager) => Entries.FirstOrDefault(entry => entry.Manager == manager);

    /// <summary>The owners with one manager's fields set; its time stays when its fields do.</summary>
    public ManagedFields With(FieldManagerId manager, string apiVersion, FieldSet fields, string time)
    {
        var others = Entries.Where(entry => entry.Manager != manager);
        if (fields.IsEmpty) return new ManagedFields([.. others]);
        if (Find(manager) is not { } current) return new ManagedFields([.. others, new ManagedFieldsEntry(manager, apiVersion, time, fields)]).Capped();
        if (current.ApiVersion == apiVersion && current.Fields.SetEquals(fields)) return this;
        return new ManagedFields([.. Entries.Select(entry => entry.Manager == manager ? new ManagedFieldsEntry(manager, apiVersion, time, fields) : entry)]);
    }

    /// <summary>The owners with every other manager's fields passed through a function.</summary>
    public ManagedFields ChangeOthers(FieldManagerId manager, Func<FieldSet, FieldSet> change) => new([.. Entries
        .Select(entry => entry.Manager == manager ? entry : entry with { Fields = change(entry.Fields) })
        .Where(entry => !entry.Fields.IsEmpty)]);

    /// <summary>The fields of all managers together.</summary>
    public FieldSet Union() => Entries.Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields));

    // An object that many programs write to would grow without bound, so the oldest of those who merely wrote are put together, as Kubernetes does.
    private ManagedFields Capped()
    {
        var updaters = Entries.Where(entry => !entry.Manager.IsApply && entry.Manager.Subresource.Length == 0).OrderBy(entry => entry.Time, StringComparer.Ordinal).ToList();
        var surplus = updaters.Count - MostUpdaters;
        if (surplus <= 0) return this;
        var merged = updaters.Where(entry => entry.Manager.Name == Ancient).Concat(updaters.Where(entry => entry.Manager.Name != Ancient)).Take(surplus + 1).ToList();
        var fields = merged.Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields));
        var newest = merged[^1];
        var ancient = new ManagedFieldsEntry(newest.Manager with { Name = Ancient }, newest.ApiVersion, newest.Time, fields);
        return new ManagedFields([.. Entries.Except(merged), ancient]);
    }
}
