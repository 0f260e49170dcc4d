using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Model.Documents;
using Pulumi;

namespace FogInfra.Stacks;

/// <summary>What becomes of the definition of FogRollouts in the clusters.</summary>
internal enum DefinitionHandling
{
    /// <summary>It is made, and stays when the stack goes.</summary>
    Retain,

    /// <summary>It is made, and goes with the stack.</summary>
    Own,

    /// <summary>It is not made, and rollouts are not recorded in the clusters.</summary>
    None,
}

/// <summary>What the stack's configuration asks for.</summary>
internal sealed record StackInputs
{
    /// <summary>The workloads, and where they go.</summary>
    public required ImmutableArray<ClusterTarget> Targets { get; init; }

    /// <summary>Finds the folder to which paths are relative. Asked only where there is such a path.</summary>
    public required Func<string> Root { get; init; }

    /// <summary>Whether the stack covers all clusters of a layer, rather than one.</summary>
    public required bool IsLayer { get; init; }

    /// <summary>What becomes of the definition of FogRollouts.</summary>
    public required DefinitionHandling Definition { get; init; }

    /// <summary>
    /// Reads the configuration: the workload that a runner has set, or else all of a layer's clusters from the fleet document.
    /// </summary>
    /// <param name="config">The configuration.</param>
    /// <param name="root">Finds the project's folder. Asked only where it is needed: a program that runs inside a runner has none.</param>
    /// <exception cref="RunException">The configuration, or the fleet document, is wrong.</exception>
    public static StackInputs Read(Config config, Func<string> root)
    {
        var workload = config.Get(StackContract.Workload);
        return new StackInputs
        {
            Targets = workload is null
                ? ReadLayer(config, new ProjectLayout(root()))
                : [new ClusterTarget(ReadWorkload(workload), config.Require(StackContract.Kubeconfig), config.Get(StackContract.Context))],
            Root = () => config.Get(StackContract.Root) ?? root(),
            IsLayer = workload is null,
            Definition = ReadDefinition(config),
        };
    }

    /// <summary>The stack that covers the cluster of a service further in: one of the same kind as this one, of the same project.</summary>
    public string StackOf(UpstreamService service)
    {
        var here = Deployment.Instance;
        return $"{here.OrganizationName}/{here.ProjectName}/{(IsLayer ? service.Layer.Name() : service.Cluster)}";
    }

    private static DefinitionHandling ReadDefinition(Config config) => config.Get(StackContract.Definition) switch
    {
        null or "retain" => DefinitionHandling.Retain,
        "own" => DefinitionHandling.Own,
        "none" => DefinitionHandling.None,
        var other => throw new RunException(
            $"'{StackContract.ConfigNamespace}:{StackContract.Definition}' is '{other}'; expected one of: retain, own, none."),
    };

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
               let workload = ClusterWorkload.Resolve(application, cluster, fleet)
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
