using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

public sealed class FleetReaderTests
{
    [Fact]
    public void Read_TheExample_GivesTheFleet()
    {
        var fleet = FleetReader.Read("fleet.yaml", File.ReadAllText("fleet.yaml")).Value!;

        Assert.Equal(["core", "pilot", "rest"], fleet.Rings.Select(ring => ring.Name));
        Assert.Equal(["fog-1", "edge-1"], fleet.ClustersOf(fleet.Rings[1]).Select(cluster => cluster.Name));
        Assert.Equal(["orders", "inventory", "web"], fleet.Applications[0].Services.Select(service => service.Name));
        Assert.Equal(new OutputCheck("services.*.readyReplicas", Comparison.AtLeast, "2"), fleet.Rings[0].Checks[0]);
        Assert.Equal(new Amount.Percent(50), fleet.Policy.MaxConcurrent);
        Assert.Equal(FailureAction.RollBack, fleet.Policy.OnFailure);
        Assert.Contains("nginx:1.*", fleet.SimulatedImages);
    }

    [Fact]
    public void Read_ServicesOutOfOrder_SortsThemByDependency()
    {
        var fleet = ReadServices(
            """
            a: {version: v1, dependsOn: [c], containers: [{name: a, image: a}], layers: {edge: }}
            b: {version: v1, containers: [{name: b, image: b}], layers: {edge: }}
            c: {version: v1, dependsOn: [b], containers: [{name: c, image: c}], layers: {edge: }}
            """).Value!;

        Assert.Equal(["b", "c", "a"], fleet.Applications[0].Services.Select(service => service.Name));
    }

    [Theory]
    [InlineData("a: {version: v1, dependsOn: [b], containers: [{name: a, image: a}], layers: {edge: }}", "There is no service 'b'; did you mean 'a'?")]
    [InlineData("a: {version: v1, dependsOn: [a], containers: [{name: a, image: a}], layers: {edge: }}", "The services depend on each other in a circle: a -> a.")]
    [InlineData("a: {version: v1, containers: [{name: a, image: a}], layers: {edge: {replicas: -1}}}", "'-1' is no whole number of at least 0.")]
    [InlineData("a: {version: v1, layers: {edge: {replicas: 1}}}", "The field 'containers' is missing.")]
    [InlineData("a: {version: v1, containers: [], layers: {edge: }}", "The list is empty; expected at least one container.")]
    [InlineData("a: {version: v1, containers: [{name: a, image: a}]}", "The field 'layers' is missing.")]
    [InlineData("a: {version: v1, containers: [{name: a, image: a}], layers: {mist: }}", "'mist' is no layer; expected one of: cloud, fog, edge.")]
    [InlineData("A: {version: v1, containers: [{name: a, image: a}], layers: {edge: }}", "'A' is no name of a service; expected small letters, digits and '-', at most 63, a letter first and a letter or digit last.")]
    public void Read_WrongService_SaysSo(string service, string message)
    {
        Assert.Contains(message, ReadServices(service).Problems.Select(problem => problem.Message));
    }

    [Fact]
    public void Read_DependencyFurtherOut_SaysSo()
    {
        var problems = ReadServices(
            """
            centre: {version: v1, dependsOn: [rim], containers: [{name: a, image: a}], layers: {cloud: }}
            rim: {version: v1, containers: [{name: a, image: a}], layers: {edge: }}
            """).Problems;

        Assert.Equal("'centre' runs on cloud, but 'rim' runs neither there nor further in.", Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("edge-1: {layer: edge, ring: towo}", "There is no ring 'towo'; did you mean 'two'?")]
    [InlineData("edge-1: {layer: edgy, ring: one}", "'edgy' is no layer; did you mean 'edge'?")]
    [InlineData("edge-1: {layer: edge, ring: one, parent: fog-1}", "There is no cluster 'fog-1'; expected one of: edge-1.")]
    [InlineData("{edge-1: {layer: edge, ring: one, parent: edge-2}, edge-2: {layer: edge, ring: one}}", "'edge-2' is on layer edge; the parent of a cluster on layer edge stands further in.")]
    [InlineData("{edge-1: {layer: edge, ring: one, parent: fog-1}, fog-1: {layer: fog, ring: two}}", "'fog-1' is in ring 'two', which comes after ring 'one' of 'edge-1'; a cluster never goes before its parent.")]
    [InlineData("edge-1: {layer: edge, ring: one, engine: existing}", "An existing cluster needs the field 'kubeconfig': the path of its kubeconfig file.")]
    [InlineData("edge-1: {layer: edge, ring: one, engine: simulated, kubeconfig: x}", "A simulated cluster has a kubeconfig of its own; this is for engine: existing.")]
    [InlineData("edge-1: {layer: edge, ring: one, colour: blue}", "There is no field 'colour' here; expected one of: kubeconfig, context, engine, parent, nodes, topology, version, image, controlPlane, worker, ports, mounts, mirrors, podNetwork, featureGates, subnet, link, architecture, site, labels.")]
    [InlineData("{}", "There is no cluster; expected at least one.")]
    public void Read_WrongClusters_SaysSo(string clusters, string message)
    {
        var problems = FleetReader.Read("fleet.yaml", Document(
            "a: {version: v1, containers: [{name: a, image: a}], layers: {edge: }}", clusters)).Problems;

        Assert.Contains(problems, problem => problem.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{maxConcurrent: 0}", "'0' is no amount; expected a number of clusters such as 2, or a share from 1% to 100%.")]
    [InlineData("{maxConcurrent: 101%}", "'101%' is no amount; expected a number of clusters such as 2, or a share from 1% to 100%.")]
    [InlineData("{onFailure: pray}", "'pray' is not known; expected one of: rollback, hold.")]
    public void Read_WrongPolicy_SaysSo(string policy, string message)
    {
        var text = Document("a: {version: v1, containers: [{name: a, image: a}], layers: {edge: }}", "edge-1: {layer: edge, ring: one}");

        Assert.Equal(message, Assert.Single(FleetReader.Read("fleet.yaml", $"{text}\npolicy: {policy}").Problems).Message);
    }

    private static ReadResult<Fleet> ReadServices(string services) =>
        FleetReader.Read("fleet.yaml", Document(services, "edge-1: {layer: edge, ring: one}"));

    private static string Document(string services, string clusters) =>
        $$"""
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {name: test}
        rings: [{name: one}, {name: two}]
        applications:
          shop:
            services:
              {{services.ReplaceLineEndings("\n      ")}}
        clusters:
          {{clusters}}
        """;
}
