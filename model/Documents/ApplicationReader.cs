using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads an application of a fleet document.</summary>
internal static class ApplicationReader
{
    public static Application Read(string name, YamlMap map)
    {
        var @namespace = map.Text("namespace") ?? name;
        if (!Names.IsLabel(@namespace))
        {
            map.Fault("namespace", $"'{@namespace}' is no name of a namespace; expected {Names.LabelRule}.");
        }

        map.RequiredMap("services");
        var entries = map.Entries("services");
        var services = entries.Select(entry => ReadService(entry.Name, entry.Map)).ToList();
        if (services.Count == 0 && map.Has("services"))
        {
            map.Fault("services", "There is no service; expected at least one.");
        }

        CheckDependencies(services, entries.ToDictionary(entry => entry.Name, entry => entry.Map, StringComparer.Ordinal));
        map.Close();
        return new Application { Name = name, Namespace = @namespace, Services = Sorted(services, map) };
    }

    private static Service ReadService(string name, YamlMap map)
    {
        if (!Names.IsLabel(name))
        {
            map.FaultHere($"'{name}' is no name of a service; expected {Names.LabelRule}.");
        }

        var containers = map.Has("containers") ? ContainerReader.Read(map, "containers") : [];
        var service = new Service
        {
            Name = name,
            Version = ReadVersion(map),
            DependsOn = [.. map.Texts("dependsOn")],
            Layers = LayersReader.Read(map, "layers", containers),
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
