using System.Globalization;
using FogInfra.Model;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Planning;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>A plan as a tree: rings, layers, stacks.</summary>
internal static class PlanText
{
    /// <summary>Writes a plan.</summary>
    public static void Write(IAnsiConsole console, RolloutPlan plan, PlanEstimate estimate)
    {
        var estimates = estimate.Rings.ToDictionary(ring => ring.Ring);
        foreach (var ring in plan.Rings)
        {
            var tree = new Tree(new Text($"ring {ring.Name}{Stake(estimates[ring.Name])}", new Style(decoration: Decoration.Bold)));
            foreach (var wave in ring.Waves)
            {
                var branch = tree.AddNode(new Text($"{wave.Layer.Name()}, {Wording.Count(wave.MaxConcurrent, "stack")} at a time"));
                foreach (var step in wave.Steps)
                {
                    branch.AddNode(new Text($"{step.Cluster.Name}  {step.Stack.Application}: {Wording.Of(step)}", StyleOf(step.Action)));
                }
            }

            foreach (var gate in ring.Ring.GatesAt(GateMoment.Before).Concat(ring.Ring.GatesAt(GateMoment.After)))
            {
                tree.AddNode(new Text(Wording.Of(gate)));
            }

            console.Write(tree);
        }

        if (plan.Rings.IsEmpty)
        {
            console.WriteLine("Nothing runs on any cluster of this fleet.");
        }
        else if (plan.HasChanges)
        {
            console.WriteLine($"About {Durations.Write(estimate.Duration)}{(estimate.HasHistory ? "" : ", if an update takes 30s: there is no history yet")}.");
        }
    }

    // What changes in a ring, and how much of the fleet has changed after it.
    private static string Stake(RingEstimate ring) => ring.Clusters == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $": {Wording.Count(ring.Clusters, "cluster")}, {ring.Share:0.#}% of the fleet ({ring.ShareAfter:0.#}% after it), about {Durations.Write(ring.Duration)}");

    private static Style StyleOf(StepAction action) => action switch
    {
        StepAction.Create => new Style(Color.Green),
        StepAction.Update => new Style(Color.Yellow),
        StepAction.Remove => new Style(Color.Red),
        _ => new Style(decoration: Decoration.Dim),
    };
}
