using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class TrafficTests
{
    [Fact]
    public async Task AService_KnowsThePodsThatAreReady()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Service("{port: 80, targetPort: http}"));
        cluster.Create(Manifests.Pod("ready", container: "ports: [{name: http, containerPort: 8080}]").Replace("app: ready", "app: web", StringComparison.Ordinal));
        cluster.Create(Manifests.Pod("unready", annotations: "{simulator.foginfra.dev/ready: never}", container: "ports: [{name: http, containerPort: 8081}]").Replace("app: unready", "app: web", StringComparison.Ordinal));

        await cluster.PassAsync(3);

        var subsets = cluster.Get("endpoints", "web").Maps("subsets").ToList();
        var (ready, unready) = (cluster.Get("pods", "ready").Text("status", "podIP"), cluster.Get("pods", "unready").Text("status", "podIP"));
        Assert.Equal((ready, 8080L), (subsets.Single(one => one.ContainsKey("addresses")).Maps("addresses").Single().Text("ip"), subsets.Single(one => one.ContainsKey("addresses")).Maps("ports").Single().Long("port")));
        Assert.Equal(unready, subsets.Single(one => one.ContainsKey("notReadyAddresses")).Maps("notReadyAddresses").Single().Text("ip"));
        var slice = Assert.Single(cluster.List("endpointslices"));
        Assert.Equal("web", slice.Labels.Text("kubernetes.io/service-name"));
        Assert.Equal([true, false], slice.Maps("endpoints").OrderByDescending(one => one.Flag("conditions", "ready")).Select(one => one.Flag("conditions", "ready")));
    }

    [Fact]
    public async Task APodThatGoes_LeavesTheEndpoints()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Service("{port: 80}"));
        cluster.Create(Manifests.Deployment());
        await cluster.PassAsync(3);
        Assert.Equal(2, cluster.Get("endpoints", "web").Maps("subsets").Single().List("addresses").Count);

        cluster.Update("deployments", "web", current => current.Set(0, "spec", "replicas"));
        await cluster.PassAsync(3);

        Assert.Empty(cluster.Get("endpoints", "web").Maps("subsets"));
    }

    [Fact]
    public async Task ADeletedService_TakesItsEndpointsWithIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Service("{port: 80}"));
        await cluster.PassAsync(1);

        cluster.Delete("services", "web");
        await cluster.PassAsync(1);

        Assert.Null(cluster.Find("endpoints", "web"));
        Assert.Empty(cluster.List("endpointslices"));
    }

    [Fact]
    public async Task ALoadBalancer_GetsItsAddressAfterAWhile()
    {
        await using var cluster = await TestCluster.StartAsync();
        var service = cluster.Create(Service("{port: 80}", "type: LoadBalancer"));
        Assert.Equal("{}", service.Map("status", "loadBalancer").ToString());
        Assert.InRange(service.Maps("spec", "ports").Single().Long("nodePort")!.Value, 30000, 32767);

        await cluster.PassAsync(1);

        Assert.StartsWith("172.18.255.", cluster.Get("services", "web").Maps("status", "loadBalancer", "ingress").Single().Text("ip"), StringComparison.Ordinal);
        Assert.Equal(["EnsuringLoadBalancer", "EnsuredLoadBalancer"], cluster.EventsOf("web").Select(one => one.Reason));
    }

    [Fact]
    public async Task AServiceThatIsNoLongerALoadBalancer_GivesItsAddressAndPortBack()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Service("{port: 80}", "type: LoadBalancer"));
        await cluster.PassAsync(1);

        cluster.Update("services", "web", current => current.Set("ClusterIP", "spec", "type"));
        await cluster.PassAsync(1);

        var service = cluster.Get("services", "web");
        Assert.Equal("{}", service.Map("status", "loadBalancer").ToString());
        Assert.Null(service.Maps("spec", "ports").Single().Long("nodePort"));
    }

    [Fact]
    public async Task AnIngress_GetsAnAddress()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}}");

        await cluster.PassAsync(1);

        Assert.NotNull(cluster.Get("ingresses", "i").Maps("status", "loadBalancer", "ingress").Single().Text("ip"));
    }

    [Fact]
    public async Task ClusterAddresses_AreDifferentAndComeBack()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Service("{port: 80}", "clusterIP: 10.96.7.7"));

        var taken = TestCluster.Refused(() => cluster.Create(Service("{port: 80}", "clusterIP: 10.96.7.7").Replace("name: web", "name: other", StringComparison.Ordinal)));
        Assert.Contains("failed to allocate IP 10.96.7.7: provided IP is already allocated", taken.Message, StringComparison.Ordinal);
        cluster.Delete("services", "web");
        cluster.Create(Service("{port: 80}", "clusterIP: 10.96.7.7").Replace("name: web", "name: other", StringComparison.Ordinal));

        Assert.Equal("10.96.7.7", cluster.Get("services", "other").Text("spec", "clusterIP"));
        var outside = TestCluster.Refused(() => cluster.Create(Service("{port: 80}", "clusterIP: 10.1.1.1")));
        Assert.Contains("the provided network does not match the current range", outside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANodePort_IsTakenOnceAndOnlyFromItsRange()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Service("{port: 80, nodePort: 30080}", "type: NodePort"));

        var taken = TestCluster.Refused(() => cluster.Create(Service("{port: 80, nodePort: 30080}", "type: NodePort").Replace("name: web", "name: other", StringComparison.Ordinal)));
        var outside = TestCluster.Refused(() => cluster.Create(Service("{port: 80, nodePort: 80}", "type: NodePort").Replace("name: web", "name: other", StringComparison.Ordinal)));

        Assert.Contains("spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated", taken.Message, StringComparison.Ordinal);
        Assert.Contains("The range of valid ports is 30000-32767", outside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheServerChose_StaysWhenAWriterLeavesItOut()
    {
        await using var cluster = await TestCluster.StartAsync();
        var first = cluster.Create(Service("{port: 80}", "type: NodePort"));

        var second = cluster.Update("services", "web", current => current
            .Remove("spec", "clusterIP").Remove("spec", "clusterIPs").Set(YamlReading.Parse("[{port: 80, targetPort: 81}]"), "spec", "ports"));

        Assert.Equal(first.Text("spec", "clusterIP"), second.Text("spec", "clusterIP"));
        Assert.Equal(first.Maps("spec", "ports").Single().Long("nodePort"), second.Maps("spec", "ports").Single().Long("nodePort"));
        var refusal = TestCluster.Refused(() => cluster.Update("services", "web", current => current.Set("10.96.1.1", "spec", "clusterIP")));
        Assert.Contains("may not change once set", refusal.Message, StringComparison.Ordinal);
    }

    private static string Service(string port, string extra = "") => $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports: [{{port}}]
          {{extra}}
        """;
}
