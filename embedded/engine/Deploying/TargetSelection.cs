using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Which resources a run may touch. What depends on a target is found out as the program registers it. May be used by many threads at once.</summary>
internal sealed class TargetSelection(DeploymentOptions options)
{
    private readonly ConcurrentDictionary<Urn, bool> _alsoTargets = new();
    private readonly ConcurrentDictionary<Urn, bool> _alsoExcluded = new();

    /// <summary>Whether anything is left out.</summary>
    public bool IsConstrained => options.Targets.IsConstrained || options.Excludes.IsConstrained;

    /// <summary>Whether a resource may be touched. Providers and the root always may.</summary>
    public bool Includes(ResourceState resource)
    {
        if (resource.IsProvider || resource.IsStack)
        {
            return true;
        }

        if (options.Targets.IsConstrained)
        {
            return Note(_alsoTargets, resource.Urn, IsTarget(resource.Urn) || (options.TargetDependents && resource.References.Any(IsTarget)));
        }

        if (options.Excludes.IsConstrained)
        {
            return !Note(_alsoExcluded, resource.Urn, IsExcluded(resource.Urn) || (options.ExcludeDependents && resource.References.Any(IsExcluded)));
        }

        return true;
    }

    private bool IsTarget(Urn urn) => options.Targets.Contains(urn) || _alsoTargets.ContainsKey(urn);

    private bool IsExcluded(Urn urn) => options.Excludes.Contains(urn) || _alsoExcluded.ContainsKey(urn);

    private static bool Note(ConcurrentDictionary<Urn, bool> urns, Urn urn, bool holds)
    {
        if (holds)
        {
            urns.TryAdd(urn, true);
        }

        return holds;
    }
}
