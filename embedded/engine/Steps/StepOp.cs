namespace FogInfra.Embedded.Engine.Steps;

/// <summary>What a step does to a resource.</summary>
internal enum StepOp
{
    /// <summary>Nothing changes.</summary>
    Same,

    /// <summary>A new resource is created.</summary>
    Create,

    /// <summary>A resource is changed in place.</summary>
    Update,

    /// <summary>A resource is deleted.</summary>
    Delete,

    /// <summary>A resource is replaced: the step that stands for the whole.</summary>
    Replace,

    /// <summary>The new half of a replacement.</summary>
    CreateReplacement,

    /// <summary>The old half of a replacement.</summary>
    DeleteReplaced,

    /// <summary>A resource that is managed elsewhere is read.</summary>
    Read,

    /// <summary>A resource that is read takes the place of one that was managed.</summary>
    ReadReplacement,

    /// <summary>A resource is compared with what the provider says of it.</summary>
    Refresh,

    /// <summary>A resource that was read is forgotten.</summary>
    ReadDiscard,

    /// <summary>A resource that was read and replaced is forgotten.</summary>
    DiscardReplaced,

    /// <summary>A resource that was deleted to be replaced is not coming back.</summary>
    RemovePendingReplace,

    /// <summary>A resource that exists comes under management.</summary>
    Import,

    /// <summary>A resource that exists takes the place of one that was managed.</summary>
    ImportReplacement,
}

/// <summary>Facts about operations.</summary>
internal static class StepOps
{
    /// <summary>The operation's name in events, state and counts.</summary>
    public static string Name(this StepOp op) => op switch
    {
        StepOp.Same => "same",
        StepOp.Create => "create",
        StepOp.Update => "update",
        StepOp.Delete => "delete",
        StepOp.Replace => "replace",
        StepOp.CreateReplacement => "create-replacement",
        StepOp.DeleteReplaced => "delete-replaced",
        StepOp.Read => "read",
        StepOp.ReadReplacement => "read-replacement",
        StepOp.Refresh => "refresh",
        StepOp.ReadDiscard => "discard",
        StepOp.DiscardReplaced => "discard-replaced",
        StepOp.RemovePendingReplace => "remove-pending-replace",
        StepOp.Import => "import",
        _ => "import-replacement",
    };

    /// <summary>The operation counts, and is what a user thinks of as one change; the halves of a replacement are not.</summary>
    public static bool IsLogical(this StepOp op) =>
        op is StepOp.Same or StepOp.Create or StepOp.Update or StepOp.Delete or StepOp.Replace or StepOp.Read or StepOp.ReadDiscard or StepOp.Import;

    /// <summary>The operation takes a resource away.</summary>
    public static bool IsDelete(this StepOp op) =>
        op is StepOp.Delete or StepOp.DeleteReplaced or StepOp.ReadDiscard or StepOp.DiscardReplaced or StepOp.RemovePendingReplace;

    /// <summary>The operation counts as a change where no changes were expected.</summary>
    public static bool IsChange(this StepOp op) =>
        op is not (StepOp.Same or StepOp.Read or StepOp.ReadDiscard or StepOp.ReadReplacement);
}
