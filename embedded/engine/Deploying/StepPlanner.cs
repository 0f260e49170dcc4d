using System.Collections.Immutable;
using System.Security.Cryptography;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Decides what steps a registration needs. Registrations are planned independently of each other, many at once.</summary>
internal sealed class StepPlanner(
    DeploymentContext context,
    RegistrationTable table,
    TargetSelection targets,
    StepActions actions,
    ChangeFinder changes,
    ReplacementPlanner replacements,
    Limiter limiter)
{
    private const int SeedSize = 32;

    /// <summary>Decides.</summary>
    /// <exception cref="RegistrationException">The program wants something that cannot be.</exception>
    /// <exception cref="ProviderException">The provider cannot say.</exception>
    public async Task<StepPlan> PlanAsync(PlanRequest request)
    {
        if (!targets.Includes(request.New, request.Old))
        {
            return Untargeted(request);
        }

        CheckTargetedDependencies(request.New);
        CheckCircles(request);
        var operations = request.Goal.Custom ? await actions.OperationsOfAsync(request.New).ConfigureAwait(false) : null;
        var seed = ImmutableArray.Create(RandomNumberGenerator.GetBytes(SeedSize));
        request = await CheckAsync(request, operations, seed).ConfigureAwait(false);
        var (old, wanted) = (request.Old, request.New);
        if (request.Condemned is { } condemned)
        {
            request.Registration.IsReplaced = true;
            var diff = new ResourceDiff { HasChanges = true, ReplaceKeys = [.. condemned.ReplaceKeys] };
            return StepPlan.Of(NewStep(request, StepOp.Replace, ResourceDiff.None), NewStep(request, StepOp.CreateReplacement, diff));
        }

        if (old is null)
        {
            return StepPlan.Of(NewStep(request, StepOp.Create, ResourceDiff.None));
        }

        if (old.External)
        {
            // It belongs to somebody else: a resource of our own takes its place, and it is only forgotten.
            return StepPlan.Of(NewStep(request, StepOp.CreateReplacement, ResourceDiff.None), NewStep(request, StepOp.Replace, ResourceDiff.None));
        }

        return await PlanChangeAsync(request, old, operations, seed).ConfigureAwait(false);
    }

    private async Task<StepPlan> PlanChangeAsync(
        PlanRequest request, ResourceState old, IResourceOperations? operations, ImmutableArray<byte> seed)
    {
        var found = await limiter.RunAsync(() => changes.FindAsync(request, old, operations), context.Control.Stopping).ConfigureAwait(false);
        var diff = DiffDecision.WithReplaceOnChanges(
            found.Diff,
            request.Goal.ReplaceOnChanges,
            !old.InitErrors.IsEmpty,
            () => StructuralDiff.Compare(old.Inputs, request.New.Inputs));
        if (old.PendingReplacement || (diff.HasChanges && (diff.IsReplace || found.IsTriggered)))
        {
            CheckReplaceable(request, old);
            request.Registration.IsReplaced = true;
            if (operations is not null && !changes.IsForced(request.Urn, old))
            {
                // Defaults were carried over from the old resource; the new one has none to carry over.
                request = await CheckFreshAsync(request, operations, seed).ConfigureAwait(false);
            }

            return await PlanReplacementAsync(request, old, diff).ConfigureAwait(false);
        }

        if (diff.HasChanges || !old.InitErrors.IsEmpty)
        {
            return StepPlan.Of(NewStep(request, StepOp.Update, diff));
        }

        return request.IsImported ? StepPlan.Of() : StepPlan.Of(NewStep(request, StepOp.Same, diff));
    }

    private async Task<StepPlan> PlanReplacementAsync(PlanRequest request, ResourceState old, ResourceDiff diff)
    {
        var replace = NewStep(request, StepOp.Replace, diff);
        var create = NewStep(request, StepOp.CreateReplacement, diff);
        if (!(request.Goal.DeleteBeforeReplace ?? diff.DeleteBeforeReplace) && !old.PendingReplacement)
        {
            return StepPlan.Of(create, replace);
        }

        var condemned = await limiter.RunAsync(() => replacements.CondemnDependentsAsync(old), context.Control.Stopping).ConfigureAwait(false);
        var deletes = condemned.Select(dependent => Delete(dependent.Entry, !dependent.Entry.State.Delete)).ToList();
        if (!old.PendingReplacement)
        {
            deletes.Add(Delete(request.OldEntry!, isBeforeReplace: true));
        }

        foreach (var delete in deletes)
        {
            context.Deletions.TryAdd(delete.Urn, true);
        }

        return new StepPlan([.. deletes, replace, create]) { Condemned = condemned };
    }

    private static Step Delete(ResourceEntry entry, bool isBeforeReplace) => new()
    {
        Op = StepOp.DeleteReplaced, OldEntry = entry, Old = entry.State, IsDeleteBeforeReplace = isBeforeReplace,
    };

    private Step NewStep(PlanRequest request, StepOp op, ResourceDiff diff) => new()
    {
        Op = op, OldEntry = request.OldEntry, Old = request.Old, New = request.New, Diff = diff, IgnoreChanges = request.Goal.IgnoreChanges,
        MayExist = op is StepOp.Create or StepOp.CreateReplacement && InterruptedCreate(request) is not null,
    };

    // The create that an earlier run began in the same situation. One that was begun before what is there now was made has been
    // answered since: by a create that went well, or by a person.
    private ResourceState? InterruptedCreate(PlanRequest request) =>
        context.InterruptedCreates[request.Urn].LastOrDefault(resource => resource.Created == request.Old?.Created);

    private static StepPlan Untargeted(PlanRequest request)
    {
        if (request.Old is { } old)
        {
            return StepPlan.Of(new Step { Op = StepOp.Same, OldEntry = request.OldEntry, Old = old, New = old with { } });
        }

        request.Registration.IsSkippedCreate = true;
        return StepPlan.Of(new Step { Op = StepOp.Same, New = request.New, IsSkippedCreate = true });
    }

    private void CheckTargetedDependencies(ResourceState wanted)
    {
        foreach (var urn in wanted.References.Distinct().Where(urn => table.TryGet(urn, out var other) && other.IsSkippedCreate))
        {
            // A preview goes on, so that all such resources are told at once.
            Refuse(wanted.Urn, $"Resource '{wanted.Urn}' depends on '{urn}' which was was not specified in --target list.");
        }
    }

    // What a run leaves alone needs what it needed before. The program may have turned that round; then one of the two cannot change alone.
    private void CheckCircles(PlanRequest request)
    {
        if (request.Old is not { } old || !targets.IsConstrained)
        {
            return;
        }

        var seen = new HashSet<Urn>();
        var open = new Stack<Urn>(request.New.References);
        while (open.TryPop(out var urn))
        {
            if (urn == old.Urn || urn == request.Urn)
            {
                Refuse(
                    request.Urn,
                    $"Resource '{request.Urn}' is to depend on what depends on it in the state and is left as it is by this run.\n"
                    + "Either include those resources in the --target list or update the whole stack.");
                return;
            }

            if (seen.Add(urn))
            {
                var state = table.TryGet(urn, out var other) ? other.State : context.Prior.Find(urn)?.State;
                foreach (var needed in state?.References ?? [])
                {
                    open.Push(needed);
                }
            }
        }
    }

    private void CheckReplaceable(PlanRequest request, ResourceState old)
    {
        if (old.Protect && request.New.Protect)
        {
            Refuse(
                request.Urn,
                $"unable to replace resource \"{request.Urn}\"\nas it is currently marked for protection. To unprotect the resource, "
                + "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`");
        }

        if (request.Goal.ImportId.Length > 0)
        {
            const string message = "previously-imported resources that still specify an ID may not be replaced; "
                + "please remove the `import` declaration from your program";
            if (!context.Options.DryRun)
            {
                throw new RegistrationException(message);
            }

            context.Diagnostics.Warning(request.Urn, message);
        }
    }

    private void Refuse(Urn urn, string message)
    {
        context.Diagnostics.Error(urn, message);
        if (!context.Options.DryRun)
        {
            throw new RegistrationException(message) { IsReported = true };
        }

        context.Control.Fail(goOn: true);
    }

    private async Task<PlanRequest> CheckAsync(PlanRequest request, IResourceOperations? operations, ImmutableArray<byte> seed)
    {
        var inputs = request.Goal.Inputs;
        if (request.Old is { } old)
        {
            inputs = IgnoredChanges.Apply(old.Inputs, inputs, request.Goal.IgnoreChanges, out var failed);
            if (!failed.IsEmpty)
            {
                context.Diagnostics.Info(
                    request.Urn, $"cannot ignore changes in added or removed elements of the path: \"{string.Join(", ", failed)}\"");
            }
        }

        if (operations is null)
        {
            return request with { New = request.New with { Inputs = inputs } };
        }

        var isFresh = request.Old is null || request.Condemned is not null || request.Old.External || changes.IsForced(request.Urn, request.Old);
        return isFresh
            ? await CheckFreshAsync(request, operations, seed).ConfigureAwait(false)
            : await CheckAsync(request, operations, new CheckRequest(request.Urn, request.Old!.Inputs, inputs, seed)).ConfigureAwait(false);
    }

    // A create that was interrupted is begun again with what the provider chose then, names above all: what it may have made is found
    // by them, where a new name would leave it behind and make a second.
    private Task<PlanRequest> CheckFreshAsync(PlanRequest request, IResourceOperations operations, ImmutableArray<byte> seed) => CheckAsync(
        request, operations, new CheckRequest(request.Urn, InterruptedCreate(request)?.Inputs ?? PropertyMap.Empty, request.Goal.Inputs, seed));

    private async Task<PlanRequest> CheckAsync(PlanRequest request, IResourceOperations operations, CheckRequest check)
    {
        var result = await limiter.RunAsync(
            () => operations.CheckAsync(check, context.Control.Abandoned), context.Control.Stopping).ConfigureAwait(false);
        var type = request.New.Type;
        foreach (var failure in result.Failures)
        {
            context.Diagnostics.Error(request.Urn, failure.Property.Length == 0
                ? $"{type} resource '{request.Urn.Name}' has a problem: {failure.Reason}"
                : $"{type} resource '{request.Urn.Name}': property {failure.Property} value {CheckedValue.Describe(check.NewInputs, failure.Property)} "
                    + $"has a problem: {failure.Reason}");
        }

        return result.Failures.IsEmpty
            ? request with { New = request.New with { Inputs = result.Inputs } }
            : throw new RegistrationException($"resource {request.Urn} is invalid") { IsReported = true };
    }
}
