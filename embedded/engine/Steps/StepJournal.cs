using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>What each kind of step writes to the state, before and after.</summary>
internal static class StepJournal
{
    /// <summary>The operation that is pending while the step runs; null when nothing can be left in between.</summary>
    public static PendingOperation? PendingOperation(Step step) => KindOf(step) is { } kind ? new PendingOperation(step.Resource, kind) : null;

    /// <summary>The changes of a step that was done, fully or in part.</summary>
    /// <param name="step">The step.</param>
    /// <param name="recorded">The entry that its resource has now; null for a delete.</param>
    public static IEnumerable<StateChange> ChangesOf(Step step, ResourceEntry? recorded)
    {
        // A URN that changed must be right in everything that refers to it before the resource is put in its new place.
        if (step.Old is { } old && step.New is { } wanted && old.Urn != wanted.Urn)
        {
            yield return new StateChange.Renamed(old.Urn, wanted.Urn);
        }

        if (step.OldEntry is { } entry && step.Op != StepOp.Replace)
        {
            yield return ChangeOfOld(step, entry);
        }

        if (recorded is not null)
        {
            yield return new StateChange.Recorded(recorded);
        }
    }

    /// <summary>Whether a step that found nothing to do changed something in the state that should be written at once.</summary>
    public static bool IsWorthWriting(ResourceState before, ResourceState after) =>
        before.Urn != after.Urn || before.Type != after.Type || before.Custom != after.Custom || before.Timeouts != after.Timeouts
        || before.RetainOnDelete != after.RetainOnDelete || before.Provider != after.Provider || before.Parent != after.Parent
        || before.DeletedWith != after.DeletedWith || before.Protect != after.Protect
        || !before.ReplaceWith.AsSpan().SequenceEqual(after.ReplaceWith.AsSpan())
        || !before.Inputs.Equals(after.Inputs) || !before.Outputs.Equals(after.Outputs)
        || !before.Dependencies.ToHashSet().SetEquals(after.Dependencies)
        || before.Hooks != after.Hooks || !Equals(before.ReplacementTrigger, after.ReplacementTrigger);

    private static OperationKind? KindOf(Step step) => step.Op switch
    {
        StepOp.Create or StepOp.CreateReplacement => OperationKind.Creating,
        StepOp.Update => OperationKind.Updating,
        StepOp.Delete or StepOp.DeleteReplaced or StepOp.ReadDiscard or StepOp.DiscardReplaced => OperationKind.Deleting,
        StepOp.Read or StepOp.ReadReplacement => OperationKind.Reading,
        StepOp.Import or StepOp.ImportReplacement => OperationKind.Importing,
        _ => null,
    };

    private static StateChange ChangeOfOld(Step step, ResourceEntry entry)
    {
        switch (step.Op)
        {
            case StepOp.CreateReplacement when !entry.State.PendingReplacement:
            case StepOp.ReadReplacement or StepOp.ImportReplacement:
                // The old one is deleted at the end of the run, when nothing refers to it any more.
                return new StateChange.Changed(entry, entry.State with { Delete = true });
            case StepOp.DeleteReplaced when step.IsDeleteBeforeReplace:
                return new StateChange.Changed(entry, entry.State with { PendingReplacement = true });
            default:
                return new StateChange.Removed(entry);
        }
    }
}
