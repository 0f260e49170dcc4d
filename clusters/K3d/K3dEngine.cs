using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Records;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.K3d;

/// <summary>Clusters of k3s that k3d makes in docker.</summary>
internal sealed class K3dEngine(IToolRunner tools, DockerMachines docker, DockerChecks checks, RecordStore records) : IClusterEngine
{
    private const string ClusterLabel = "k3d.cluster";
    private const string RoleLabel = "k3d.role";
    private const string Server = "server";
    private const string Agent = "agent";

    /// <inheritdoc/>
    public string? NetworkOf(ClusterArguments arguments) => DockerNetworks.NameFor(arguments);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckFailure>> CheckAsync(ClusterArguments arguments, bool isOwn, CancellationToken cancellationToken)
    {
        var faults = new List<CheckFailure>(DockerChecks.OfMounts(arguments));
        if (await checks.OfToolAsync(K3dCommands.Version(), cancellationToken).ConfigureAwait(false) is { } fault)
        {
            faults.Add(fault);
        }

        var (info, ofDocker) = await checks.OfDockerAsync(arguments, cancellationToken).ConfigureAwait(false);
        faults.AddRange(ofDocker);
        if (!isOwn)
        {
            faults.AddRange(checks.OfPorts(arguments));
            if (info is not null && !(await ListAsync(arguments.Name, cancellationToken).ConfigureAwait(false)).IsEmpty)
            {
                faults.Add(new CheckFailure(
                    "name",
                    $"There is a k3d cluster '{arguments.Name}' already, which this project did not make. Choose another name, "
                    + $"remove it ('k3d cluster delete {arguments.Name}'), or import it (id 'k3d/{arguments.Name}')."));
            }
        }

        return faults;
    }

    /// <inheritdoc/>
    public async Task CreateAsync(ClusterArguments arguments, ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (arguments.Spec.Link is { } link && K3dConfig.ImageOf(arguments.Spec) is { } image)
        {
            await docker.RequireLinkAsync(image, link, cancellationToken).ConfigureAwait(false);
        }

        // The network is made here, with the cluster's subnet, because k3d would keep one that it did not make.
        await docker.EnsureNetworkAsync(record.Network!, arguments.Spec.Subnet, cancellationToken).ConfigureAwait(false);
        var configuration = ConfigurationFile(arguments.Name);
        await PrivateFile.WriteAsync(configuration, K3dConfig.Write(arguments, record.Network!), cancellationToken).ConfigureAwait(false);
        await tools.RequireAsync(K3dCommands.Create(configuration).MarkedWith(record.Instance), progress.Report, cancellationToken).ConfigureAwait(false);
        var machines = await MachinesAsync(arguments.Name, cancellationToken).ConfigureAwait(false);
        await docker.RestrictAsync(arguments, machines, lift: false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Observation?> ObserveAsync(ClusterArguments arguments, CancellationToken cancellationToken)
    {
        var machines = await MachinesAsync(arguments.Name, cancellationToken).ConfigureAwait(false);
        if (machines.IsEmpty)
        {
            return null;
        }

        var file = records.KubeconfigFile(arguments.Name);
        var kubeconfig = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)
            : (await tools.RequireAsync(K3dCommands.Kubeconfig(arguments.Name), cancellationToken).ConfigureAwait(false)).Output;
        return new Observation(kubeconfig, $"k3d-{arguments.Name}", machines);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> UpdateAsync(
        ClusterArguments arguments, Observation observed, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var started = await docker.StartAsync(observed.Machines, progress, cancellationToken).ConfigureAwait(false);
        var agents = observed.Machines.Where(machine => machine.Role == NodeRoles.Worker).ToList();
        foreach (var surplus in agents.Skip(arguments.Topology.Workers))
        {
            progress.Report($"removing {surplus.Name}");
            await tools.RequireAsync(K3dCommands.DeleteNode(surplus.Name), cancellationToken).ConfigureAwait(false);
        }

        foreach (var number in FreeNumbers(agents).Take(arguments.Topology.Workers - agents.Count))
        {
            progress.Report($"adding worker {number}");
            await tools.RequireAsync(K3dCommands.AddAgent(arguments.Name, number), progress.Report, cancellationToken).ConfigureAwait(false);
        }

        var machines = await MachinesAsync(arguments.Name, cancellationToken).ConfigureAwait(false);
        await docker.RestrictAsync(arguments, machines, lift: true, cancellationToken).ConfigureAwait(false);
        return [.. started.Where(name => machines.Any(machine => machine.Name == name))];
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("removing its containers");
        if (record.Phase == ClusterPhase.Made)
        {
            await tools.RequireAsync(K3dCommands.Delete(record.Name), cancellationToken).ConfigureAwait(false);
        }

        await docker.RemoveAllAsync(
            () => ListAsync(record.Name, cancellationToken), wasInterrupted: record.Phase == ClusterPhase.Creating, cancellationToken).ConfigureAwait(false);
        // k3d keeps images that are imported in a volume of the cluster.
        await tools.RunAsync(ToolCommand.Change("docker", "volume", "rm", "--force", $"k3d-{record.Name}-images"), null, cancellationToken).ConfigureAwait(false);
        if (record.Network is { } network)
        {
            await docker.ReleaseNetworkAsync(network, cancellationToken).ConfigureAwait(false);
        }

        if (File.Exists(ConfigurationFile(record.Name)))
        {
            File.Delete(ConfigurationFile(record.Name));
        }
    }

    /// <inheritdoc/>
    public async Task<ClusterArguments?> ImportAsync(string name, CancellationToken cancellationToken)
    {
        var machines = await MachinesAsync(name, cancellationToken).ConfigureAwait(false);
        if (machines.IsEmpty)
        {
            return null;
        }

        var described = await tools.RequireAsync(DockerCommands.Inspect(machines.Select(machine => machine.Name)), cancellationToken).ConfigureAwait(false);
        return ContainerImport.Read(name, new ClusterEngine.K3d(), machines, described.Output);
    }

    /// <inheritdoc/>
    public Task LoadImagesAsync(string cluster, ImmutableArray<string> images, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report($"loading {string.Join(", ", images)}");
        return tools.RequireAsync(K3dCommands.Load(cluster, images), cancellationToken);
    }

    private string ConfigurationFile(string name) => Path.ChangeExtension(records.KubeconfigFile(name), ".k3d.yaml");

    private Task<ImmutableArray<ClusterContainer>> ListAsync(string name, CancellationToken cancellationToken) =>
        docker.ListAsync(name, ClusterLabel, RoleLabel, cancellationToken);

    // A load balancer has a role of its own and is no node.
    private async Task<ImmutableArray<Machine>> MachinesAsync(string name, CancellationToken cancellationToken) =>
    [
        .. from container in await ListAsync(name, cancellationToken).ConfigureAwait(false)
           where container.Role is Server or Agent
           select new Machine(container.Name, container.Role == Server ? NodeRoles.ControlPlane : NodeRoles.Worker, container.IsRunning),
    ];

    private static IEnumerable<int> FreeNumbers(List<Machine> agents) =>
        Enumerable.Range(0, int.MaxValue).Where(number => agents.All(agent => !agent.Name.Contains($"-agent-{number}", StringComparison.Ordinal)));
}
