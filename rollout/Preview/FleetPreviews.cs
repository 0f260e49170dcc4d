using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Preview;

/// <summary>Puts together what was found, as people get to see it. A pure function.</summary>
internal static class FleetPreviews
{
    /// <summary>The preview of a fleet.</summary>
    public static FleetPreview Of(
        Fleet fleet, RolloutPlan plan, ImmutableArray<StackFindings> findings, IEnumerable<TimeSpan> updates, ImmutableArray<string> arguments)
    {
        var byStack = findings.ToDictionary(found => found.Task.Stack);
        return new FleetPreview
        {
            Fleet = fleet.Name,
            Rings = [.. plan.Rings.Select(ring => ring.Ring).DistinctBy(ring => ring.Name).Select(Ring)],
            Stacks = [.. plan.Steps.Select(step => Stack(step, byStack[step.Stack]))],
            ExpectedDuration = plan.HasChanges ? ExpectedDuration.Of(plan, updates) : null,
            Arguments = arguments,
        };
    }

    private static PreviewedRing Ring(Ring ring) =>
        new(ring.Name, [.. ring.GatesAt(GateMoment.Before).Concat(ring.GatesAt(GateMoment.After)).Select(Wording.Of)]);

    private static StackPreview Stack(StackStep step, StackFindings found) => new()
    {
        Stack = step.Stack,
        Ring = step.Cluster.Ring,
        Layer = step.Cluster.Layer,
        Parent = step.Cluster.Parent,
        Changes = found.Events?.Changes() ?? [],
        Unchanged = found.Events?.Unchanged,
        Failures = found.Failures,
    };
}
