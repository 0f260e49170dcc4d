using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Stacks;

/// <summary>What a stack gives back for each of its clusters (<see cref="StackContract.Clusters"/>).</summary>
internal static class StackOutputs
{
    public static Output<ImmutableDictionary<string, object?>> Of(ClusterWorkload workload, LayeredApplication application)
    {
        var services = Output.All(application.Services.Select(OfService))
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

    private static Output<KeyValuePair<string, object?>> OfService(KeyValuePair<string, ApplicationService> named)
    {
        var (name, service) = named;
        return Output.Tuple(service.Version, service.Replicas, service.ReadyReplicas, service.Endpoint, service.ExternalEndpoint)
            .Apply(known => KeyValuePair.Create(name, (object?)ImmutableDictionary.CreateRange(new Dictionary<string, object?>
            {
                ["version"] = known.Item1,
                ["replicas"] = known.Item2,
                ["readyReplicas"] = known.Item3,
                ["endpoint"] = known.Item4,
                ["externalEndpoint"] = known.Item5,
            })));
    }
}
