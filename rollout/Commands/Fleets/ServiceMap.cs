using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Commands;

/// <summary>The services of an application by how long they wait. A pure function.</summary>
internal static class ServiceMap
{
    /// <summary>The first stage depends on nothing; every other one on the stage before it, and perhaps on earlier ones.</summary>
    public static ImmutableArray<ImmutableArray<Service>> Stages(Application application)
    {
        // The services stand in the order of their dependencies, so that each finds those it depends on.
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var service in application.Services)
        {
            depths[service.Name] = service.DependsOn.Select(dependency => depths.GetValueOrDefault(dependency) + 1).DefaultIfEmpty(0).Max();
        }

        return [.. application.Services.GroupBy(service => depths[service.Name]).OrderBy(stage => stage.Key).Select(stage => stage.ToImmutableArray())];
    }
}
