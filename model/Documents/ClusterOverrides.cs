namespace FogInfra.Model.Documents;

/// <summary>Checks what services say of single clusters, and how applications share clusters, once the clusters are known.</summary>
internal static class ClusterOverrides
{
    public static void Check(YamlMap root, Fleet fleet)
    {
        var maps = root.Entries("applications").ToDictionary(entry => entry.Name, entry => entry.Map, StringComparer.Ordinal);
        foreach (var application in fleet.Applications)
        {
            CheckServices(application, fleet, maps[application.Name]);
            CheckNamespaces(application, fleet, maps[application.Name]);
        }
    }

    private static void CheckServices(Application application, Fleet fleet, YamlMap map)
    {
        var services = map.Entries("services").ToDictionary(entry => entry.Name, entry => entry.Map, StringComparer.Ordinal);
        foreach (var service in application.Services)
        {
            foreach (var name in service.Clusters.Keys)
            {
                if (OverrideFault(service, name, fleet) is { } fault)
                {
                    services[service.Name].Map("clusters")!.FaultName(name, fault);
                }
            }
        }
    }

    private static string? OverrideFault(Service service, string name, Fleet fleet)
    {
        if (fleet.FindCluster(name) is not { } cluster)
        {
            return $"There is no cluster '{name}'{Suggestion.For(name, fleet.Clusters.Select(other => other.Name))}";
        }

        if (!service.Layers.TryGetValue(cluster.Layer, out var layer))
        {
            return $"'{service.Name}' does not run on layer {cluster.Layer.Name()}, where '{name}' stands.";
        }

        // One that no layer has is told of by the reader already.
        var elsewhere = service.Layers.Values.SelectMany(other => other.Containers).Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        var stranger = service.Clusters[name].Containers.FirstOrDefault(container =>
            container.Image.Length == 0 && elsewhere.Contains(container.Name) && layer.Containers.All(other => other.Name != container.Name));
        return stranger is null ? null : $"The container '{stranger.Name}' is none of layer {cluster.Layer.Name()}; a new one needs the field 'image'.";
    }

    // Two clusters of the fleet may be one Kubernetes cluster that stands in for several layers; each then needs a namespace of its own.
    private static void CheckNamespaces(Application application, Fleet fleet, YamlMap map)
    {
        var shared =
            from cluster in fleet.Clusters
            where cluster.Engine is ClusterEngine.Existing && application.Services.Any(service => service.Layers.ContainsKey(cluster.Layer))
            group cluster by (cluster.Engine, Namespace: application.NamespaceOn(cluster.Layer)) into same
            where same.Count() > 1
            select string.Join(" and ", same.Select(cluster => $"'{cluster.Name}'"));
        foreach (var clusters in shared)
        {
            map.FaultHere($"{clusters} are one Kubernetes cluster; with 'namespace: {application.Name}-{Application.LayerPlaceholder}' each layer has its own.");
        }
    }
}
