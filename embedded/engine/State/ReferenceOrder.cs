using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>The order that every state keeps: each resource after all that it refers to. Pure.</summary>
internal static class ReferenceOrder
{
    /// <summary>
    /// The entries in that order; what need not move does not. Where a resource and its replacement have one URN, one of them before
    /// the reference is enough, except for providers, where the id says which.
    /// </summary>
    public static ImmutableArray<ResourceEntry> Of(ImmutableArray<ResourceEntry> entries) => IsKeptBy(entries) ? entries : Sort(entries);

    private static bool IsKeptBy(ImmutableArray<ResourceEntry> entries)
    {
        var urns = new HashSet<Urn>();
        var providers = new HashSet<ProviderReference>();
        foreach (var state in entries.Select(entry => entry.State))
        {
            if ((state.Provider is { } provider && !providers.Contains(provider)) || state.References.Any(urn => !urns.Contains(urn)))
            {
                return false;
            }

            urns.Add(state.Urn);
            if (state.IsProvider)
            {
                providers.Add(new ProviderReference(state.Urn, state.Id));
            }
        }

        return true;
    }

    // Depth first, with a stack of its own: chains of dependencies may be as long as the stack is large.
    private static ImmutableArray<ResourceEntry> Sort(ImmutableArray<ResourceEntry> entries)
    {
        var byUrn = entries.ToLookup(entry => entry.State.Urn);
        var sorted = ImmutableArray.CreateBuilder<ResourceEntry>(entries.Length);
        var (met, placed) = (new HashSet<ResourceEntry>(), new HashSet<ResourceEntry>());
        var open = new Stack<ResourceEntry>();
        foreach (var entry in entries)
        {
            open.Push(entry);
            while (open.TryPeek(out var top))
            {
                if (met.Add(top))
                {
                    foreach (var needed in NeededBy(top.State).Reverse().Where(other => !met.Contains(other)))
                    {
                        open.Push(needed);
                    }
                }
                else
                {
                    open.Pop();
                    if (placed.Add(top))
                    {
                        sorted.Add(top);
                    }
                }
            }
        }

        return sorted.ToImmutable();

        IEnumerable<ResourceEntry> NeededBy(ResourceState state) => state.References.Distinct().SelectMany(urn =>
        {
            var named = state.Provider is { } provider && provider.Urn == urn
                ? byUrn[urn].Where(other => other.State.Id == provider.Id).DefaultIfEmpty(byUrn[urn].FirstOrDefault())
                : byUrn[urn].OrderBy(other => other.State.Delete).Take(1);
            return named.OfType<ResourceEntry>().Where(other => byUrn[urn].All(same => !placed.Contains(same)) || other.State.IsProvider);
        });
    }
}
