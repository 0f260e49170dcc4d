using FogInfra.Model;
using FogInfra.Rollout.Planning;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>A plan as a tree: rings, layers, stacks.</summary>
internal static class PlanText
{
    /// <summary>Writes a plan.</summary>
    public static void Write(IAnsiConsole console, RolloutPlan plan)
    {
        foreach (var ring in plan.Rings)
        {
            var tree = new Tree(new Text($"ring {ring.Name}", new Style(decoration: Decoration.Bold)));
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
    }

    private static Style StyleOf(StepAction action) => action switch
    {
        StepAction.Create => new Style(Color.Green),
        StepAction.Update => new Style(Color.Yellow),
        StepAction.Remove => new Style(Color.Red),
        _ => new Style(decoration: Decoration.Dim),
    };
}
