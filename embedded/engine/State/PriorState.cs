using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>The state as a run found it, with its graph of references. Does not change while the run goes on.</summary>
internal sealed class PriorState
{
    private readonly Dictionary<Urn, ResourceEntry> _alive = [];
    private readonly Dictionary<Urn, List<ResourceEntry>> _referrers = [];
    private readonly Dictionary<ResourceEntry, int> _positions = [];
    private readonly Dictionary<ProviderReference, ResourceState> _providers = [];

    /// <summary>Takes the entries as they are now.</summary>
    public PriorState(ImmutableArray<ResourceEntry> entries)
    {
        Entries = entries;
        foreach (var entry in entries)
        {
            _positions.Add(entry, _positions.Count);
            if (!entry.State.Delete)
            {
                _alive.TryAdd(entry.State.Urn, entry);
            }

            if (entry.State.IsProvider)
            {
                _providers.TryAdd(new ProviderReference(entry.State.Urn, entry.State.Id), entry.State);
            }

            foreach (var urn in entry.State.References.Distinct())
            {
                (_referrers.TryGetValue(urn, out var list) ? list : _referrers[urn] = []).Add(entry);
            }
        }
    }

    /// <summary>The entries in the order of the state.</summary>
    public ImmutableArray<ResourceEntry> Entries { get; }

    /// <summary>The entry of a URN that does not wait for its delete; null when there is none.</summary>
    public ResourceEntry? Find(Urn urn) => _alive.GetValueOrDefault(urn);

    /// <summary>The provider that a reference names; null when the state has none with that id.</summary>
    public ResourceState? FindProvider(ProviderReference reference) => _providers.GetValueOrDefault(reference);

    /// <summary>The entries that refer to a resource, directly.</summary>
    public IReadOnlyList<ResourceEntry> ReferrersOf(Urn urn) => _referrers.TryGetValue(urn, out var list) ? list : [];

    /// <summary>The entries that refer to a resource, directly or through others, in the order of the state.</summary>
    /// <param name="urn">The resource.</param>
    /// <param name="follows">Which references lead on; null for all.</param>
    public ImmutableArray<ResourceEntry> DependentsOf(Urn urn, Func<ResourceState, Urn, bool>? follows = null)
    {
        var found = new HashSet<ResourceEntry>();
        var open = new Stack<Urn>([urn]);
        while (open.TryPop(out var target))
        {
            foreach (var entry in ReferrersOf(target))
            {
                if ((follows is null || follows(entry.State, target)) && found.Add(entry))
                {
                    open.Push(entry.State.Urn);
                }
            }
        }

        return [.. found.OrderBy(entry => _positions[entry])];
    }
}
