using FogInfra.Model;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace FogInfra.Stacks;

/// <summary>A workload and the cluster that it goes to.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Kubeconfig">The path of the cluster's kubeconfig file, or its text.</param>
/// <param name="Context">The context in it; null for the current one.</param>
internal sealed record ClusterTarget(ClusterWorkload Workload, string Kubeconfig, string? Context)
{
    /// <summary>The settings of a provider for the cluster.</summary>
    public ProviderArgs ProviderArgs()
    {
        var args = new ProviderArgs { KubeConfig = Kubeconfig };
        if (Context is { } context)
        {
            args.Context = context;
        }

        return args;
    }

    /// <summary>The kubeconfig itself.</summary>
    public string KubeconfigText() => File.Exists(Kubeconfig) ? File.ReadAllText(Kubeconfig) : Kubeconfig;
}
