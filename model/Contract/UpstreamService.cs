namespace FogInfra.Model;

/// <summary>A service of a cluster further in, which a service depends on and reaches by the endpoint in that cluster's stack outputs.</summary>
/// <param name="Service">The service.</param>
/// <param name="Cluster">The cluster that runs it.</param>
/// <param name="Layer">The cluster's layer.</param>
public sealed record UpstreamService(string Service, string Cluster, Layer Layer)
{
    /// <summary>
    /// The dependencies of a service that run not here but further in: each in the nearest cluster inwards that has it, where it can be
    /// reached from outside.
    /// </summary>
    internal static IEnumerable<UpstreamService> Find(Application application, Service service, Cluster cluster, Fleet fleet) =>
        from name in service.DependsOn
        let dependency = application.FindService(name)
        where dependency is not null && !dependency.Layers.ContainsKey(cluster.Layer)
        let runsIn = Inwards(cluster, fleet).FirstOrDefault(other => dependency.Layers.ContainsKey(other.Layer))
        where runsIn is not null && dependency.On(runsIn).Settings.IsReachableFromOutside
        select new UpstreamService(name, runsIn.Name, runsIn.Layer);

    // Each parent stands further in than its child, so this ends.
    private static IEnumerable<Cluster> Inwards(Cluster cluster, Fleet fleet)
    {
        for (var next = ParentOf(cluster, fleet); next is not null; next = ParentOf(next, fleet))
        {
            yield return next;
        }
    }

    private static Cluster? ParentOf(Cluster cluster, Fleet fleet) => cluster.Parent is { } parent ? fleet.FindCluster(parent) : null;
}
