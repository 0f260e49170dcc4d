using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>The documents of the examples, on real control planes: of each fleet one cluster of each layer.</summary>
[Collection(Collection)]
public sealed class RealClusterTests : ExampleTests
{
    /// <summary>Those who share the control planes take turns.</summary>
    internal const string Collection = "real control planes";

    protected override Task<TestClusters> StartAsync() => Task.FromResult<TestClusters>(RealClusters.Take());

    protected override IEnumerable<Cluster> ClustersOf(Fleet fleet)
    {
        var clusters = new Stack<Cluster>();
        for (var cluster = fleet.Clusters.MaxBy(cluster => cluster.Layer); cluster is not null; cluster = fleet.Clusters.FirstOrDefault(parent => parent.Name == cluster.Parent))
        {
            clusters.Push(cluster);
        }

        return clusters;
    }
}

/// <summary>The examples in C#, on real control planes.</summary>
[Collection(RealClusterTests.Collection)]
public sealed class RealCatalogueExampleTests : CatalogueExampleTests
{
    protected override Task<TestClusters> StartAsync() => Task.FromResult<TestClusters>(RealClusters.Take());
}
