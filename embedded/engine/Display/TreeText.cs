using System.Globalization;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Draws resources as a tree with columns: what is done, type, name, status, message.</summary>
internal static class TreeText
{
    private const string Gap = "  ";

    /// <summary>The lines of a tree.</summary>
    /// <param name="rows">The resources; the first is the root.</param>
    /// <param name="showSames">Resources that do not change are shown.</param>
    /// <param name="columns">How wide a line may be, in characters.</param>
    /// <param name="most">How many lines there may be. What is done gives way to what is not.</param>
    /// <param name="now">The time, for what is running.</param>
    /// <param name="hasColor">Lines are coloured.</param>
    public static IReadOnlyList<string> Lines(
        IReadOnlyList<ResourceRow> rows, bool showSames, int columns, int most, DateTimeOffset now, bool hasColor)
    {
        var children = ToChildren(rows);
        var shown = Shown(rows, row => showSames || row.Op != StepOp.Same || row.Message.Length > 0);
        var hidden = 0;
        if (shown.Count > most)
        {
            var all = shown.Count;
            shown = Shown(rows, row => row.State is RowState.Running or RowState.Failed && shown.Contains(row.Urn));
            hidden = all - shown.Count;
        }

        var cells = new List<Cells>();
        Add(rows[0], "", "");
        if (cells.Count > most - (hidden > 0 ? 1 : 0))
        {
            var kept = Math.Max(1, most - 1);
            hidden += cells.Count - kept;
            cells.RemoveRange(kept, cells.Count - kept);
        }

        var (typeWidth, nameWidth, statusWidth) = (cells.Max(cell => cell.Type.Length), cells.Max(cell => cell.Name.Length), cells.Max(cell => cell.Status.Length));
        var lines = cells.Select(cell => Line(cell, typeWidth, nameWidth, statusWidth, columns, hasColor)).ToList();
        if (hidden > 0)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"    … and {hidden} more"));
        }

        return lines;

        void Add(ResourceRow row, string lead, string branch)
        {
            cells.Add(new Cells(row, lead + branch + row.Urn.Type, row.Urn.Name, Status(row, now)));
            var below = children[row.Urn].Where(child => shown.Contains(child.Urn)).ToArray();
            var deeper = branch.Length == 0 ? "" : lead + (branch[0] == '├' ? "│  " : "   ");
            for (var number = 0; number < below.Length; number++)
            {
                Add(below[number], deeper, number == below.Length - 1 ? "└─ " : "├─ ");
            }
        }
    }

    private sealed record Cells(ResourceRow Row, string Type, string Name, string Status);

    // A parent that nothing is known of, as of a resource that is deleted before it, leaves its children to the root.
    private static ILookup<Urn, ResourceRow> ToChildren(IReadOnlyList<ResourceRow> rows)
    {
        var known = rows.Select(row => row.Urn).ToHashSet();
        return rows.Skip(1).ToLookup(row => row.Parent is { } parent && known.Contains(parent) && parent != row.Urn ? parent : rows[0].Urn);
    }

    // What is wanted, with all that it stands under.
    private static HashSet<Urn> Shown(IReadOnlyList<ResourceRow> rows, Predicate<ResourceRow> isWanted)
    {
        var byUrn = rows.ToDictionary(row => row.Urn);
        var shown = new HashSet<Urn> { rows[0].Urn };
        foreach (var row in rows.Where(row => isWanted(row)))
        {
            for (var at = row; shown.Add(at.Urn) && at.Parent is { } parent && byUrn.TryGetValue(parent, out var above); at = above)
            {
            }
        }

        return shown;
    }

    private static string Status(ResourceRow row, DateTimeOffset now) => row.State switch
    {
        RowState.Planned => StepText.Planned(row.Op),
        RowState.Running when row.Op == StepOp.Same => "",
        RowState.Running => StepText.Running(row.Op) + Seconds(now - row.Began),
        RowState.Done => StepText.Done(row.Op) + (row.Op == StepOp.Same ? "" : Seconds(row.Took ?? TimeSpan.Zero)),
        RowState.Failed => $"**{StepText.Running(row.Op)} failed**",
        _ => "",
    };

    private static string Seconds(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(long)time.TotalSeconds}s)");

    private static string Line(Cells cell, int typeWidth, int nameWidth, int statusWidth, int columns, bool hasColor)
    {
        var severity = cell.Row.Severity is DiagnosticSeverity.Warning or DiagnosticSeverity.Error ? EventJson.SeverityName(cell.Row.Severity) + ": " : "";
        var message = cell.Row.Message.Length == 0 ? "" : severity + cell.Row.Message;
        var line = string.Join(Gap,
            $" {StepText.Sign(cell.Row.Op)} {cell.Type.PadRight(typeWidth)}", cell.Name.PadRight(nameWidth), cell.Status.PadRight(statusWidth), message).TrimEnd();
        if (line.Length > columns)
        {
            line = line[..Math.Max(0, columns - 1)] + "…";
        }

        return hasColor && Color(cell.Row) is { } color ? $"\e[{color}m{line}\e[0m" : line;
    }

    // The colours of ECMA-48 (SGR) that people know operations by.
    private static int? Color(ResourceRow row) => row.State == RowState.Failed ? 31 : row.Op switch
    {
        StepOp.Create or StepOp.Import => 32,
        StepOp.Update or StepOp.Refresh => 33,
        StepOp.Delete or StepOp.DeleteReplaced => 31,
        StepOp.Replace or StepOp.CreateReplacement or StepOp.ImportReplacement or StepOp.ReadReplacement => 35,
        StepOp.Read => 36,
        _ => null,
    };
}
