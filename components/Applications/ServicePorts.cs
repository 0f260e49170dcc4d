using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;

namespace FogInfra.Components;

/// <summary>The ports of the Service in front of a service's pods. Plain functions over plain values.</summary>
internal static class ServicePorts
{
    /// <summary>The ports: those that are given, or else those of the containers. Each has a name and a target.</summary>
    public static ImmutableArray<ExposedPort> Of(ServiceWorkload service)
    {
        var given = service.Settings.Expose?.Ports ?? [];
        var ports = given.IsEmpty
            ? service.Containers.SelectMany(container => container.Ports)
                .Select(port => new ExposedPort(port.Number, Text(port.Number), port.Name, port.Protocol))
            : given;

        // Kubernetes demands names as soon as a Service has more than one port.
        return [.. ports.Select(port => port with { Name = port.Name ?? $"port-{port.Port}", TargetPort = port.TargetPort ?? Text(port.Port) })];
    }

    /// <summary>The port of the Service that an ingress names, and the container's port behind it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="named">A number or a name; null for the first port.</param>
    public static (ExposedPort Service, string Port) Target(ServiceWorkload service, string? named)
    {
        var ports = Of(service);
        var port = ports.FirstOrDefault(port => named is null || port.Name == named || Text(port.Port) == named)
            ?? throw new ArgumentException($"The service '{service.Name}' has no port '{named}'.", nameof(named));
        return (port, port.TargetPort!);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
