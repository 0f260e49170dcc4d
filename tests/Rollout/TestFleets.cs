using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Planning;

namespace FogInfra.Tests;

/// <summary>Fleets, and what may be deployed on them, for tests.</summary>
internal static class TestFleets
{
    public static Fleet Example() => FleetReader.Read("fleet.yaml", File.ReadAllText("fleet.yaml")).Value!;

    /// <summary>The fleet with the version of a service set.</summary>
    public static Fleet WithVersion(this Fleet fleet, string service, string version) => fleet with
    {
        Applications = VersionOverride.Apply(fleet.Applications, [new VersionOverride(service, version)]).Applications,
    };

    /// <summary>What is deployed when every stack of the fleet is as the fleet wants it.</summary>
    public static IReadOnlyDictionary<StackId, ClusterWorkload> AllDeployed(this Fleet fleet) =>
        Planner.Plan(fleet, fleet.Applications, ImmutableDictionary<StackId, ClusterWorkload>.Empty).Steps
            .Where(step => step.Wanted is not null)
            .ToDictionary(step => step.Stack, step => step.Wanted!);

    /// <summary>The plan from a state to what the fleet wants.</summary>
    public static RolloutPlan PlanFrom(this Fleet fleet, IReadOnlyDictionary<StackId, ClusterWorkload>? deployed = null) =>
        Planner.Plan(fleet, fleet.Applications, deployed ?? ImmutableDictionary<StackId, ClusterWorkload>.Empty);
}
