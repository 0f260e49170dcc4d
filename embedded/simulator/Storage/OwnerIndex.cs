using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>Finds the objects that depend on an object. Not thread-safe: the store's lock guards it.</summary>
internal sealed class OwnerIndex
{
    private readonly Dictionary<string, HashSet<(GroupResource Resource, ObjectKey Key)>> _dependents = new(StringComparer.Ordinal);

    /// <summary>The places of the objects that name an owner of that unique id.</summary>
    public IReadOnlyCollection<(GroupResource Resource, ObjectKey Key)> DependentsOf(string uid) =>
        _dependents.TryGetValue(uid, out var dependents) ? dependents : [];

    /// <summary>Follows a change.</summary>
    public void Apply(ObjectChange change)
    {
        var before = change.Previous?.Value.At("metadata", "ownerReferences");
        var after = change.Type == ChangeType.Deleted ? null : change.Object.Value.At("metadata", "ownerReferences");
        if (ReferenceEquals(before, after)) return;
        var place = (change.Object.Resource, change.Object.Key);
        foreach (var owner in OwnersIn(before))
        {
            if (_dependents.TryGetValue(owner, out var dependents) && dependents.Remove(place) && dependents.Count == 0) _dependents.Remove(owner);
        }
        foreach (var owner in OwnersIn(after))
        {
            if (!_dependents.TryGetValue(owner, out var dependents)) _dependents[owner] = dependents = [];
            dependents.Add(place);
        }
    }

    private static IEnumerable<string> OwnersIn(JsonData? references) =>
        (references as JsonList)?.Maps().Select(reference => reference.Text("uid")).OfType<string>() ?? [];
}
