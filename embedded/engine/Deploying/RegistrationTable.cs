using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>
/// Who has what in this run: which resources are registered, and which entries of the state before belong to whom. An entry is
/// either claimed by a registration, or condemned by the replacement of something that it depends on, or free. May be used by
/// many threads at once.
/// </summary>
internal sealed class RegistrationTable
{
    private readonly ConcurrentDictionary<Urn, Registration> _registrations = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceEntry, Urn> _claims = [];
    private readonly Dictionary<ResourceEntry, CondemnedEntry> _condemned = [];

    /// <summary>Adds a registration; false when the URN has one.</summary>
    public bool TryAdd(Registration registration) => _registrations.TryAdd(registration.Urn, registration);

    /// <summary>The registration of a URN.</summary>
    public bool TryGet(Urn urn, [MaybeNullWhen(false)] out Registration registration) => _registrations.TryGetValue(urn, out registration);

    /// <summary>Claims an entry for a registration.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="urn">The registration.</param>
    /// <param name="owner">Who has it already, when it cannot be claimed.</param>
    /// <param name="condemned">That it was condemned, when it was; the claim holds all the same.</param>
    /// <returns>Whether it is now claimed.</returns>
    public bool TryClaim(ResourceEntry entry, Urn urn, out Urn? owner, out CondemnedEntry? condemned)
    {
        lock (_lock)
        {
            condemned = _condemned.GetValueOrDefault(entry);
            owner = _claims.GetValueOrDefault(entry);
            if (owner is not null && owner != urn)
            {
                return false;
            }

            _claims[entry] = urn;
            return true;
        }
    }

    /// <summary>Condemns an entry to be deleted before it is known whether the program still wants it.</summary>
    /// <returns>Whether it was free. An entry that a registration has claimed cannot depend on what is replaced now.</returns>
    public bool TryCondemn(ResourceEntry entry, CondemnedEntry condemned)
    {
        lock (_lock)
        {
            return !_claims.ContainsKey(entry) && _condemned.TryAdd(entry, condemned);
        }
    }

    /// <summary>The registration that has claimed an entry; null when none has.</summary>
    public Registration? OwnerOf(ResourceEntry entry)
    {
        lock (_lock)
        {
            return _claims.TryGetValue(entry, out var urn) ? _registrations.GetValueOrDefault(urn) : null;
        }
    }

    /// <summary>Whether a registration has claimed an entry.</summary>
    public bool IsClaimed(ResourceEntry entry)
    {
        lock (_lock)
        {
            return _claims.ContainsKey(entry);
        }
    }
}

/// <summary>Why and how far an entry is deleted before its turn.</summary>
/// <param name="ReplaceKeys">The properties that depend on what is replaced.</param>
/// <param name="Deleted">Whether it is deleted; done when that is known.</param>
internal sealed record CondemnedEntry(IReadOnlyCollection<string> ReplaceKeys, Task<bool> Deleted);
