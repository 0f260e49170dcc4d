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
    private readonly StackInputs _inputs;
    private readonly SecretValues _secrets;
    private readonly Dictionary<string, UpstreamCluster> _upstream = new(StringComparer.Ordinal);

    /// <summary>Builds the stack from its configuration.</summary>
    public FogStack()
    {
        var config = new Config(StackContract.ConfigNamespace);
        _inputs = StackInputs.Read(config, () => Deployment.Instance.RootDirectory);
        _secrets = new SecretValues(config, _inputs.Root);
        Clusters = Output.All(_inputs.Targets.Select(DeployTo))
            .Apply(clusters => clusters.ToImmutableDictionary(pair => pair.Key, pair => pair.Value));
        Kubeconfigs = Output.CreateSecret(_inputs.Targets.ToImmutableDictionary(target => target.Workload.Cluster, target => target.KubeconfigText()));
    }

    /// <summary>The outputs of each cluster, by the cluster's name.</summary>
    [Output(StackContract.Clusters)]
    public Output<ImmutableDictionary<string, object?>> Clusters { get; private set; }

    /// <summary>The kubeconfig of each cluster, by the cluster's name. Secret.</summary>
    [Output(StackContract.Kubeconfigs)]
    public Output<ImmutableDictionary<string, string>> Kubeconfigs { get; private set; }

    private Output<KeyValuePair<string, object?>> DeployTo(ClusterTarget target)
    {
        var workload = target.Workload;
        var provider = new Provider(workload.Cluster, target.ProviderArgs());
        var application = new LayeredApplication(
            workload.ResourceName,
            new LayeredApplicationArgs
            {
                Workload = workload,
                ReadSecret = _secrets.Read,
                FindUpstream = FindUpstream,
                Records = _inputs.Definition == DefinitionHandling.None ? null : RecordsIn(target),
            },
            new ComponentResourceOptions { Provider = provider });
        return StackOutputs.Of(workload, application).Apply(outputs => KeyValuePair.Create(workload.Cluster, (object?)outputs));
    }

    // Other stacks may have taught the cluster the same before, so this provider takes over what exists. It writes nothing else.
    private FogRolloutRecords RecordsIn(ClusterTarget target)
    {
        var args = target.ProviderArgs();
        args.UpsertExistingObjects = true;
        var writer = new Provider($"{target.Workload.Cluster}-rollouts", args);
        var definition = new FogRolloutDefinition(
            $"{target.Workload.ResourceName}-rollouts",
            new FogRolloutDefinitionArgs { Retain = _inputs.Definition == DefinitionHandling.Retain },
            new ComponentResourceOptions { Provider = writer });
        return new FogRolloutRecords(definition, writer);
    }

    private Output<string> FindUpstream(UpstreamService service)
    {
        if (!_upstream.TryGetValue(service.Cluster, out var cluster))
        {
            var name = _inputs.StackOf(service);
            cluster = new UpstreamCluster(service.Cluster, new UpstreamClusterArgs { Stack = name, Cluster = service.Cluster });
            _upstream[service.Cluster] = cluster;
        }

        return cluster.EndpointOf(service.Service);
    }
}
