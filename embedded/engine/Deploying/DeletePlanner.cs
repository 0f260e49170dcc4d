using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Decides what is deleted at the end of a run: what the program no longer wants, and what was replaced. Pure.</summary>
/// <param name="options">Which resources may be touched.</param>
/// <param name="prior">The state before.</param>
internal sealed class DeletePlanner(DeploymentOptions options, PriorState prior)
{
    /// <summary>The steps, in no particular order.</summary>
    /// <param name="isKept">Whether an entry was claimed by the program, so that it stays.</param>
    /// <param name="unspecified">Resources that would go although they are no targets: they depend on some that are.</param>
    public ImmutableArray<Step> Plan(Func<ResourceEntry, bool> isKept, out ImmutableArray<Urn> unspecified)
    {
        var allowed = AllowedUrns();
        var steps = prior.Entries
            .Where(entry => !entry.IsRemoved && (allowed is null || allowed.Contains(entry.State.Urn)))
            .Select(entry => ToStep(entry, isKept(entry)))
            .OfType<Step>()
            .ToImmutableArray();
        unspecified = options.Targets.IsConstrained && !options.TargetDependents
            ? [.. steps.Where(step => step.Op == StepOp.Delete).Select(step => step.Urn).Where(urn => !options.Targets.Contains(urn))]
            : [];
        return steps;
    }

    private static Step? ToStep(ResourceEntry entry, bool isKept)
    {
        var state = entry.State;
        var op = state switch
        {
            { Delete: true, External: true } => StepOp.DiscardReplaced,
            { Delete: true } => StepOp.DeleteReplaced,
            _ when isKept => (StepOp?)null,
            { PendingReplacement: true } => StepOp.RemovePendingReplace,
            { External: true } => StepOp.ReadDiscard,
            _ => StepOp.Delete,
        };
        return op is { } known ? new Step { Op = known, OldEntry = entry, Old = state } : null;
    }

    // Null when nothing is left out.
    private HashSet<Urn>? AllowedUrns()
    {
        var all = prior.Entries.Select(entry => entry.State.Urn);
        if (options.Targets.IsConstrained)
        {
            var targets = all.Where(options.Targets.Contains).ToArray();
            return [.. targets, .. targets.SelectMany(urn => prior.DependentsOf(urn)).Select(entry => entry.State.Urn)];
        }

        if (!options.Excludes.IsConstrained && !options.ExcludeProtected)
        {
            return null;
        }

        var kept = prior.Entries.Where(entry =>
            options.Excludes.Contains(entry.State.Urn) || (options.ExcludeProtected && entry.State.Protect)).ToList();
        if (options.ExcludeDependents)
        {
            kept.AddRange(kept.SelectMany(entry => prior.DependentsOf(entry.State.Urn)).ToArray());
        }

        return [.. all.Except(NeededBy(kept))];
    }

    private HashSet<Urn> NeededBy(IEnumerable<ResourceEntry> entries)
    {
        var needed = new HashSet<Urn>();
        var open = new Stack<ResourceState>(entries.Select(entry => entry.State));
        while (open.TryPop(out var state))
        {
            if (!needed.Add(state.Urn))
            {
                continue;
            }

            foreach (var urn in state.References)
            {
                if (prior.Find(urn) is { } other)
                {
                    open.Push(other.State);
                }
            }
        }

        return needed;
    }
}
