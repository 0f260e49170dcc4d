using System.Collections.Immutable;
using System.Net;

namespace FogInfra.Model.Documents;

/// <summary>Reads the Service in front of a service's pods.</summary>
internal static class ExposureReader
{
    private static readonly string[] Types = ["ClusterIP", "NodePort", "LoadBalancer"];

    public static Exposure? Read(YamlMap owner)
    {
        if (owner.Map("expose") is not { } map)
        {
            return null;
        }

        var exposure = new Exposure
        {
            Kind = map.Choice("type", Types) switch
            {
                "NodePort" => ExposureKind.NodePort,
                "LoadBalancer" => ExposureKind.LoadBalancer,
                _ => ExposureKind.ClusterIP,
            },
            Ports = [.. map.Maps("ports").Select(ReadPort)],
            ExternalIPs = ReadAddresses(map),
            Annotations = map.TextEntries("annotations").ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        foreach (var (name, index) in ContainerReader.Repeated(exposure.Ports.Select(port => $"{port.Port}/{port.Protocol}")))
        {
            map.FaultItem("ports", index, $"The port {name} is listed twice.");
        }

        if (exposure.Kind == ExposureKind.ClusterIP && exposure.Ports.Any(port => port.NodePort is not null))
        {
            map.Fault("ports", "A 'nodePort' needs the type NodePort or LoadBalancer.");
        }

        map.Close();
        return exposure;
    }

    private static ExposedPort ReadPort(YamlMap map)
    {
        var port = new ExposedPort(
            map.RequiredWholeNumber("port", 1, 65535),
            map.Has("targetPort") ? ProbeReader.ReadPort(map, "targetPort") : null,
            ContainerReader.ReadPortName(map),
            map.Choice("protocol", ContainerReader.Protocols) ?? "TCP",
            map.WholeNumber("nodePort", 1, 65535));
        map.Close();
        return port;
    }

    private static ImmutableArray<string> ReadAddresses(YamlMap map)
    {
        var addresses = map.Texts("externalIPs").ToImmutableArray();
        for (var index = 0; index < addresses.Length; index++)
        {
            if (!IPAddress.TryParse(addresses[index], out _))
            {
                map.FaultItem("externalIPs", index, $"'{addresses[index]}' is no IP address.");
            }
        }

        return addresses;
    }
}
