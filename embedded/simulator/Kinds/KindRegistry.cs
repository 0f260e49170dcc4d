namespace FogInfra.Embedded.Simulator.Kinds;

/// <summary>The kinds that one cluster serves at one moment. Immutable; custom resource definitions make a new one.</summary>
internal sealed class KindRegistry
{
    // Where kubectl finds a name in two groups it takes the first of this order.
    private static readonly string[] GroupOrder =
    [
        "", "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
        "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io",
        "apiextensions.k8s.io", "scheduling.k8s.io", "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io",
    ];

    private readonly Dictionary<(string Group, string Version, string Plural), ResourceKind> _byPlural;
    private readonly Dictionary<(string ApiVersion, string Kind), ResourceKind> _byKind;
    private readonly Dictionary<GroupResource, ResourceKind> _stored;

    /// <summary>A registry of the built-in kinds and some custom ones.</summary>
    public KindRegistry(IEnumerable<ResourceKind> custom)
    {
        var known = BuiltInKinds.Instance.All.Concat(custom).ToList();
        All = known.FindAll(kind => kind.IsServed);
        _byPlural = All.ToDictionary(kind => (kind.Group, kind.Version, kind.Plural));
        _byKind = All.ToDictionary(kind => (kind.ApiVersion, kind.Kind));
        _stored = known.Where(kind => kind.Version == kind.StorageVersion).ToDictionary(kind => kind.Resource);
        Groups = [.. All.GroupBy(kind => kind.Group, (group, kinds) => new ApiGroup(group, [.. kinds.Select(kind => kind.Version).Distinct().Order(VersionPriority.Instance)]))
            .OrderBy(group => Array.IndexOf(GroupOrder, group.Name) is var at and >= 0 ? at : int.MaxValue).ThenBy(group => group.Name, StringComparer.Ordinal)];
    }

    /// <summary>All kinds that are served.</summary>
    public IReadOnlyList<ResourceKind> All { get; }

    /// <summary>The groups, in the order of discovery; the core group, whose name is empty, is the first.</summary>
    public IReadOnlyList<ApiGroup> Groups { get; }

    /// <summary>The kind behind a URL, or null.</summary>
    public ResourceKind? Find(string group, string version, string plural) => _byPlural.GetValueOrDefault((group, version, plural));

    /// <summary>The kind of an object, or null.</summary>
    public ResourceKind? FindKind(string apiVersion, string kind) => _byKind.GetValueOrDefault((apiVersion, kind));

    /// <summary>The kind in the version that is stored, or null.</summary>
    public ResourceKind? FindStored(GroupResource resource) => _stored.GetValueOrDefault(resource);

    /// <summary>The kind of a resource in the version that is stored.</summary>
    public ResourceKind Stored(GroupResource resource) => _stored[resource];
}

/// <summary>An API group.</summary>
/// <param name="Name">Its name; empty for the core group.</param>
/// <param name="Versions">Its versions, the preferred one first.</param>
internal sealed record ApiGroup(string Name, IReadOnlyList<string> Versions);
