using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>Decides the order of a rollout. A pure function: the same fleet, applications and state give the same plan.</summary>
public static class Planner
{
    /// <summary>
    /// Plans a rollout: ring by ring in the order of the fleet, inside a ring from the cloud outwards, so that a cluster never goes
    /// before its parent; inside a layer as many stacks at a time as the policy allows.
    /// </summary>
    /// <param name="fleet">The clusters, rings and policy.</param>
    /// <param name="applications">The applications, with the versions that are wanted.</param>
    /// <param name="deployed">What each stack brought to its cluster last; stacks that are not there have never been deployed.</param>
    public static RolloutPlan Plan(
        Fleet fleet, IEnumerable<Application> applications, IReadOnlyDictionary<StackId, ClusterWorkload> deployed)
    {
        var wanted = applications.ToList();
        var rings =
            from ring in fleet.Rings
            let waves = Waves(fleet, ring, wanted, deployed)
            where waves.Length > 0
            select new RingPlan(ring, waves);
        return new RolloutPlan([.. rings]);
    }

    private static ImmutableArray<WavePlan> Waves(
        Fleet fleet, Ring ring, List<Application> applications, IReadOnlyDictionary<StackId, ClusterWorkload> deployed) =>
        [
            .. from cluster in fleet.ClustersOf(ring)
               from application in applications
               let step = Step(application, cluster, deployed)
               where step is not null
               group step by cluster.Layer into layer
               orderby layer.Key
               select new WavePlan(layer.Key, fleet.Policy.MaxConcurrent.Of(layer.Count()), [.. layer]),
        ];

    private static StackStep? Step(Application application, Cluster cluster, IReadOnlyDictionary<StackId, ClusterWorkload> deployed)
    {
        var stack = new StackId(application.Name, cluster.Name);
        var step = new StackStep(stack, cluster, ClusterWorkload.Resolve(application, cluster), deployed.GetValueOrDefault(stack));
        return step is { Wanted: null, Deployed: null } ? null : step;
    }
}
