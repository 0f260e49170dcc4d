using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Model;

namespace FogInfra.Clusters.Docker;

/// <summary>Reads from what docker says of containers which arguments would make their cluster. Pure.</summary>
internal static class ContainerImport
{
    private const int ApiServerPort = 6443;

    /// <summary>Reads.</summary>
    /// <param name="name">The cluster's name.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="machines">Its nodes.</param>
    /// <param name="inspected">What <c>docker container inspect</c> says of them.</param>
    public static ClusterArguments Read(string name, ClusterEngine engine, ImmutableArray<Machine> machines, string inspected)
    {
        using var document = JsonDocument.Parse(inspected);
        var containers = document.RootElement.EnumerateArray().ToList();
        return new ClusterArguments
        {
            Name = name,
            Engine = engine,
            Spec = new ClusterSpec
            {
                Topology = new Topology(machines.Count(machine => machine.Role == NodeRoles.ControlPlane), machines.Count(machine => machine.Role == NodeRoles.Worker)),
                Image = containers[0].GetProperty("Config").GetProperty("Image").GetString(),
                Ports = [.. containers.SelectMany(PortsOf).OrderBy(port => port.Host)],
            },
        };
    }

    private static IEnumerable<PortMapping> PortsOf(JsonElement container)
    {
        if (container.GetProperty("HostConfig").GetProperty("PortBindings") is not { ValueKind: JsonValueKind.Object } bindings)
        {
            yield break;
        }

        foreach (var binding in bindings.EnumerateObject())
        {
            if (binding.Name.Split('/') is not [var port, var protocol] || !int.TryParse(port, CultureInfo.InvariantCulture, out var node) || node == ApiServerPort)
            {
                continue;
            }

            foreach (var host in binding.Value.EnumerateArray())
            {
                if (int.TryParse(host.GetProperty("HostPort").GetString(), CultureInfo.InvariantCulture, out var published))
                {
                    var address = host.GetProperty("HostIp").GetString();
                    yield return new PortMapping(published, node, protocol.ToUpperInvariant(), string.IsNullOrEmpty(address) ? "0.0.0.0" : address);
                }
            }
        }
    }
}
