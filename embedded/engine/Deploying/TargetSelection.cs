using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>
/// Which resources a run may touch. What depends on a target is found out as the program registers it, or is known from the state before.
/// May be used by many threads at once.
/// </summary>
/// <param name="options">Which resources were named.</param>
/// <param name="prior">The state before.</param>
internal sealed class TargetSelection(DeploymentOptions options, PriorState prior)
{
    private readonly Lazy<HashSet<Urn>> _dependedOnTargets = new(() =>
        [.. prior.Entries.Where(entry => options.Targets.Contains(entry.State.Urn)).SelectMany(entry => prior.DependentsOf(entry.State.Urn)).Select(entry => entry.State.Urn)]);

    private readonly ConcurrentDictionary<Urn, bool> _alsoTargets = new();
    private readonly ConcurrentDictionary<Urn, bool> _alsoExcluded = new();

    /// <summary>Whether anything is left out.</summary>
    public bool IsConstrained => options.Targets.IsConstrained || options.Excludes.IsConstrained;

    /// <summary>Whether a resource may be touched. Providers and the root always may.</summary>
    /// <param name="resource">The resource as it is to be.</param>
    /// <param name="old">The resource as it was; null for what is new. What depended on a target may be touched, too: it must let go of one that is deleted.</param>
    public bool Includes(ResourceState resource, ResourceState? old)
    {
        if (resource.IsProvider || resource.IsStack)
        {
            return true;
        }

        if (options.Targets.IsConstrained)
        {
            return Note(_alsoTargets, resource.Urn, IsTarget(resource.Urn) || (options.TargetDependents && DependsOnATarget(resource, old)));
        }

        if (options.Excludes.IsConstrained)
        {
            return !Note(_alsoExcluded, resource.Urn, IsExcluded(resource.Urn) || (options.ExcludeDependents && resource.References.Any(IsExcluded)));
        }

        return true;
    }

    private bool DependsOnATarget(ResourceState resource, ResourceState? old) =>
        resource.References.Any(IsTarget) || (old is not null && _dependedOnTargets.Value.Contains(old.Urn));

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
