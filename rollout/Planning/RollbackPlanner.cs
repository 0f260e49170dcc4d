using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Planning;

/// <summary>Plans the way back of a rollout: a rollout of its own, in the reverse order of dependencies.</summary>
public static class RollbackPlanner
{
    /// <summary>
    /// Takes each stack that was touched back to the last version proven in its cluster, and leaves the others alone. The ring with
    /// the most failures goes first, unless clusters of another ring hang on it; a cluster goes before its parent; inside a wave the
    /// stacks that failed go first.
    /// </summary>
    /// <param name="forward">Where the rollout is.</param>
    public static RolloutPlan Plan(RunState forward)
    {
        var touched = forward.Stacks.Values.Where(stack => stack.Touched && !forward.Left.Contains(stack.Step.Cluster.Name)).ToDictionary(stack => stack.Step.Stack);
        var children = touched.Values.SelectMany(stack => stack.Step.After.Select(parent => (parent, stack.Step.Stack))).ToLookup(pair => pair.parent, pair => pair.Stack);
        var rings = forward.Plan.Rings.Where(ring => ring.Steps.Any(step => touched.ContainsKey(step.Stack))).ToList();
        var policy = forward.Plan.Policy;
        var back =
            from ring in WorstFirst(rings, touched)
            let steps = ring.Steps.Where(step => touched.ContainsKey(step.Stack))
                .OrderByDescending(step => step.Cluster.Layer)
                .ThenByDescending(step => touched[step.Stack].Phase == StackPhase.Failed)
                .Select(step => Back(step, [.. children[step.Stack]]))
            select new RingPlan(
                new Ring(ring.Ring.Name, policy.Rollback.Checks),
                [
                    .. from step in steps
                       group step by step.Cluster.Layer into layer
                       select new WavePlan(layer.Key, policy.Rollback.MaxConcurrent.Of(layer.Count()), [.. layer]),
                ])
            {
                Part = ring.Part,
            };
        return new RolloutPlan([.. back]) { Direction = Direction.Back, Policy = policy, FleetSize = forward.Plan.FleetSize };
    }

    private static StackStep Back(StackStep step, ImmutableArray<StackId> children) =>
        new(step.Stack, step.Cluster, step.Fallback, step.Wanted) { After = children, FailureDomain = step.FailureDomain };

    private static IEnumerable<RingPlan> WorstFirst(List<RingPlan> rings, Dictionary<StackId, StackProgress> touched)
    {
        var left = rings.Select((ring, number) => (Ring: ring, Number: number, Failed: ring.Steps.Count(step => Failed(step, touched)))).ToList();
        while (left.Count > 0)
        {
            var parents = left.ToDictionary(each => each.Number, each => each.Ring.Steps.SelectMany(step => step.After).ToHashSet());
            var next = left
                .Where(each => !left.Exists(other => other.Number != each.Number
                    && each.Ring.Steps.Any(step => touched.ContainsKey(step.Stack) && parents[other.Number].Contains(step.Stack))))
                .OrderByDescending(each => each.Failed).ThenByDescending(each => each.Number)
                .DefaultIfEmpty(left[^1]) // Rings that hang on each other in a circle cannot be; if they were, the last would go first.
                .First();
            left.Remove(next);
            yield return next.Ring;
        }
    }

    private static bool Failed(StackStep step, Dictionary<StackId, StackProgress> touched) =>
        touched.TryGetValue(step.Stack, out var stack) && stack.Phase == StackPhase.Failed;
}
