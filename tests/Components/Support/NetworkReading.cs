using System.Collections.Immutable;
using System.Text.Json;

namespace FogInfra.Tests;

/// <summary>Reads a model of the network from what a program made under mocks.</summary>
internal static class NetworkReading
{
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    /// <summary>The policies, and the pods of all Deployments by the Deployments' names.</summary>
    /// <param name="run">What was run.</param>
    /// <param name="namespaces">Namespaces that there are besides those of the monitoring, the ingress controller and the system.</param>
    public static (NetworkModel Model, IReadOnlyDictionary<string, Endpoint> Pods) Of(ComponentRun run, params string[] namespaces)
    {
        var policies = run.Mocks.Registered.Where(args => args.Type == Policy).Select(args => JsonSerializer.SerializeToNode(args.Inputs)!);
        var pods = run.Mocks.Registered.Where(args => args.Type == Deployment).Select((args, index) => new Endpoint(
            (string)Tree.At(args.Inputs, "metadata.name")!,
            (string)Tree.At(args.Inputs, "metadata.namespace")!,
            Tree.Texts(args.Inputs, "spec.template.metadata.labels"),
            $"10.1.0.{index + 1}"));
        string[] all = ["monitoring", "ingress-nginx", "kube-system", .. namespaces];
        return (
            new NetworkModel(policies, all.Distinct().ToDictionary(
                name => name, IReadOnlyDictionary<string, string> (name) => ImmutableDictionary<string, string>.Empty.Add("kubernetes.io/metadata.name", name))),
            pods.ToDictionary(pod => pod.Name));
    }
}
