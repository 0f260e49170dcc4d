using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>
/// What becomes of registrations when the program only runs so that providers have their current configuration, for a destroy or a
/// refresh: resources that exist stay as they are, others are left out.
/// </summary>
internal sealed class RegisteredRefresh(RegistrationTable table)
{
    /// <summary>Whether a registration is not carried out. Providers and components are.</summary>
    public bool Takes(PlanRequest request) =>
        (request.Goal.Custom && !request.Goal.IsProvider) || request.New.References.Any(IsLeftOut);

    /// <summary>Shows the resource to the program as it is in the state.</summary>
    public async Task<ExecutedStep> RunAsync(PlanRequest request, StepExecutor executor)
    {
        if (request.Old is not { } old || request.New.References.Any(IsLeftOut))
        {
            request.Registration.IsSkippedCreate = true;
            var skipped = request.New with { Outputs = request.Old?.Outputs ?? PropertyMap.Empty };
            return await executor.RunChainAsync([new Step { Op = StepOp.Same, New = skipped, IsSkippedCreate = true }]).ConfigureAwait(false);
        }

        var same = new Step
        {
            Op = StepOp.Same, OldEntry = request.OldEntry, Old = old, New = request.New with { Inputs = old.Inputs },
        };
        return await executor.RunChainAsync([same]).ConfigureAwait(false);
    }

    private bool IsLeftOut(Urn urn) => table.TryGet(urn, out var registration) && registration.IsSkippedCreate;
}
