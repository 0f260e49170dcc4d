using FogInfra.Model;
using Pulumi.Automation;

namespace FogInfra.Rollout.Stacks;

/// <summary>The configuration that the runner gives to a stack, by the <see cref="StackContract"/>.</summary>
internal static class StackConfig
{
    /// <summary>The configuration of a stack that brings a workload to a cluster.</summary>
    public static Dictionary<string, ConfigValue> Of(ProjectLayout project, Cluster cluster, ClusterWorkload workload)
    {
        var config = new Dictionary<string, ConfigValue>
        {
            [Key(StackContract.Workload)] = new(WorkloadJson.Write(workload)),
            [Key(StackContract.Kubeconfig)] = new(project.KubeconfigFile(cluster)),
            [Key(StackContract.Root)] = new(project.Root),
        };
        if (workload.Program is { } program)
        {
            foreach (var (name, value) in program.Config)
            {
                config[name.Contains(':', StringComparison.Ordinal) ? name : $"{workload.Application}:{name}"] = new ConfigValue(value);
            }
        }

        if (cluster.Engine is ClusterEngine.Existing { Context: { } context })
        {
            config[Key(StackContract.Context)] = new ConfigValue(context);
        }

        return config;

        static string Key(string name) => $"{StackContract.ConfigNamespace}:{name}";
    }
}
