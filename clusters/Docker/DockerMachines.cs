using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Tools;
using FogInfra.Model;

namespace FogInfra.Clusters.Docker;

/// <summary>A container of a cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state in docker's words.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Role">Its role in the words of the tool that made it.</param>
internal sealed record ClusterContainer(string Name, string State, string Cluster, string Role)
{
    /// <summary>Whether it runs.</summary>
    public bool IsRunning => State == "running";
}

/// <summary>The docker daemon.</summary>
/// <param name="Processors">How many processors it has.</param>
/// <param name="Memory">How many bytes of memory it has.</param>
/// <param name="Version">Its version.</param>
internal sealed record DockerInfo(int Processors, long Memory, Version Version);

/// <summary>The containers and networks of clusters in docker.</summary>
internal sealed class DockerMachines(IToolRunner tools, TimeProvider time)
{
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    /// <summary>The daemon.</summary>
    /// <exception cref="ToolException">There is no docker, or its daemon does not answer.</exception>
    public async Task<DockerInfo> DescribeAsync(CancellationToken cancellationToken)
    {
        var command = DockerCommands.Describe();
        var result = await tools.RunAsync(command, null, cancellationToken).ConfigureAwait(false);
        // With a daemon that does not answer, docker may print empty fields and succeed.
        return result.Succeeded && result.Output.Trim().Split(' ') is [var processors, var memory, var version, ..]
            && int.TryParse(processors, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new DockerInfo(number, long.Parse(memory, CultureInfo.InvariantCulture), ToolInfo.VersionIn(version) ?? new Version(0, 0))
            : throw new ToolException(
                $"Docker does not answer: {Words(result)}. Start it, and see that this user may use it: https://docs.docker.com/engine/daemon/start/");
    }

    /// <summary>The containers of a cluster, by the labels of the tool that made them.</summary>
    public async Task<ImmutableArray<ClusterContainer>> ListAsync(string cluster, string clusterLabel, string roleLabel, CancellationToken cancellationToken)
    {
        // The same command for all clusters: those that are looked at together share it.
        var result = await tools.RequireAsync(DockerCommands.List(clusterLabel, roleLabel), cancellationToken).ConfigureAwait(false);
        return
        [
            .. from line in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
               let parts = line.Split('\t')
               where parts.Length == 4 && parts[2] == cluster
               orderby parts[0].Length, parts[0]
               select new ClusterContainer(parts[0], parts[1], parts[2], parts[3].Trim()),
        ];
    }

    /// <summary>
    /// Removes all containers of a cluster that a look finds. It looks a second time, a moment later: a container that the daemon
    /// was making when its client was killed appears only then.
    /// </summary>
    public async Task RemoveAllAsync(Func<Task<ImmutableArray<ClusterContainer>>> look, bool wasInterrupted, CancellationToken cancellationToken)
    {
        for (var round = 0; round < (wasInterrupted ? 2 : 1); round++)
        {
            if (round > 0)
            {
                await Task.Delay(SecondLook, time, cancellationToken).ConfigureAwait(false);
            }

            var left = await look().ConfigureAwait(false);
            if (!left.IsEmpty)
            {
                await tools.RequireAsync(DockerCommands.Remove(left.Select(container => container.Name)), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes a network, unless there is one of that name.</summary>
    public async Task EnsureNetworkAsync(string name, string? subnet, CancellationToken cancellationToken)
    {
        var found = await tools.RequireAsync(DockerCommands.FindNetwork(name), cancellationToken).ConfigureAwait(false);
        if (found.Lines.Count == 0)
        {
            await tools.RequireAsync(DockerCommands.CreateNetwork(name, subnet), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes a network that this program has made, unless something is still in it.</summary>
    public async Task ReleaseNetworkAsync(string name, CancellationToken cancellationToken)
    {
        var found = await tools.RequireAsync(DockerCommands.FindNetwork(name), cancellationToken).ConfigureAwait(false);
        if (found.Lines.Any(line => line.EndsWith("\ttrue", StringComparison.Ordinal)))
        {
            // It fails while another cluster is in it, and then it is that one's to remove.
            await tools.RunAsync(DockerCommands.RemoveNetwork(name), null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts what is stopped.</summary>
    /// <returns>The names of what it has started.</returns>
    public async Task<ImmutableArray<string>> StartAsync(IEnumerable<Machine> machines, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var stopped = machines.Where(machine => !machine.IsRunning).Select(machine => machine.Name).ToImmutableArray();
        if (!stopped.IsEmpty)
        {
            progress.Report($"starting {string.Join(", ", stopped)}");
            await tools.RequireAsync(DockerCommands.Start(stopped), cancellationToken).ConfigureAwait(false);
        }

        return stopped;
    }

    /// <summary>Sets the limits and the link of nodes.</summary>
    /// <param name="arguments">What is wanted.</param>
    /// <param name="machines">The nodes.</param>
    /// <param name="lift">Whether what is not wanted may be there and is to be lifted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RestrictAsync(ClusterArguments arguments, IEnumerable<Machine> machines, bool lift, CancellationToken cancellationToken)
    {
        foreach (var machine in machines)
        {
            var group = arguments.GroupOf(machine.Role);
            if (lift || group.Cpu is not null || group.Memory is not null)
            {
                await tools.RequireAsync(DockerCommands.Limit(machine.Name, group), cancellationToken).ConfigureAwait(false);
            }

            if (arguments.Spec.Link is { } link)
            {
                await tools.RequireAsync(DockerCommands.Link(machine.Name, link), cancellationToken).ConfigureAwait(false);
            }
            else if (lift)
            {
                // There may have been none.
                await tools.RunAsync(DockerCommands.Link(machine.Name, null), null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Refuses a link that this machine cannot slow down.</summary>
    /// <exception cref="ClusterException">It cannot.</exception>
    public async Task RequireLinkAsync(string image, LinkSpec link, CancellationToken cancellationToken)
    {
        var result = await tools.RunAsync(DockerCommands.TryLink(image, link), null, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw new ClusterException(
                $"This machine cannot slow a link down: {Words(result)}. It needs the kernel module sch_netem, and tc in the node image {image}. Leave 'link' out to go without.");
        }
    }

    private static string Words(ToolResult result) =>
        (result.Error.Length > 0 ? result.Error : result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .LastOrDefault() is { } line ? line.TrimEnd('.') : "it said nothing";
}
