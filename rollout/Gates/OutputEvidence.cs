using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>Evidence from the outputs that the stacks' updates brought back.</summary>
public sealed class OutputEvidence : IEvidenceSource
{
    /// <inheritdoc/>
    public bool Handles(Gate gate) => gate is Gate.Output;

    /// <inheritdoc/>
    public Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Collect(request));

    /// <summary>Looks at the outputs, which are at hand.</summary>
    public static ImmutableArray<Evidence> Collect(EvidenceRequest request)
    {
        var check = ((Gate.Output)request.Gate).Check;
        return
        [
            .. from subject in request.Subjects
               where subject.Step.Wanted is not null
               let result = OutputChecks.Evaluate(check, subject.Outputs)
               select new Evidence
               {
                   Stack = subject.Step.Stack,
                   Verdict = result.Passed ? Verdict.Passed : Verdict.Failed,
                   Value = result.Evidence,
                   Source = "stack outputs",
                   ObservedAt = subject.UpdatedAt,
                   Generation = subject.Generation,
               },
        ];
    }
}
