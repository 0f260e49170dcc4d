using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Where in a running plan stacks go that join, move or return. What has begun stays as it is. Pure.</summary>
internal static class Placement
{
    /// <summary>Takes the stacks of a ring plan out of where they are, and puts the ring plan in its place.</summary>
    /// <param name="run">The state.</param>
    /// <param name="added">The ring plan.</param>
    /// <param name="before">The name of a ring plan that has not begun; null for the end.</param>
    public static RunState Add(RunState run, RingPlan added, string? before)
    {
        var stacks = added.Steps.Select(step => step.Stack).ToHashSet();
        foreach (var step in added.Steps)
        {
            run = RunFold.RemovePending(run, step.Stack);
            var progress = run.Stacks.GetValueOrDefault(step.Stack) ?? new StackProgress { Step = step, Ring = added.Name };
            run = run with { Clusters = run.Clusters.SetItem(step.Cluster.Name, [.. run.Clusters.GetValueOrDefault(step.Cluster.Name, []).Union([step.Stack])]) };
            run = run.With(progress with { Ring = added.Name, Phase = StackPhase.Pending, Attempts = 0, NotBefore = default, Reason = null });
        }

        var rings = run.Plan.Rings.Select(ring => Without(ring, stacks)).ToImmutableArray();
        var place = before is null ? rings.Length : rings.IndexOf(rings.First(ring => ring.Name == before));
        var plan = run.Plan with { Rings = rings.Insert(Math.Max(place, run.Ring + 1), added) };
        return run with { Plan = plan, Deferred = run.Deferred.Except(stacks), RingSizes = RunState.SizesOf(plan) };
    }

    /// <summary>A cluster changes its ring: what of it has not begun goes to that ring if it is still to come, and to the end otherwise.</summary>
    public static RunState Move(RunState run, string cluster, string ring)
    {
        var moving = run.OfCluster(cluster).Where(each => each.Phase == StackPhase.Pending).ToList();
        if (run.Plan.Direction == Direction.Back || moving.Count == 0)
        {
            return run;
        }

        var target = LastOf(run, ring);
        var after = moving.SelectMany(each => each.Step.After).Where(run.Stacks.ContainsKey).Select(stack => run.Stacks[stack])
            .Where(parent => !parent.IsDone).Select(parent => NumberOf(run, parent.Ring)).DefaultIfEmpty(-1).Max();
        var isToCome = target > run.Ring;
        var place = isToCome ? Math.Max(target, after) + 1 : run.Plan.Rings.Length;
        var steps = WithDescendants(run, [.. moving.Select(each => each.Step)], place);
        var home = isToCome ? run.Plan.Rings[target].Ring : RingParts.CatchUpRing(run.Plan.Rings.FirstOrDefault(each => each.Ring.Name == ring)?.Ring);
        return Insert(run, home, "moved", steps, place);
    }

    /// <summary>Clusters that joined go to the end.</summary>
    public static RunState Join(RunState run, ImmutableArray<StackStep> steps)
    {
        var fresh = steps.Where(step => !run.Stacks.ContainsKey(step.Stack)).ToImmutableArray();
        return run.Plan.Direction == Direction.Back || fresh.IsEmpty
            ? run
            : fresh.GroupBy(step => step.Cluster.Ring).OrderBy(ring => LastOf(run, ring.Key)).Aggregate(run, (each, ring) =>
                Insert(each, RingParts.CatchUpRing(RingNamed(each, ring.Key)), ring.Key, [.. ring], each.Plan.Rings.Length));
    }

    /// <summary>The ring plan of deferred stacks that can be taken up again now that all rings are done; null when there are none.</summary>
    public static RingPlan? CatchUp(RunState run, ImmutableHashSet<StackId> ready)
    {
        var ring = ready.Select(stack => run.Stacks[stack].Ring).Distinct().OrderBy(name => NumberOf(run, name)).FirstOrDefault();
        if (ring is null)
        {
            return null;
        }

        var from = run.Plan.Rings[NumberOf(run, ring)];
        var most = run.Plan.Policy.ExposureBudget?.Of(run.Plan.FleetSize) ?? int.MaxValue;
        var steps = ready.Select(stack => run.Stacks[stack]).Where(each => each.Ring == ring).Select(each => each.Step)
            .OrderBy(step => step.Cluster.Layer).ThenBy(step => step.Cluster.Name, StringComparer.Ordinal).ThenBy(step => step.Stack.Application, StringComparer.Ordinal);
        var clusters = steps.Select(step => step.Cluster.Name).Distinct(StringComparer.Ordinal).Take(most).ToHashSet(StringComparer.Ordinal);
        var home = RingParts.CatchUpRing(from.Ring);
        return RingParts.Part(
            home, FreeName(run, home, from.Ring.Name == Ring.CatchUp ? from.Part! : from.Ring.Name), [.. steps.Where(step => clusters.Contains(step.Cluster.Name))], run.Plan.Policy);
    }

    private static RunState Insert(RunState run, Ring home, string part, ImmutableArray<StackStep> steps, int place)
    {
        var before = place < run.Plan.Rings.Length ? run.Plan.Rings[place].Name : null;
        return RingParts.Split(steps, run.Plan.Policy, run.Plan.FleetSize).Aggregate(run, (each, chunk) =>
            Add(each, RingParts.Part(home, FreeName(each, home, part), chunk, each.Plan.Policy), before));
    }

    // A child must not come before the parent that moves away behind it.
    private static ImmutableArray<StackStep> WithDescendants(RunState run, ImmutableArray<StackStep> moving, int place)
    {
        var all = moving.ToDictionary(step => step.Stack);
        bool grown;
        do
        {
            var children = run.Stacks.Values.Where(each => each.Phase == StackPhase.Pending && !all.ContainsKey(each.Step.Stack)
                && NumberOf(run, each.Ring) < place && each.Step.After.Any(all.ContainsKey)).ToList();
            children.ForEach(child => all.Add(child.Step.Stack, child.Step));
            grown = children.Count > 0;
        }
        while (grown);
        return WaveOrder.Sort([.. all.Values.OrderBy(step => step.Cluster.Name, StringComparer.Ordinal).ThenBy(step => step.Stack.Application, StringComparer.Ordinal)], run.Plan.Policy.Seed);
    }

    private static RingPlan Without(RingPlan ring, HashSet<StackId> stacks) => ring.Steps.Any(step => stacks.Contains(step.Stack))
        ? ring with { Waves = [.. ring.Waves.Select(wave => wave with { Steps = wave.Steps.RemoveAll(step => stacks.Contains(step.Stack)) })] }
        : ring;

    private static string FreeName(RunState run, Ring home, string part)
    {
        bool Taken(string name) => run.Plan.Rings.Any(ring => ring.Ring.Name == home.Name && ring.Part == name);
        var name = part;
        for (var number = 2; Taken(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{part}-{number}");
        }

        return name;
    }

    private static int NumberOf(RunState run, string ringPlan)
    {
        for (var number = 0; number < run.Plan.Rings.Length; number++)
        {
            if (run.Plan.Rings[number].Name == ringPlan)
            {
                return number;
            }
        }

        return -1;
    }

    private static int LastOf(RunState run, string ring)
    {
        for (var number = run.Plan.Rings.Length - 1; number >= 0; number--)
        {
            if (run.Plan.Rings[number].Ring.Name == ring)
            {
                return number;
            }
        }

        return -1;
    }

    private static Ring? RingNamed(RunState run, string name) => LastOf(run, name) is >= 0 and var number ? run.Plan.Rings[number].Ring : null;
}
