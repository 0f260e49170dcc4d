using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Preview;

/// <summary>A stack to be previewed.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Wanted">What it is to bring to the cluster; null when it is to go.</param>
/// <param name="IsTouched">Whether the change concerns it; otherwise it is looked into only when it reads outputs that change.</param>
internal sealed record PreviewTask(StackId Stack, Cluster Cluster, ClusterWorkload? Wanted, bool IsTouched)
{
    /// <summary>The stacks of a plan, in its order.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="all">Whether those are previewed, too, about which nothing changes.</param>
    public static ImmutableArray<PreviewTask> Of(RolloutPlan plan, bool all) =>
        [.. plan.Steps.Select(step => new PreviewTask(step.Stack, step.Cluster, step.Wanted, all || step.Action != StepAction.Keep))];

    /// <summary>
    /// Those of the earlier stacks that this one waits for: its application in the parent cluster, and those that its program reads.
    /// A reference to a later stack is no reason to wait: the update itself would see its outputs of today, too.
    /// </summary>
    public IEnumerable<PreviewTask> Upstream(IEnumerable<PreviewTask> earlier, IReadOnlyCollection<string> references) =>
        earlier.Where(other => (other.Stack.Application == Stack.Application && other.Cluster.Name == Cluster.Parent) || IsReferred(other.Stack, references));

    /// <summary>Whether one of some references means a stack: <c>ORGANISATION/PROJECT/STACK</c>, or less where the project is the same.</summary>
    public bool IsReferred(StackId other, IReadOnlyCollection<string> references) => references.Any(reference => reference.Split('/') switch
    {
        [.., var project, var name] when project != other.Application || name != other.Cluster => false,
        [_] when Stack.Application != other.Application || reference != other.Cluster => false,
        _ => true,
    });
}
