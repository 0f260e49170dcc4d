using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Rollout.Commands;

/// <summary>A service, and the application that it is a part of.</summary>
internal sealed record ServiceOf(Application Application, Service Service);

/// <summary>Finds parts of a fleet by the names that people give.</summary>
internal static class FleetLookup
{
    public static Found<Application> Application(Fleet fleet, string name) =>
        fleet.Applications.FirstOrDefault(application => application.Name == name) is { } found
            ? found
            : Missing<Application>("application", name, fleet.Applications.Select(application => application.Name));

    /// <summary>A service by <c>SERVICE</c>, or by <c>APPLICATION/SERVICE</c> where several applications have one of that name.</summary>
    public static Found<ServiceOf> Service(Fleet fleet, string name)
    {
        var all = fleet.Applications.SelectMany(application => application.Services.Select(service => new ServiceOf(application, service))).ToList();
        var matches = all.Where(each => each.Service.Name == name || $"{each.Application.Name}/{each.Service.Name}" == name).ToList();
        return matches switch
        {
            [var match] => match,
            [] => Missing<ServiceOf>("service", name, all.Select(each => each.Service.Name).Distinct()),
            _ => new Found<ServiceOf>(null, $"Several applications have a service '{name}'; say which: "
                + string.Join(", ", matches.Select(match => $"{match.Application.Name}/{match.Service.Name}")) + "."),
        };
    }

    public static Found<Cluster> Cluster(Fleet fleet, string name) =>
        fleet.FindCluster(name) is { } found ? found : Missing<Cluster>("cluster", name, fleet.Clusters.Select(cluster => cluster.Name));

    /// <summary>The application of that name; without a name the only one.</summary>
    public static Found<Application> ApplicationOrOnly(Fleet fleet, string? name) => (name, fleet.Applications) switch
    {
        (null, [var only]) => only,
        (null, _) => new Found<Application>(null, $"The fleet has {fleet.Applications.Length} applications; say which by --application: "
            + string.Join(", ", fleet.Applications.Select(application => application.Name)) + "."),
        _ => Application(fleet, name),
    };

    private static Found<T> Missing<T>(string noun, string name, IEnumerable<string> known)
        where T : class => new(null, $"There is no {noun} '{name}'{Suggestion.For(name, known)}");
}
