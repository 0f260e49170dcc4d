using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>The columns that custom resource definitions ask for.</summary>
internal static class CustomColumns
{
    /// <summary>A column of a definition.</summary>
    public static TableColumn Of(PrinterColumn column) => new(column.Name, column.Type, cell => Cell(column, cell)) { IsWide = column.Priority > 0 };

    private static JsonData Cell(PrinterColumn column, CellContext cell)
    {
        var found = SimpleJsonPath.Find(cell.Value, column.Path);
        if (found.Count == 0) return column.Type == "date" ? "<unknown>" : JsonData.Null;
        return column.Type switch
        {
            "date" => cell.Since(found[0].AsText),
            "string" => string.Join(',', found.Select(value => value.AsText ?? value.ToString())),
            _ => found[0],
        };
    }
}
