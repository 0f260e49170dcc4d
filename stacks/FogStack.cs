using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace FogInfra.Stacks;

/// <summary>
/// The stack of an application in one cluster, or in all clusters of a layer. What it is told and what it gives back is the
/// <see cref="StackContract"/>.
/// </summary>
public sealed class FogStack : Stack
{
    /// <summary>Builds the stack from its configuration.</summary>
    public FogStack()
    {
        var targets = StackInputs.Read(new Config(StackContract.ConfigNamespace), () => Deployment.Instance.RootDirectory);
        Clusters = Output.All(targets.Select(DeployTo)).Apply(clusters => clusters.ToImmutableDictionary(pair => pair.Key, pair => pair.Value));
    }

    /// <summary>The outputs of each cluster, by the cluster's name.</summary>
    [Output(StackContract.Clusters)]
    public Output<ImmutableDictionary<string, object?>> Clusters { get; private set; }

    private static Output<KeyValuePair<string, object?>> DeployTo(ClusterTarget target)
    {
        var workload = target.Workload;
        var provider = new Provider(workload.Cluster, ProviderArgsOf(target));
        var application = new LayeredApplication(
            workload.ResourceName,
            new LayeredApplicationArgs { Workload = workload },
            new ComponentResourceOptions { Provider = provider });
        return OutputsOf(workload, application).Apply(outputs => KeyValuePair.Create(workload.Cluster, (object?)outputs));
    }

    private static ProviderArgs ProviderArgsOf(ClusterTarget target)
    {
        var args = new ProviderArgs { KubeConfig = target.Kubeconfig };
        if (target.Context is { } context)
        {
            args.Context = context;
        }

        return args;
    }

    private static Output<ImmutableDictionary<string, object?>> OutputsOf(ClusterWorkload workload, LayeredApplication application)
    {
        var services = Output.All(application.Services.Select(OutputsOf))
            .Apply(each => each.ToImmutableDictionary(pair => pair.Key, pair => pair.Value));
        return Output.Tuple(services, application.Healthy).Apply(known => ImmutableDictionary.CreateRange(new Dictionary<string, object?>
        {
            ["application"] = workload.Application,
            ["layer"] = workload.Layer.Name(),
            ["namespace"] = workload.Namespace,
            ["services"] = known.Item1,
            ["healthy"] = known.Item2,
            [StackContract.DeployedWorkload] = WorkloadJson.Write(workload),
        }));
    }

    private static Output<KeyValuePair<string, object?>> OutputsOf(KeyValuePair<string, ApplicationService> named)
    {
        var (name, service) = named;
        return Output.Tuple(service.Version, service.Replicas, service.ReadyReplicas, service.Endpoint)
            .Apply(known => KeyValuePair.Create(name, (object?)ImmutableDictionary.CreateRange(new Dictionary<string, object?>
            {
                ["version"] = known.Item1,
                ["replicas"] = known.Item2,
                ["readyReplicas"] = known.Item3,
                ["endpoint"] = known.Item4,
            })));
    }
}
