using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads an application of a fleet document.</summary>
internal static class ApplicationReader
{
    public static Application Read(string name, YamlMap map)
    {
        var @namespace = map.Text("namespace") ?? name;
        if (!Names.IsLabel(@namespace.Replace(Application.LayerPlaceholder, "edge", StringComparison.Ordinal)))
        {
            map.Fault("namespace", $"'{@namespace}' is no name of a namespace; expected {Names.LabelRule}.");
        }

        var (isolation, layerIsolation) = IsolationReader.Read(map);
        map.RequiredMap("services");
        var entries = map.Entries("services");
        var services = entries.Select(entry => ReadService(entry.Name, entry.Map)).ToList();
        if (services.Count == 0 && map.Has("services"))
        {
            map.Fault("services", "There is no service; expected at least one.");
        }

        CheckDependencies(services, entries.ToDictionary(entry => entry.Name, entry => entry.Map, StringComparer.Ordinal));
        map.Close();
        var application = new Application
        {
            Name = name,
            Namespace = @namespace,
            Isolation = isolation,
            LayerIsolation = layerIsolation,
            Services = Sorted(services, map),
        };
        CheckNodePaths(application, services, entries);
        return application;
    }

    private static Service ReadService(string name, YamlMap map)
    {
        if (!Names.IsLabel(name))
        {
            map.FaultHere($"'{name}' is no name of a service; expected {Names.LabelRule}.");
        }

        var shared = SettingsReader.Read(map, known: []);
        var layers = LayersReader.Read(map, "layers", shared);
        var service = new Service
        {
            Name = name,
            Version = ReadVersion(map),
            DependsOn = [.. map.Texts("dependsOn")],
            Layers = layers,
            Clusters = LayersReader.ReadClusters(map, layers),
        };
        map.Close();
        return service;
    }

    public static string ReadVersion(YamlMap map)
    {
        var version = map.RequiredText("version");
        if (version.Length > 0 && !Names.IsVersion(version))
        {
            map.Fault("version", $"'{version}' is no version; expected {Names.VersionRule}.");
        }

        return version;
    }

    // Kubernetes would refuse the pods, but only when their Deployment is there already.
    private static void CheckNodePaths(Application application, List<Service> services, IReadOnlyList<(string Name, YamlMap Map)> entries)
    {
        foreach (var (service, map) in services.Zip(entries, (service, entry) => (service, entry.Map)))
        {
            foreach (var (layer, runsAs) in service.Layers.Where(layer => application.IsolationOn(layer.Key).PodSecurity != PodSecurity.Privileged))
            {
                foreach (var volume in runsAs.Settings.Volumes.Where(volume => volume.HostPath is not null))
                {
                    map.Map("layers")!.Fault(layer.Name(),
                        $"The volume '{volume.Name}' is a path of the node, which pods of this namespace may not have; with 'isolation: {{podSecurity: privileged}}' they may.");
                }
            }
        }
    }

    private static void CheckDependencies(List<Service> services, Dictionary<string, YamlMap> maps)
    {
        foreach (var service in services)
        {
            for (var index = 0; index < service.DependsOn.Length; index++)
            {
                if (DependencyFault(service, service.DependsOn[index], services) is { } fault)
                {
                    maps[service.Name].FaultItem("dependsOn", index, fault);
                }
            }
        }
    }

    private static string? DependencyFault(Service service, string name, List<Service> services)
    {
        if (services.Find(other => other.Name == name) is not { } dependency)
        {
            return $"There is no service '{name}'{Suggestion.For(name, services.Select(other => other.Name))}";
        }

        // A service can reach what runs on its own layer or further in; a cloud does not depend on its edges.
        var stranded = service.Layers.Keys.Where(layer => dependency.Layers.Keys.All(other => other > layer)).ToList();
        return stranded.Count == 0 || dependency.Layers.Count == 0
            ? null
            : $"'{service.Name}' runs on {stranded[0].Name()}, but '{name}' runs neither there nor further in.";
    }

    private static ImmutableArray<Service> Sorted(List<Service> services, YamlMap map)
    {
        var byName = services.ToDictionary(service => service.Name, StringComparer.Ordinal);
        var order = ServiceGraph.Sort([.. byName.Keys], name => byName[name].DependsOn);
        if (!order.Cycle.IsEmpty)
        {
            map.Fault("services", $"The services depend on each other in a circle: {string.Join(" -> ", order.Cycle)}.");
        }

        return [.. order.Names.Select(name => byName[name])];
    }
}
