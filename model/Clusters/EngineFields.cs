namespace FogInfra.Model;

/// <summary>Which fields of a cluster's description an engine has no use for, and why.</summary>
internal static class EngineFields
{
    private static readonly (string Path, Func<ClusterSpec, bool> IsSet)[] Fields =
    [
        ("topology", spec => spec.Topology is not null),
        ("version", spec => spec.Version is not null),
        ("image", spec => spec.Image is not null),
        ("controlPlane", spec => spec.ControlPlane != new NodeGroup()),
        ("worker", spec => spec.Worker != new NodeGroup()),
        ("ports", spec => !spec.Ports.IsEmpty),
        ("mounts", spec => !spec.Mounts.IsEmpty),
        ("mirrors", spec => !spec.Mirrors.IsEmpty),
        ("podNetwork", spec => !spec.PodNetwork),
        ("featureGates", spec => !spec.FeatureGates.IsEmpty),
        ("subnet", spec => spec.Subnet is not null),
        ("link", spec => spec.Link is not null),
        ("architecture", spec => spec.Architecture is not null),
    ];

    private static readonly HashSet<string> OfSimulated = ["topology", "controlPlane", "worker", "architecture"];

    public static IEnumerable<SpecFault> Unsupported(ClusterEngine engine, ClusterSpec spec)
    {
        var set = Fields.Where(field => field.IsSet(spec)).Select(field => field.Path);
        return engine switch
        {
            ClusterEngine.Existing => set.Select(path => new SpecFault(path, "An existing cluster is only used, never changed; this is for clusters that are made.")),
            ClusterEngine.Simulated => set.Where(path => !OfSimulated.Contains(path)).Select(path => new SpecFault(path, "A simulated cluster has no containers and no network; this is for engine: kind or k3d.")),
            _ => [],
        };
    }
}
