namespace FogInfra.Model;

/// <summary>Where files of a project lie: the folder that has <c>fleet.yaml</c>.</summary>
/// <param name="Root">The absolute path of the project's folder.</param>
public sealed record ProjectLayout(string Root)
{
    /// <summary>The fleet document, unless another is named.</summary>
    public const string FleetFile = "fleet.yaml";

    /// <summary>What the runner keeps for itself.</summary>
    public string RunnerFolder => Path.Combine(Root, ".fog");

    /// <summary>Pulumi's state, when no other backend is chosen.</summary>
    public string StateFolder => Path.Combine(Root, ".pulumi");

    /// <summary>The journals of rollouts.</summary>
    public string JournalFolder => Path.Combine(RunnerFolder, "rollouts");

    /// <summary>The simulator's data.</summary>
    public string SimulatorFolder => Path.Combine(RunnerFolder, "simulator");

    /// <summary>The kubeconfig file of a cluster that the project provides.</summary>
    public string KubeconfigFile(string cluster) => Path.Combine(RunnerFolder, "clusters", $"{cluster}.kubeconfig");

    /// <summary>The record of a cluster that the project makes.</summary>
    public string ClusterRecordFile(string cluster) => Path.Combine(RunnerFolder, "clusters", $"{cluster}.json");

    /// <summary>The kubeconfig file of any cluster: its own, or the one that the fleet document names, relative to the project.</summary>
    public string KubeconfigFile(Cluster cluster) => cluster.Engine switch
    {
        ClusterEngine.Existing existing => Path.GetFullPath(existing.Kubeconfig, Root),
        _ => KubeconfigFile(cluster.Name),
    };
}
