using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Records;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Kind;

/// <summary>Clusters that kind makes in docker.</summary>
internal sealed class KindEngine(IToolRunner tools, DockerMachines docker, DockerChecks checks, RecordStore records) : IClusterEngine
{
    private const string ClusterLabel = "io.x-k8s.kind.cluster";
    private const string RoleLabel = "io.x-k8s.kind.role";

    /// <inheritdoc/>
    public string? NetworkOf(ClusterArguments arguments) => DockerNetworks.NameFor(arguments);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckFailure>> CheckAsync(ClusterArguments arguments, bool isOwn, CancellationToken cancellationToken)
    {
        var faults = new List<CheckFailure>(DockerChecks.OfMounts(arguments));
        if (await checks.OfToolAsync(KindCommands.Version(), cancellationToken).ConfigureAwait(false) is { } fault)
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
                    $"There is a kind cluster '{arguments.Name}' already, which this project did not make. Choose another name, "
                    + $"remove it ('kind delete cluster --name {arguments.Name}'), or import it (id 'kind/{arguments.Name}')."));
            }
        }

        return faults;
    }

    /// <inheritdoc/>
    public async Task CreateAsync(ClusterArguments arguments, ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var info = await docker.DescribeAsync(cancellationToken).ConfigureAwait(false);
        if (arguments.Spec.Link is { } link && KindConfig.ImageOf(arguments.Spec) is { } image)
        {
            await docker.RequireLinkAsync(image, link, cancellationToken).ConfigureAwait(false);
        }

        await docker.EnsureNetworkAsync(record.Network!, arguments.Spec.Subnet, cancellationToken).ConfigureAwait(false);
        var mirrors = await MirrorFolder.WriteAsync(records, arguments, cancellationToken).ConfigureAwait(false);
        var configuration = KindConfig.Write(arguments, info, mirrors);
        var command = KindCommands.Create(arguments.Name, configuration, records.KubeconfigFile(arguments.Name), record.Network!);
        await tools.RequireAsync(command.MarkedWith(record.Instance), line => KindProgress.ReportStage(line, progress), cancellationToken).ConfigureAwait(false);
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
        var kubeconfig = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false) : null;
        if (kubeconfig is null && machines.Any(machine => machine is { Role: NodeRoles.ControlPlane, IsRunning: true }))
        {
            kubeconfig = (await tools.RequireAsync(KindCommands.Kubeconfig(arguments.Name), cancellationToken).ConfigureAwait(false)).Output;
        }

        return new Observation(kubeconfig, $"kind-{arguments.Name}", machines);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> UpdateAsync(
        ClusterArguments arguments, Observation observed, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var started = await docker.StartAsync(observed.Machines, progress, cancellationToken).ConfigureAwait(false);
        await docker.RestrictAsync(arguments, observed.Machines, lift: true, cancellationToken).ConfigureAwait(false);
        return started;
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(ClusterRecord record, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("removing its containers");
        if (record.Phase == ClusterPhase.Made)
        {
            await tools.RequireAsync(KindCommands.Delete(record.Name, records.KubeconfigFile(record.Name)), cancellationToken).ConfigureAwait(false);
        }

        // kind may never have come to know of the containers of a creation that was ended.
        await docker.RemoveAllAsync(
            () => ListAsync(record.Name, cancellationToken), wasInterrupted: record.Phase == ClusterPhase.Creating, cancellationToken).ConfigureAwait(false);
        if (record.Network is { } network)
        {
            await docker.ReleaseNetworkAsync(network, cancellationToken).ConfigureAwait(false);
        }

        MirrorFolder.Remove(records, record.Name);
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
        return ContainerImport.Read(name, new ClusterEngine.Kind(), machines, described.Output);
    }

    /// <inheritdoc/>
    public Task LoadImagesAsync(string cluster, ImmutableArray<string> images, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report($"loading {string.Join(", ", images)}");
        return tools.RequireAsync(KindCommands.Load(cluster, images), cancellationToken);
    }

    private Task<ImmutableArray<ClusterContainer>> ListAsync(string cluster, CancellationToken cancellationToken) =>
        docker.ListAsync(cluster, ClusterLabel, RoleLabel, cancellationToken);

    // With several control planes there is a load balancer too, which is no node.
    private async Task<ImmutableArray<Machine>> MachinesAsync(string name, CancellationToken cancellationToken) =>
    [
        .. from container in await ListAsync(name, cancellationToken).ConfigureAwait(false)
           where container.Role is NodeRoles.ControlPlane or NodeRoles.Worker
           select new Machine(container.Name, container.Role, container.IsRunning),
    ];
}

/// <summary>kind's progress, without what it draws for terminals and the advice that it ends with.</summary>
internal static class KindProgress
{
    private const char Begins = '•';

    /// <summary>Tells of a line that says what kind begins.</summary>
    public static void ReportStage(string line, IProgress<string> progress)
    {
        if (line.TrimStart().StartsWith(Begins))
        {
            progress.Report(new string([.. line.Where(letter => letter is >= ' ' and < '\u0250')]).Trim(' ', '.'));
        }
    }
}
