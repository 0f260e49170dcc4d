using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

/// <summary>Which services of clusters further in a service is told of.</summary>
public sealed class UpstreamTests
{
    [Theory]
    [InlineData("expose: {type: LoadBalancer}", "orders cloud-1 Cloud")]
    [InlineData("expose: {type: NodePort}", "orders cloud-1 Cloud")]
    [InlineData("expose: {externalIPs: [192.0.2.1]}", "orders cloud-1 Cloud")]
    [InlineData("ingress: {host: orders.example.org}", "orders cloud-1 Cloud")]
    [InlineData("expose: {type: ClusterIP}", null)]
    [InlineData("config: {A: b}", null)]
    public void Edge_IsToldOfTheCloudsService_WhereItCanBeReached(string settings, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Upstream(settings, "{cloud: {}}", "edge-1"));

    [Fact]
    public void Nearest_ClusterThatHasTheService_IsTheOne() =>
        Assert.Equal(["orders fog-1 Fog"], Upstream("expose: {type: LoadBalancer}", "{cloud: {}, fog: {}}", "edge-1"));

    [Fact]
    public void ServiceOfTheSameLayer_IsNoUpstream() =>
        Assert.Empty(Upstream("expose: {type: LoadBalancer}", "{cloud: {}, edge: {}}", "edge-1"));

    [Fact]
    public void ClusterWithoutAParent_HasNoUpstream() =>
        Assert.Empty(Upstream("expose: {type: LoadBalancer}", "{cloud: {}}", "lonely"));

    [Fact]
    public void Settings_OfTheClusterFurtherIn_Count() =>
        Assert.Equal(["orders cloud-1 Cloud"], Upstream("clusters: {cloud-1: {expose: {type: LoadBalancer}}}", "{cloud: {}}", "edge-1"));

    [Fact]
    public void WithoutTheFleet_NothingIsKnown()
    {
        var fleet = Read("expose: {type: LoadBalancer}", "{cloud: {}}");

        Assert.All(ClusterWorkload.Resolve(fleet.Applications[0], fleet.FindCluster("edge-1")!)!.Services, service => Assert.Empty(service.Upstream));
    }

    private static IEnumerable<string> Upstream(string settings, string layers, string cluster)
    {
        var fleet = Read(settings, layers);
        var workload = ClusterWorkload.Resolve(fleet.Applications[0], fleet.FindCluster(cluster)!, fleet)!;
        return workload.Services.Single(service => service.Name == "web").Upstream.Select(upstream => $"{upstream.Service} {upstream.Cluster} {upstream.Layer}");
    }

    private static Fleet Read(string settings, string layers)
    {
        var result = FleetReader.Read("fleet.yaml",
            $$"""
            apiVersion: foginfra.dev/v1alpha1
            kind: Fleet
            metadata: {name: test}
            rings: [{name: one}]
            clusters:
              cloud-1: {layer: cloud, ring: one}
              fog-1: {layer: fog, ring: one, parent: cloud-1}
              edge-1: {layer: edge, ring: one, parent: fog-1}
              lonely: {layer: edge, ring: one}
            applications:
              shop:
                services:
                  orders:
                    version: v1
                    containers: [{name: orders, image: orders, ports: [{containerPort: 443}]}]
                    {{settings}}
                    layers: {{layers}}
                  web: {version: v1, dependsOn: [orders], containers: [{name: web, image: web}], layers: {edge: } }
            """);
        Assert.Empty(result.Problems.Select(problem => problem.ToString()));
        return result.Value!;
    }
}
