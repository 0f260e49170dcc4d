using System.Collections.Immutable;
using FogInfra.Embedded.Simulator.Kinds;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>The objects of one resource at one revision, by namespace and name. Immutable: a list that is read in pages keeps the one it began with.</summary>
internal sealed class ObjectSet
{
    private static readonly ImmutableSortedDictionary<string, StoredObject> None = ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> _byNamespace;

    private ObjectSet(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> byNamespace) => _byNamespace = byNamespace;

    /// <summary>The set without objects.</summary>
    public static ObjectSet Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(StringComparer.Ordinal));

    /// <summary>All objects, in the order of their keys.</summary>
    public IEnumerable<StoredObject> All => _byNamespace.Values.SelectMany(objects => objects.Values);

    /// <summary>The objects of one namespace, in the order of their names.</summary>
    public IEnumerable<StoredObject> In(string space) => _byNamespace.GetValueOrDefault(space, None).Values;

    /// <summary>An object, or null.</summary>
    public StoredObject? Find(ObjectKey key) => _byNamespace.GetValueOrDefault(key.Namespace, None).GetValueOrDefault(key.Name);

    /// <summary>The set with an object added or replaced.</summary>
    public ObjectSet With(StoredObject value)
    {
        var space = _byNamespace.GetValueOrDefault(value.Key.Namespace, None);
        return new ObjectSet(_byNamespace.SetItem(value.Key.Namespace, space.SetItem(value.Key.Name, value)));
    }

    /// <summary>The set without an object.</summary>
    public ObjectSet Without(ObjectKey key)
    {
        var space = _byNamespace.GetValueOrDefault(key.Namespace, None).Remove(key.Name);
        return new ObjectSet(space.IsEmpty ? _byNamespace.Remove(key.Namespace) : _byNamespace.SetItem(key.Namespace, space));
    }
}
