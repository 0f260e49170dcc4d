using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Model.Documents;
using Pulumi;

namespace FogInfra.Stacks;

/// <summary>A workload and the cluster that it goes to.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Kubeconfig">The path of the cluster's kubeconfig file.</param>
/// <param name="Context">The context in it; null for the current one.</param>
internal sealed record ClusterTarget(ClusterWorkload Workload, string Kubeconfig, string? Context);

/// <summary>What the stack's configuration asks for.</summary>
internal static class StackInputs
{
    /// <summary>
    /// Reads the configuration: the workload that a runner has set, or else all of a layer's clusters from the fleet document.
    /// </summary>
    /// <param name="config">The configuration.</param>
    /// <param name="root">Finds the project's folder. Asked only for a layer: a program that runs inside a runner has none.</param>
    /// <exception cref="RunException">The configuration, or the fleet document, is wrong.</exception>
    public static ImmutableArray<ClusterTarget> Read(Config config, Func<string> root) =>
        config.Get(StackContract.Workload) is { } workload
            ? [new ClusterTarget(ReadWorkload(workload), config.Require(StackContract.Kubeconfig), config.Get(StackContract.Context))]
            : ReadLayer(config, new ProjectLayout(root()));

    private static ClusterWorkload ReadWorkload(string json)
    {
        try
        {
            return WorkloadJson.Read(json);
        }
        catch (FormatException exception)
        {
            throw new RunException($"The configuration value '{StackContract.ConfigNamespace}:{StackContract.Workload}' cannot be read: {exception.Message}");
        }
    }

    private static ImmutableArray<ClusterTarget> ReadLayer(Config config, ProjectLayout project)
    {
        var layerName = config.Require(StackContract.Layer);
        var layer = LayerNames.Find(layerName) ?? throw new RunException(
            $"'{StackContract.ConfigNamespace}:{StackContract.Layer}' is '{layerName}'; expected one of: {string.Join(", ", LayerNames.All.Select(LayerNames.Name))}.");
        var fleet = ReadFleet(Path.Combine(project.Root, config.Get(StackContract.Fleet) ?? ProjectLayout.FleetFile));
        var application = FindApplication(fleet, config.Get(StackContract.Application));
        return
        [
            .. from cluster in fleet.Clusters
               where cluster.Layer == layer
               let workload = ClusterWorkload.Resolve(application, cluster)
               where workload is not null
               select new ClusterTarget(workload, KubeconfigOf(cluster, project), (cluster.Engine as ClusterEngine.Existing)?.Context),
        ];
    }

    private static Fleet ReadFleet(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"The fleet document cannot be read: {exception.Message}");
        }

        var read = FleetReader.Read(file, text);
        return read.Value ?? throw new RunException(string.Join(Environment.NewLine, read.Problems));
    }

    private static Application FindApplication(Fleet fleet, string? name)
    {
        if (name is null && fleet.Applications.Length == 1)
        {
            return fleet.Applications[0];
        }

        var known = string.Join(", ", fleet.Applications.Select(application => application.Name));
        return fleet.Applications.FirstOrDefault(application => application.Name == name) ?? throw new RunException(name is null
            ? $"The fleet has several applications ({known}); say which by '{StackContract.ConfigNamespace}:{StackContract.Application}'."
            : $"The fleet has no application '{name}'; it has: {known}.");
    }

    private static string KubeconfigOf(Cluster cluster, ProjectLayout project)
    {
        var file = project.KubeconfigFile(cluster);
        return File.Exists(file) ? file : throw new RunException(
            $"Cluster '{cluster.Name}' has no kubeconfig at {file}. A simulated cluster is started by: ./fog cluster start");
    }
}
