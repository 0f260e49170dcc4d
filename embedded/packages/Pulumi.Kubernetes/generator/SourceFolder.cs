namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>A folder that belongs to the generator alone.</summary>
internal static class SourceFolder
{
    /// <summary>
    /// Makes the folder hold exactly these files. A file that is already as wanted keeps its time, so that nothing is compiled again.
    /// </summary>
    /// <returns>The number of files that were written or deleted.</returns>
    public static int Replace(string folder, IReadOnlyDictionary<string, string> files)
    {
        var root = Path.GetFullPath(folder);
        var wanted = files.ToDictionary(file => Path.GetFullPath(file.Key, root), file => file.Value, StringComparer.Ordinal);
        var existing = Directory.Exists(root) ? Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories) : [];
        var stale = existing.Where(path => !wanted.ContainsKey(path)).ToList();
        stale.ForEach(File.Delete);

        var changed = wanted.Where(file => !File.Exists(file.Key) || File.ReadAllText(file.Key) != file.Value).ToList();
        foreach (var (path, text) in changed)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return stale.Count + changed.Count;
    }
}
