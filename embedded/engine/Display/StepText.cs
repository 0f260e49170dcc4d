using FogInfra.Embedded.Engine.Steps;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>The words and signs by which people know operations.</summary>
internal static class StepText
{
    /// <summary>The sign before a resource: two characters.</summary>
    public static string Sign(StepOp op) => op switch
    {
        StepOp.Create => "+ ",
        StepOp.Update or StepOp.Refresh => "~ ",
        StepOp.Delete => "- ",
        StepOp.Replace => "+-",
        StepOp.CreateReplacement => "++",
        StepOp.DeleteReplaced => "--",
        StepOp.Read => "> ",
        StepOp.ReadReplacement => ">>",
        StepOp.ReadDiscard => "< ",
        StepOp.DiscardReplaced => "<<",
        StepOp.Import => "= ",
        StepOp.ImportReplacement => "=>",
        _ => "  ",
    };

    /// <summary>The operation in a preview.</summary>
    public static string Planned(StepOp op) => op switch
    {
        StepOp.Same => "",
        StepOp.CreateReplacement => "create replacement",
        StepOp.DeleteReplaced => "delete original",
        StepOp.ReadReplacement => "read for replacement",
        StepOp.DiscardReplaced => "discard original",
        StepOp.ImportReplacement => "import replacement",
        _ => op.Name(),
    };

    /// <summary>The operation while it runs.</summary>
    public static string Running(StepOp op) => op switch
    {
        StepOp.Same => "running",
        StepOp.Create => "creating",
        StepOp.Update => "updating",
        StepOp.Delete => "deleting",
        StepOp.Replace => "replacing",
        StepOp.CreateReplacement => "creating replacement",
        StepOp.DeleteReplaced => "deleting original",
        StepOp.Read => "reading",
        StepOp.ReadReplacement => "reading for replacement",
        StepOp.Refresh => "refreshing",
        StepOp.ReadDiscard => "discarding",
        StepOp.DiscardReplaced => "discarding original",
        StepOp.Import => "importing",
        StepOp.ImportReplacement => "importing replacement",
        _ => op.Name(),
    };

    /// <summary>The operation when it is done.</summary>
    public static string Done(StepOp op) => op switch
    {
        StepOp.Same => "",
        StepOp.Create => "created",
        StepOp.Update => "updated",
        StepOp.Delete => "deleted",
        StepOp.Replace => "replaced",
        StepOp.CreateReplacement => "created replacement",
        StepOp.DeleteReplaced => "deleted original",
        StepOp.Read => "read",
        StepOp.ReadReplacement => "read for replacement",
        StepOp.Refresh => "refreshed",
        StepOp.ReadDiscard => "discarded",
        StepOp.DiscardReplaced => "discarded original",
        StepOp.Import => "imported",
        StepOp.ImportReplacement => "imported replacement",
        _ => op.Name(),
    };

    /// <summary>The line of the summary for a kind of operation.</summary>
    /// <param name="name">The operation's name.</param>
    /// <param name="count">How many there were.</param>
    /// <param name="isPreview">They were only foretold.</param>
    public static string Summary(string name, int count, bool isPreview)
    {
        var op = Enum.GetValues<StepOp>().First(candidate => candidate.Name() == name);
        return op == StepOp.Same ? $"{count} unchanged"
            : isPreview ? $"{Sign(op).Trim()} {count} to {Planned(op)}"
            : $"{Sign(op).Trim()} {count} {Done(op)}";
    }
}
