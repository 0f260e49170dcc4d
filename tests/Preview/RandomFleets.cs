using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Tests.Preview;

/// <summary>A small fleet, and random changes to its application. The same seed gives the same changes.</summary>
internal static class RandomFleets
{
    public static Fleet Small() => new()
    {
        Name = "random",
        Applications = [new Application { Name = "shop", Namespace = "shop", Services = [Service("a", 1), Service("b", 1) with { DependsOn = ["a"] }] }],
        Rings = [new Ring("first", []), new Ring("second", [])],
        Clusters =
        [
            Cluster("cloud-1", Layer.Cloud, "first", null), Cluster("fog-1", Layer.Fog, "first", "cloud-1"), Cluster("edge-1", Layer.Edge, "second", "fog-1"),
        ],
        Policy = new RolloutPolicy(),
    };

    /// <summary>A cluster without anything special about it.</summary>
    public static Cluster Cluster(string name, Layer layer, string ring, string? parent) =>
        new() { Name = name, Layer = layer, Ring = ring, Parent = parent, Engine = new ClusterEngine.Simulated(), Nodes = 1 };

    /// <summary>A service with a port, on every layer.</summary>
    public static Service Service(string name, int version) => new()
    {
        Name = name,
        Version = $"{version}.0.0",
        Layers = LayerNames.All.ToImmutableSortedDictionary(layer => layer, _ => new ServiceLayer
        {
            Replicas = 1,
            Containers = [new Container { Name = name, Image = $"shop/{name}", Ports = [new ContainerPort(8080, "http")] }],
        }),
    };

    /// <summary>The fleet after one to three random changes.</summary>
    public static Fleet Change(Fleet fleet, Random random)
    {
        var application = fleet.Applications[0];
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            application = Change(application, random);
        }

        return fleet with { Applications = [application] };
    }

    private static Application Change(Application application, Random random)
    {
        var services = application.Services;
        var index = random.Next(services.Length);
        var service = services[index];
        return application with
        {
            Services = random.Next(9) switch
            {
                0 or 1 => services.SetItem(index, service with { Version = $"{random.Next(1, 9)}.{random.Next(10)}.0" }),
                2 => services.SetItem(index, OnEach(service, layer => layer with { Replicas = random.Next(0, 4) })),
                3 => services.SetItem(index, OnEach(service, layer => WithContainer(layer, container => container with
                {
                    Env = [new EnvironmentVariable("LEVEL", $"{random.Next(5)}"), .. container.Env.Where(variable => variable.Name != "LEVEL")],
                }))),
                4 => services.SetItem(index, OnEach(service, layer => WithContainer(layer, container => container with
                {
                    Ports = [new ContainerPort(8080 + random.Next(3), "http"), .. random.Next(2) == 0 ? [new ContainerPort(9090, "metrics")] : Array.Empty<ContainerPort>()],
                }))),
                5 => services.SetItem(index, OnEach(service, layer => WithContainer(layer, container => container with
                {
                    Resources = new Resources { Requests = ImmutableSortedDictionary<string, string>.Empty.Add("memory", $"{random.Next(1, 9)}Mi") },
                }))),
                6 when services.Length < 4 => services.Add(Service($"new{random.Next(1000)}", 1) with { DependsOn = [service.Name] }),
                7 when services.Length > 1 =>
                    [.. services.Remove(service).Select(other => other with { DependsOn = other.DependsOn.Remove(service.Name) })],
                _ => services.SetItem(index, service.Layers.Count > 1 && random.Next(2) == 0
                    ? service with { Layers = service.Layers.Remove(service.Layers.Keys.Last()) }
                    : OnEach(service, layer => WithContainer(layer, container => container with { Args = [$"--seed={random.Next(9)}"] }))),
            },
        };
    }

    private static Service OnEach(Service service, Func<ServiceLayer, ServiceLayer> change) =>
        service with { Layers = service.Layers.ToImmutableSortedDictionary(layer => layer.Key, layer => change(layer.Value)) };

    private static ServiceLayer WithContainer(ServiceLayer layer, Func<Container, Container> change) =>
        layer with { Containers = [change(layer.Containers[0]), .. layer.Containers.Skip(1)] };
}
