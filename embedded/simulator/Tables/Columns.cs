using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>The parts that columns are made of.</summary>
internal static class Columns
{
    /// <summary>What a cell without a value shows.</summary>
    public const string None = "<none>";

    public static TableColumn Name { get; } = Text("Name", cell => cell.Value.Name);

    public static TableColumn Age { get; } = Text("Age", cell => cell.Since(cell.Value.Metadata.Text("creationTimestamp")));

    public static TableColumn CreatedAt { get; } = new("Created At", "date", cell => cell.Value.Metadata["creationTimestamp"] ?? "");

    /// <summary>The columns of kinds that nobody has given others.</summary>
    public static IReadOnlyList<TableColumn> NameAndAge { get; } = [Name, Age];

    /// <summary>A column of texts.</summary>
    public static TableColumn Text(string name, Func<CellContext, string> cell) => new(name, "string", context => cell(context));

    /// <summary>A column of the text at a path.</summary>
    public static TableColumn TextAt(string name, params string[] path) => Text(name, cell => cell.Value.At(path) switch
    {
        null => "",
        JsonText text => text.Value,
        var other => other.ToString(),
    });

    /// <summary>A column of whole numbers.</summary>
    public static TableColumn Number(string name, Func<CellContext, long> cell) => new(name, "integer", context => cell(context));

    /// <summary>A column of the whole number at a path; 0 where there is none.</summary>
    public static TableColumn NumberAt(string name, params string[] path) => Number(name, cell => cell.Value.Long(path) ?? 0);

    /// <summary>The column, shown by wide output only.</summary>
    public static TableColumn Wide(this TableColumn column) => column with { IsWide = true };

    /// <summary>The wide columns of the containers of a pod template.</summary>
    public static IEnumerable<TableColumn> Containers(params string[] spec) =>
    [
        Text("Containers", cell => Join(cell.Value.Map(spec).Maps("containers").Select(container => container.Text("name")))).Wide(),
        Text("Images", cell => Join(cell.Value.Map(spec).Maps("containers").Select(container => container.Text("image")))).Wide(),
    ];

    /// <summary>The wide column of a label selector.</summary>
    public static TableColumn Selector(params string[] path) => Text("Selector", cell => OrNone(LabelSelector.Read(cell.Value.At(path)).ToString())).Wide();

    /// <summary>Texts with commas between.</summary>
    public static string Join(IEnumerable<string?> texts) => string.Join(',', texts.Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>The text, or what stands for none.</summary>
    public static string OrNone(string? text) => string.IsNullOrEmpty(text) ? None : text;

    /// <summary>Labels as a text.</summary>
    public static string Labels(JsonMap labels) => OrNone(string.Join(',', labels.Texts().OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")));
}
