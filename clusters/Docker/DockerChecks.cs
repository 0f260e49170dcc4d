using System.Net;
using System.Net.NetworkInformation;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Docker;

/// <summary>What stands in the way of making a cluster of containers on this machine.</summary>
internal sealed class DockerChecks(IToolRunner tools, DockerMachines docker, Func<IReadOnlyList<(IPEndPoint Where, string Protocol)>> portsInUse)
{
    /// <summary>The ports of this machine that are listened on.</summary>
    public static IReadOnlyList<(IPEndPoint Where, string Protocol)> PortsInUse()
    {
        var properties = IPGlobalProperties.GetIPGlobalProperties();
        return
        [
            .. properties.GetActiveTcpListeners().Select(where => (where, "TCP")),
            .. properties.GetActiveUdpListeners().Select(where => (where, "UDP")),
        ];
    }

    /// <summary>Whether a tool is there and recent enough.</summary>
    public async Task<CheckFailure?> OfToolAsync(ToolCommand versionCommand, CancellationToken cancellationToken)
    {
        try
        {
            var result = await tools.RequireAsync(versionCommand, cancellationToken).ConfigureAwait(false);
            return ToolInfo.VersionIn(result.Output) is not { } version
                ? new CheckFailure("engine", $"'{versionCommand}' does not tell its version: {result.Output.Trim()}")
                : ToolInfo.TooOld(versionCommand.Tool, version) is { } tooOld ? new CheckFailure("engine", tooOld) : null;
        }
        catch (ToolException exception)
        {
            return new CheckFailure("engine", exception.Message);
        }
    }

    /// <summary>Whether docker answers, is recent enough, and has what the nodes are allowed.</summary>
    public async Task<(DockerInfo? Info, IReadOnlyList<CheckFailure> Faults)> OfDockerAsync(ClusterArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            var info = await docker.DescribeAsync(cancellationToken).ConfigureAwait(false);
            return ToolInfo.TooOld("docker", info.Version) is { } tooOld
                ? (null, [new CheckFailure("engine", tooOld)])
                : (info, [.. OfLimits("controlPlane", arguments.Spec.ControlPlane, info), .. OfLimits("worker", arguments.Spec.Worker, info)]);
        }
        catch (ToolException exception)
        {
            return (null, [new CheckFailure("engine", exception.Message)]);
        }
    }

    /// <summary>Whether the ports that a cluster publishes are free.</summary>
    public IEnumerable<CheckFailure> OfPorts(ClusterArguments arguments)
    {
        if (arguments.Spec.Ports.IsEmpty)
        {
            yield break;
        }

        var used = portsInUse();
        for (var i = 0; i < arguments.Spec.Ports.Length; i++)
        {
            var port = arguments.Spec.Ports[i];
            if (IPAddress.TryParse(port.Address, out var address)
                && used.Any(other => other.Protocol == port.Protocol && other.Where.Port == port.Host && Overlap(other.Where.Address, address)))
            {
                yield return new CheckFailure($"ports[{i}].host", $"Port {port.Host} of this machine is in use; expected one that is free. 'ss -ltnup' shows by what.");
            }
        }
    }

    /// <summary>Whether the folders that nodes are to see are there.</summary>
    public static IEnumerable<CheckFailure> OfMounts(ClusterArguments arguments) => arguments.Spec.Mounts
        .Select((mount, index) => (mount, index))
        .Where(item => !Path.Exists(item.mount.Host))
        .Select(item => new CheckFailure($"mounts[{item.index}].host", $"There is nothing at {item.mount.Host} on this machine."));

    private static IEnumerable<CheckFailure> OfLimits(string path, NodeGroup group, DockerInfo info)
    {
        if (group.Cpu is { } cpu && KubernetesNames.Quantity(cpu) > info.Processors)
        {
            yield return new CheckFailure($"{path}.cpu", $"'{cpu}' is more than the {info.Processors} processors that Docker has.");
        }

        if (group.Memory is { } memory && KubernetesNames.Quantity(memory) > info.Memory)
        {
            yield return new CheckFailure($"{path}.memory", $"'{memory}' is more than the {info.Memory / (1024 * 1024)}Mi that Docker has.");
        }
    }

    private static bool Overlap(IPAddress one, IPAddress other) =>
        one.Equals(other) || IsAny(one) || IsAny(other);

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
