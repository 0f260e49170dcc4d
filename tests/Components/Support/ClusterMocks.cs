using System.Collections.Immutable;
using System.Globalization;
using Pulumi.Testing;

namespace FogInfra.Tests;

/// <summary>Answers registrations as a cluster would in which every workload becomes ready, and records them in their order.</summary>
internal sealed class ClusterMocks : IMocks
{
    private readonly List<MockResourceArgs> _registered = [];
    private readonly HashSet<string> _outputsOf = [];
    private int _uids;

    /// <summary>How many pods of a Deployment are ready; by default all.</summary>
    public Func<string, int, int> ReadyReplicas { get; init; } = (_, replicas) => replicas;

    /// <summary>The address that load balancers get.</summary>
    public (string Field, string Value) Balancer { get; init; } = ("ip", "192.0.2.7");

    /// <summary>The outputs of other stacks, by the stacks' names.</summary>
    public IReadOnlyDictionary<string, ImmutableDictionary<string, object>> Stacks { get; init; } = new Dictionary<string, ImmutableDictionary<string, object>>();

    public IReadOnlyList<MockResourceArgs> Registered => _registered;

    /// <summary>The URNs of the components that have registered outputs.</summary>
    public IReadOnlySet<string> OutputsOf => _outputsOf;

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        lock (_registered)
        {
            _registered.Add(args);
        }

        return Task.FromResult<(string?, object)>(($"{args.Name}-id", StateOf(args)));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException($"{args.Token} is not called here.");

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest request)
    {
        lock (_outputsOf)
        {
            _outputsOf.Add(request.Urn);
        }

        return Task.CompletedTask;
    }

    /// <summary>The inputs of the resource of that type and name.</summary>
    public ImmutableDictionary<string, object> Inputs(string type, string name) =>
        Assert.Single(_registered, args => args.Type == type && args.Name == name).Inputs;

    /// <summary>The names of the resources of a type, in the order of their registration.</summary>
    public IReadOnlyList<string> Names(string type) => [.. _registered.Where(args => args.Type == type).Select(args => args.Name!)];

    private ImmutableDictionary<string, object> StateOf(MockResourceArgs args)
    {
        switch (args.Type)
        {
            case "pulumi:pulumi:StackReference":
                return args.Inputs.Add("outputs", Stacks[(string)args.Inputs["name"]]).Add("secretOutputNames", ImmutableArray<string>.Empty);
            case "kubernetes:apps/v1:Deployment":
                var replicas = Convert.ToInt32(Tree.At(args.Inputs, "spec.replicas") ?? 4, CultureInfo.InvariantCulture);
                var spec = ((ImmutableDictionary<string, object>)args.Inputs["spec"]).SetItem("replicas", replicas);
                return args.Inputs.SetItem("spec", spec).Add("status", Map(("readyReplicas", ReadyReplicas(args.Name!, replicas))));
            case "kubernetes:core/v1:Service" or "kubernetes:networking.k8s.io/v1:Ingress":
                var addresses = ImmutableArray.Create<object>(Map((Balancer.Field, Balancer.Value)));
                return args.Inputs.Add("status", Map(("loadBalancer", Map(("ingress", addresses)))));
        }

        return args.Inputs.TryGetValue("metadata", out var metadata) && metadata is ImmutableDictionary<string, object> known
            ? args.Inputs.SetItem("metadata", Named(known, args.Name!).SetItem("uid", $"uid-{Interlocked.Increment(ref _uids)}"))
            : args.Inputs;
    }

    // The provider names what the program does not name.
    private static ImmutableDictionary<string, object> Named(ImmutableDictionary<string, object> metadata, string resource) =>
        metadata.ContainsKey("name") ? metadata : metadata.Add("name", $"{resource}-0a1b2c3d");

    private static ImmutableDictionary<string, object> Map(params (string Name, object Value)[] members) =>
        members.ToImmutableDictionary(member => member.Name, member => member.Value);
}
