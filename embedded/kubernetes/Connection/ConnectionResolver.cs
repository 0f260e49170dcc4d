namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>Chooses cluster, user and namespace out of a kubeconfig.</summary>
public static class ConnectionResolver
{
    /// <summary>Loads a kubeconfig and chooses.</summary>
    /// <param name="kubeconfig">A path or contents; null or empty for the usual places.</param>
    /// <param name="context">The context; null for the current one.</param>
    /// <param name="cluster">The cluster; null for the context's.</param>
    /// <param name="environment">Where variables and the home directory are read.</param>
    /// <exception cref="KubeconfigException">The kubeconfig cannot be used.</exception>
    public static ClusterConnection Resolve(string? kubeconfig, string? context, string? cluster, HostEnvironment environment) =>
        Resolve(KubeconfigSource.Load(kubeconfig, environment), context, cluster);

    /// <summary>Chooses.</summary>
    /// <exception cref="KubeconfigException">The kubeconfig lacks what is named.</exception>
    public static ClusterConnection Resolve(Kubeconfig kubeconfig, string? context, string? cluster)
    {
        var chosen = ChooseContext(kubeconfig, context, clusterIsNamed: !string.IsNullOrEmpty(cluster));
        var clusterName = string.IsNullOrEmpty(cluster) ? chosen!.Cluster : cluster;
        return new ClusterConnection
        {
            Cluster = kubeconfig.Clusters.FirstOrDefault(entry => entry.Name == clusterName)
                ?? throw Missing(kubeconfig, "cluster", clusterName, kubeconfig.Clusters.Select(entry => entry.Name)),
            User = chosen?.User is not { } user ? null
                : kubeconfig.Users.FirstOrDefault(entry => entry.Name == user)
                    ?? throw Missing(kubeconfig, "user", user, kubeconfig.Users.Select(entry => entry.Name)),
            Context = chosen?.Name,
            Namespace = chosen?.Namespace,
        };
    }

    private static KubeconfigContext? ChooseContext(Kubeconfig kubeconfig, string? named, bool clusterIsNamed)
    {
        var name = string.IsNullOrEmpty(named) ? kubeconfig.CurrentContext : named;
        if (string.IsNullOrEmpty(name))
        {
            return clusterIsNamed ? null : throw new KubeconfigException(
                $"{kubeconfig.Source}: current-context: is not set. Set it, or name a context. {Have("contexts", kubeconfig.Contexts.Select(entry => entry.Name))}");
        }

        return kubeconfig.Contexts.FirstOrDefault(entry => entry.Name == name)
            ?? throw Missing(kubeconfig, "context", name, kubeconfig.Contexts.Select(entry => entry.Name));
    }

    private static KubeconfigException Missing(Kubeconfig kubeconfig, string what, string name, IEnumerable<string> names) =>
        new($"{kubeconfig.Source}: {what}s: there is no {what} '{name}'. {Have($"{what}s", names)}");

    private static string Have(string what, IEnumerable<string> names)
    {
        var known = names.Order(StringComparer.Ordinal).ToList();
        return known.Count == 0 ? $"It has no {what}." : $"It has: {string.Join(", ", known)}.";
    }
}
