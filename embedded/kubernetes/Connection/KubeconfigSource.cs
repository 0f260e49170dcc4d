namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>Finds the kubeconfig that a provider's setting means.</summary>
internal static class KubeconfigSource
{
    private const string LiteralSource = "the provider's kubeconfig";

    /// <summary>Loads a kubeconfig.</summary>
    /// <param name="setting">
    /// A path, or the contents themselves; null or empty for the files of the variable KUBECONFIG, and without it <c>~/.kube/config</c>.
    /// </param>
    /// <param name="environment">Where variables and the home directory are read.</param>
    /// <exception cref="KubeconfigException">There is none, or it is not valid.</exception>
    public static Kubeconfig Load(string? setting, HostEnvironment environment)
    {
        // SDKs fill the setting from the variable, which may list several files.
        if (string.IsNullOrEmpty(setting) || setting == environment.Variable("KUBECONFIG"))
        {
            return LoadDefault(environment);
        }

        if (IsContents(setting))
        {
            return KubeconfigParser.Parse(setting, LiteralSource, Directory.GetCurrentDirectory());
        }

        var path = environment.ExpandHome(setting);
        return File.Exists(path)
            ? LoadFile(path)
            : throw new KubeconfigException($"{LiteralSource}: there is no file {path}, and the text is not the contents of a kubeconfig either.");
    }

    /// <summary>Whether a setting is the contents of a kubeconfig and not a path: no path has a line break or starts as JSON does.</summary>
    public static bool IsContents(string setting) => setting.Contains('\n') || setting.TrimStart().StartsWith('{') || setting.Contains(": ");

    private static Kubeconfig LoadDefault(HostEnvironment environment)
    {
        var variable = environment.Variable("KUBECONFIG");
        var paths = string.IsNullOrEmpty(variable)
            ? [Path.Combine(environment.HomeDirectory, ".kube", "config")]
            : variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var existing = paths.Select(environment.ExpandHome).Where(File.Exists).ToList();
        return existing.Count > 0
            ? existing.Select(LoadFile).Aggregate((merged, next) => merged.MergedWith(next))
            : throw new KubeconfigException(
                $"No kubeconfig: there is no file {string.Join(" or ", paths)}. Set the provider's kubeconfig, or the variable KUBECONFIG.");
    }

    private static Kubeconfig LoadFile(string path)
    {
        try
        {
            return KubeconfigParser.Parse(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{path}: cannot be read: {error.Message}", error);
        }
    }
}
