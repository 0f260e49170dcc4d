using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>
/// Takes the registrations of a program, each through the same stations: find the resource in the state, plan, carry out. They do
/// not wait for each other, except where one depends on another. May be used by many threads at once.
/// </summary>
internal sealed class Registrar(
    DeploymentContext context, RegistrationTable table, StepPlanner planner, StepExecutor executor, RegisteredRefresh refresh)
{
    private readonly AliasResolver _aliases = new(
        context.Stack, context.Project, urn => table.TryGet(urn, out var registration) ? registration.FormerUrn : null);

    /// <summary>Registers a resource; done when its steps are.</summary>
    public async Task<RegistrationOutcome> RegisterAsync(Goal goal)
    {
        context.Redactor.Add(goal.Inputs);
        var urn = Urn.Create(context.Stack, context.Project, goal.Parent, goal.Type, goal.Name);
        goal = context.Prior.Find(urn) is { State: var known } ? goal.SharedWith(known) : goal;
        return await GuardAsync(urn, goal.ToState(urn), () => RegisterAsync(urn, goal)).ConfigureAwait(false);
    }

    /// <summary>Reads a resource; done when its step is.</summary>
    /// <param name="wanted">The resource as the program names it, with its id.</param>
    public Task<RegistrationOutcome> ReadAsync(ResourceState wanted) => GuardAsync(wanted.Urn, wanted, () => ReadCoreAsync(wanted));

    /// <summary>Takes over a resource as its provider describes it; nothing of it is checked or changed.</summary>
    public async Task<RegistrationOutcome> ImportAsync(Goal goal)
    {
        var urn = Urn.Create(context.Stack, context.Project, goal.Parent, goal.Type, goal.Name);
        return await GuardAsync(urn, goal.ToState(urn), async () =>
        {
            var registration = Add(urn, goal);
            var old = FindOld(registration, goal, out _);
            return old is { State.External: false }
                ? new RegistrationOutcome.Done(old.State) // It was taken over before.
                : Finish(registration, await executor.RunChainAsync([ImportStep(new PlanRequest
                {
                    Registration = registration, Goal = goal, New = goal.ToState(urn), OldEntry = old, Old = old?.State,
                })]).ConfigureAwait(false));
        }).ConfigureAwait(false);
    }

    private async Task<RegistrationOutcome> RegisterAsync(Urn urn, Goal goal)
    {
        var registration = Add(urn, goal);
        var old = FindOld(registration, goal, out var condemned);
        var wanted = goal.ToState(urn) with { Created = old?.State.Created, Modified = old?.State.Modified };
        if (IsSkipped(registration, wanted))
        {
            return new RegistrationOutcome.Skipped(wanted); // Its inputs may be unknown: they come from what is missing.
        }

        if (!context.Options.DryRun && goal.Inputs.ContainsUnknowns)
        {
            throw new RegistrationException($"unexpected unknown property value for \"{urn}\"");
        }

        if (condemned is not null && !await condemned.Deleted.WaitAsync(context.Control.Stopping).ConfigureAwait(false))
        {
            registration.IsMissing = true;
            return new RegistrationOutcome.Skipped(wanted); // Its delete failed, which has been told.
        }

        var request = new PlanRequest
        {
            Registration = registration, Goal = goal, New = wanted, OldEntry = old, Old = old?.State, Condemned = condemned,
        };
        if (context.Options.Kind != DeploymentKind.Update && refresh.Takes(request))
        {
            return Finish(registration, await refresh.RunAsync(request, executor).ConfigureAwait(false));
        }

        if (IsImport(goal, old?.State))
        {
            var imported = await executor.RunChainAsync([ImportStep(request)]).ConfigureAwait(false);
            if (imported is not { Result: StepResult.Succeeded { State: { } state } })
            {
                return Finish(registration, imported);
            }

            Record(registration, imported);
            request = request with { OldEntry = imported.Entry, Old = state, IsImported = true };
        }

        var plan = await planner.PlanAsync(request).ConfigureAwait(false);
        return plan.Steps.IsEmpty
            ? new RegistrationOutcome.Done(registration.State!)
            : Finish(registration, await RunAsync(plan).ConfigureAwait(false));
    }

    private async Task<RegistrationOutcome> ReadCoreAsync(ResourceState wanted)
    {
        var registration = Add(wanted.Urn, null);
        var old = FindOld(registration, null, out _);
        if (IsSkipped(registration, wanted))
        {
            return new RegistrationOutcome.Skipped(wanted);
        }

        var step = new Step { Op = StepOp.Read, OldEntry = old, Old = old?.State, New = wanted };
        if (old is { State.External: false } && old.State.Id != wanted.Id)
        {
            registration.IsReplaced = true;
            return Finish(registration, await executor.RunChainAsync(
                [step with { Op = StepOp.ReadReplacement }, step with { Op = StepOp.Replace }]).ConfigureAwait(false));
        }

        return Finish(registration, await executor.RunChainAsync([step]).ConfigureAwait(false));
    }

    private Registration Add(Urn urn, Goal? goal)
    {
        var registration = new Registration(urn, goal);
        return table.TryAdd(registration)
            ? registration
            : throw new RegistrationException($"Duplicate resource URN '{urn}'; try giving it a unique name");
    }

    private ResourceEntry? FindOld(Registration registration, Goal? goal, out CondemnedEntry? condemned)
    {
        condemned = null;
        var urn = registration.Urn;
        foreach (var candidate in (goal is null ? [] : _aliases.Resolve(goal)).Prepend(urn))
        {
            if (context.Prior.Find(candidate) is not { } entry)
            {
                continue;
            }

            if (!table.TryClaim(entry, urn, out var owner, out condemned))
            {
                throw new RegistrationException(candidate == urn
                    ? $"Duplicate resource URN '{urn}' conflicting with alias on resource with URN '{owner}'"
                    : $"Duplicate resource alias '{candidate}' applied to resource with URN '{urn}' conflicting with resource with URN '{owner}'");
            }

            registration.FormerUrn = candidate == urn ? null : candidate;
            return entry;
        }

        return null;
    }

    private bool IsSkipped(Registration registration, ResourceState wanted)
    {
        registration.IsMissing = wanted.References.Any(urn => table.TryGet(urn, out var other) && other.IsMissing);
        return registration.IsMissing;
    }

    private static bool IsImport(Goal goal, ResourceState? old) =>
        goal.Custom && goal.ImportId.Length > 0
        && (old is null || old.External || (old.ImportId.Length > 0 ? old.ImportId : old.Id) != goal.ImportId);

    private static Step ImportStep(PlanRequest request)
    {
        var isReplacement = request.Old is not null && request.Condemned is null;
        return new Step
        {
            Op = isReplacement ? StepOp.ImportReplacement : StepOp.Import,
            OldEntry = request.OldEntry,
            Old = request.Old,
            New = request.New,
            IgnoreChanges = request.Goal.IgnoreChanges,
        };
    }

    private async Task<ExecutedStep> RunAsync(StepPlan plan)
    {
        try
        {
            return await executor.RunChainAsync(plan.Steps).ConfigureAwait(false);
        }
        finally
        {
            foreach (var dependent in plan.Condemned)
            {
                dependent.Settle();
            }
        }
    }

    private RegistrationOutcome Finish(Registration registration, ExecutedStep executed)
    {
        if (executed.Result is StepResult.Succeeded)
        {
            Record(registration, executed);
            return new RegistrationOutcome.Done(registration.State!, registration.IsSkippedCreate);
        }

        registration.IsMissing = true;
        return context.Options.ContinueOnError && !context.Control.Stopping.IsCancellationRequested
            ? new RegistrationOutcome.Failed(executed.Step.Resource)
            : new RegistrationOutcome.Stopped();
    }

    private static void Record(Registration registration, ExecutedStep executed)
    {
        registration.Step = executed.Step;
        registration.Entry = executed.Entry ?? registration.Entry;
        registration.State = executed.Step.New;
    }

    private async Task<RegistrationOutcome> GuardAsync(Urn urn, ResourceState wanted, Func<Task<RegistrationOutcome>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.Control.Stopping.IsCancellationRequested)
        {
            return new RegistrationOutcome.Stopped();
        }
        catch (Exception exception) when (exception is RegistrationException or ProviderException or NotSupportedException or FormatException)
        {
            if (exception is not RegistrationException { IsReported: true })
            {
                context.Diagnostics.Error(DefaultProviderName.Is(urn) ? null : urn, exception.Message);
            }

            if (table.TryGet(urn, out var registration))
            {
                registration.IsMissing = true;
            }

            context.Control.Fail(context.Options.ContinueOnError);
            return context.Options.ContinueOnError ? new RegistrationOutcome.Failed(wanted) : new RegistrationOutcome.Stopped();
        }
    }
}
