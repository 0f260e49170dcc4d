namespace FogInfra.Embedded.Simulator.Kinds;

/// <summary>A resource of the API, whatever its version, for example <c>deployments.apps</c>.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Plural">The name in URLs.</param>
internal readonly record struct GroupResource(string Group, string Plural)
{
    /// <summary>The name as error messages spell it.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}

/// <summary>The place of an object among those of its resource.</summary>
/// <param name="Namespace">Its namespace; empty for cluster-wide objects.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>
{
    /// <summary>Orders as etcd's keys do: by namespace, then by name.</summary>
    public int CompareTo(ObjectKey other) => string.CompareOrdinal(Namespace, other.Namespace) is var order and not 0
        ? order
        : string.CompareOrdinal(Name, other.Name);

    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
