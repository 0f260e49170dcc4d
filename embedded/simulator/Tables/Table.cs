using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>A column that kubectl shows of a kind.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c> or <c>date</c>.</param>
/// <param name="Cell">Makes the value of an object's cell.</param>
internal sealed record TableColumn(string Name, string Type, Func<CellContext, JsonData> Cell)
{
    /// <summary>Whether only wide output shows it.</summary>
    public bool IsWide { get; init; }
}

/// <summary>What a cell is made from.</summary>
/// <param name="Value">The object.</param>
/// <param name="Now">The time, for ages.</param>
internal readonly record struct CellContext(JsonMap Value, DateTimeOffset Now)
{
    /// <summary>How long ago a time was, as kubectl shows it.</summary>
    public string Since(string? time) => KubernetesTime.Parse(time) is { } then ? HumanDuration.Format(Now - then) : "<unknown>";
}

/// <summary>Objects as a table, which is what kubectl prints.</summary>
internal static class Table
{
    /// <summary>The table of some objects.</summary>
    /// <param name="columns">The kind's columns.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="listMetadata">The metadata of the list; null for a single object.</param>
    /// <param name="include">Whether rows carry <c>Object</c>, <c>Metadata</c> or <c>None</c> of their object.</param>
    /// <param name="withHeadings">Whether to describe the columns; in a watch only the first event does.</param>
    /// <param name="now">The time, for ages.</param>
    public static JsonMap Of(IReadOnlyList<TableColumn> columns, IEnumerable<JsonMap> objects, JsonMap? listMetadata, string include, bool withHeadings, DateTimeOffset now)
    {
        var rows = objects.Select(value => JsonMap.Of(
            ("cells", JsonList.From(columns.Select(column => column.Cell(new CellContext(value, now))))),
            ("object", include switch { "Object" => value, "None" => null, _ => PartialMetadata(value) })));
        return JsonMap.Of(
            ("kind", "Table"),
            ("apiVersion", "meta.k8s.io/v1"),
            ("metadata", listMetadata ?? JsonMap.Empty),
            ("columnDefinitions", withHeadings ? JsonList.From(columns.Select(Heading)) : JsonList.Empty),
            ("rows", JsonList.From(rows)));
    }

    /// <summary>An object's metadata alone, as a kind of its own.</summary>
    public static JsonMap PartialMetadata(JsonMap value) =>
        JsonMap.Of(("kind", "PartialObjectMetadata"), ("apiVersion", "meta.k8s.io/v1"), ("metadata", value.Metadata));

    private static JsonMap Heading(TableColumn column) => JsonMap.Of(
        ("name", column.Name), ("type", column.Type), ("format", column.Name == "Name" ? "name" : ""), ("description", ""), ("priority", column.IsWide ? 1 : 0));
}
