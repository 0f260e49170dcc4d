using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Records;

namespace FogInfra.Clusters.Engines;

/// <summary>The files by which a cluster's nodes know mirrors of registries.</summary>
internal static class MirrorFolder
{
    /// <summary>Writes them.</summary>
    /// <returns>Their folder; null where there are none.</returns>
    public static async Task<string?> WriteAsync(RecordStore records, ClusterArguments arguments, CancellationToken cancellationToken)
    {
        var files = RegistryMirrors.Files(arguments.Spec);
        if (files.IsEmpty)
        {
            return null;
        }

        var folder = FolderOf(records, arguments.Name);
        foreach (var (path, text) in files)
        {
            await PrivateFile.WriteAsync(Path.Combine(folder, path), text, cancellationToken).ConfigureAwait(false);
        }

        return Path.GetFullPath(folder);
    }

    /// <summary>Removes them.</summary>
    public static void Remove(RecordStore records, string cluster)
    {
        if (Directory.Exists(FolderOf(records, cluster)))
        {
            Directory.Delete(FolderOf(records, cluster), recursive: true);
        }
    }

    private static string FolderOf(RecordStore records, string cluster) => Path.ChangeExtension(records.KubeconfigFile(cluster), ".registries");
}
