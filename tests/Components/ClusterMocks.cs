using System.Collections.Immutable;
using Pulumi.Testing;

namespace FogInfra.Tests;

/// <summary>Answers registrations as a cluster would in which every workload becomes ready, and records them in their order.</summary>
internal sealed class ClusterMocks : IMocks
{
    private readonly List<MockResourceArgs> _registered = [];

    /// <summary>How many pods of a Deployment are ready; by default all.</summary>
    public Func<string, int, int> ReadyReplicas { get; init; } = (_, replicas) => replicas;

    public IReadOnlyList<MockResourceArgs> Registered => _registered;

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        lock (_registered)
        {
            _registered.Add(args);
        }

        var state = args.Inputs;
        if (args.Type == "kubernetes:apps/v1:Deployment")
        {
            var replicas = Convert.ToInt32(Tree.At(args.Inputs, "spec.replicas"), System.Globalization.CultureInfo.InvariantCulture);
            state = state.Add("status", ImmutableDictionary<string, object>.Empty.Add("readyReplicas", ReadyReplicas(args.Name!, replicas)));
        }

        return Task.FromResult<(string?, object)>(($"{args.Name}-id", state));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException($"{args.Token} is not called here.");

    /// <summary>The inputs of the resource of that type and name.</summary>
    public ImmutableDictionary<string, object> Inputs(string type, string name) =>
        Assert.Single(_registered, args => args.Type == type && args.Name == name).Inputs;
}
