namespace FogInfra.Model.Documents.Editing;

/// <summary>What must hold for a change before it is tried. What the reader of documents finds wrong afterwards is not repeated here.</summary>
internal static class FleetChangeRules
{
    /// <summary>Why a change cannot be made; null when it can be tried.</summary>
    public static string? Fault(Fleet fleet, FleetChange change) => change switch
    {
        FleetChange.AddApplication(var name, _, _) => Taken("an application", name, fleet.Applications.Select(application => application.Name)),
        FleetChange.RemoveApplication(var name) => Missing("application", name, fleet.Applications.Select(application => application.Name)),
        FleetChange.AddService(var application, var service) => InApplication(fleet, application, found => Taken("a service", service.Name, NamesOf(found))),
        FleetChange.RemoveService(var application, var service) => InApplication(fleet, application, found => Missing("service", service, NamesOf(found))),
        FleetChange.SetDependencies(var application, var service, _) => InApplication(fleet, application, found => Missing("service", service, NamesOf(found))),
        FleetChange.SetVersion(var application, var service, _) => InApplication(fleet, application, found => VersionFault(found, service)),
        FleetChange.AddCluster(var cluster) => Taken("a cluster", cluster.Name, fleet.Clusters.Select(other => other.Name)),
        FleetChange.RemoveCluster(var cluster) => Missing("cluster", cluster, fleet.Clusters.Select(other => other.Name)) ?? ParentFault(fleet, cluster),
        FleetChange.MoveCluster(var cluster, _) => Missing("cluster", cluster, fleet.Clusters.Select(other => other.Name)),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static string? InApplication(Fleet fleet, string name, Func<Application, string?> fault) =>
        fleet.Applications.FirstOrDefault(application => application.Name == name) is { } found
            ? fault(found)
            : Missing("application", name, fleet.Applications.Select(application => application.Name));

    private static string? VersionFault(Application application, string name) =>
        application.FindService(name) is not { } service ? Missing("service", name, NamesOf(application))
        : service.VersionDecidesImages ? null
        : $"The images of '{name}' name their own tags, so that a version changes nothing; leave the tags out, or change them in the document.";

    private static string? ParentFault(Fleet fleet, string cluster)
    {
        var children = fleet.Clusters.Where(other => other.Parent == cluster).Select(other => other.Name).ToList();
        return children.Count == 0 ? null : $"Cluster '{cluster}' is the parent of {string.Join(", ", children)}; remove those first, or give them another parent.";
    }

    private static string? Taken(string noun, string name, IEnumerable<string> names) => names.Contains(name) ? $"There is {noun} '{name}' already." : null;

    private static string? Missing(string noun, string name, IEnumerable<string> names)
    {
        var known = names.ToList();
        return known.Contains(name) ? null : $"There is no {noun} '{name}'{Suggestion.For(name, known)}";
    }

    private static IEnumerable<string> NamesOf(Application application) => application.Services.Select(service => service.Name);
}
