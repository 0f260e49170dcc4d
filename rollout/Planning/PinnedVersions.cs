using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>The versions that a rollout brings about, whatever the documents have come to want since it began. Pure.</summary>
internal static class PinnedVersions
{
    /// <summary>The applications at the versions of a plan. What the plan does not have stays as it is.</summary>
    public static ImmutableArray<Application> In(ImmutableArray<Application> applications, RolloutPlan plan)
    {
        var overrides = plan.Steps.Where(step => step.Wanted is not null)
            .SelectMany(step => step.Wanted!.Versions().Select(version => new VersionOverride($"{step.Stack.Application}/{version.Key}", version.Value)))
            .DistinctBy(version => version.Service);
        return VersionOverride.Apply(applications, overrides).Applications;
    }
}
