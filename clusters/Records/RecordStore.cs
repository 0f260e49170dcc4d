using FogInfra.Model;

namespace FogInfra.Clusters.Records;

/// <summary>The records and kubeconfigs of the clusters that a project makes.</summary>
/// <param name="folder">The runner's folder of the project.</param>
internal sealed class RecordStore(string folder)
{
    private const string Extension = ".json";

    private string Clusters => Path.Combine(folder, "clusters");

    /// <summary>The kubeconfig file of a cluster.</summary>
    public string KubeconfigFile(string cluster) => Path.Combine(Clusters, $"{cluster}.kubeconfig");

    /// <summary>The simulator's folder.</summary>
    public string SimulatorFolder => Path.Combine(folder, "simulator");

    /// <summary>The record of a cluster; null when the project makes none of that name.</summary>
    public ClusterRecord? Find(string cluster) => ClusterRecord.ReadFile(FileOf(cluster));

    /// <summary>All records, by name.</summary>
    public IReadOnlyList<ClusterRecord> All() => !Directory.Exists(Clusters) ? [] :
    [
        .. Directory.EnumerateFiles(Clusters, "*" + Extension).Order(StringComparer.Ordinal).Select(ClusterRecord.ReadFile).OfType<ClusterRecord>(),
    ];

    /// <summary>Writes a record; it is on the disk when this returns.</summary>
    public Task WriteAsync(ClusterRecord record, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(FileOf(record.Name), record.Write(), cancellationToken);

    /// <summary>Writes a cluster's kubeconfig.</summary>
    public Task WriteKubeconfigAsync(string cluster, string kubeconfig, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(KubeconfigFile(cluster), kubeconfig, cancellationToken);

    /// <summary>Forgets a cluster.</summary>
    public void Remove(string cluster)
    {
        if (!Directory.Exists(Clusters))
        {
            return;
        }

        // A file that tools lock beside the kubeconfig stays behind when they are killed.
        File.Delete(KubeconfigFile(cluster));
        File.Delete(KubeconfigFile(cluster) + ".lock");
        File.Delete(FileOf(cluster));
    }

    private string FileOf(string cluster) => Path.Combine(Clusters, cluster + Extension);
}
