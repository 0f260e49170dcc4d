using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class AutoscalerTests
{
    [Theory]
    [InlineData(1, 3)] // Raised to the least.
    [InlineData(4, 4)] // Left alone in between.
    [InlineData(9, 5)] // Lowered to the most.
    [InlineData(0, 0)] // Switched off.
    public async Task Deployment_IsKeptInsideTheBounds(int replicas, int expected)
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Deployment(replicas));
        cluster.Create(Autoscaler("web"));

        await cluster.PassAsync(5);

        Assert.Equal(expected, cluster.Get("deployments", "web").Long("spec", "replicas"));
        Assert.Equal(expected, cluster.Get("horizontalpodautoscalers", "web").Long("status", "desiredReplicas"));
        Assert.Equal(expected, cluster.Get("horizontalpodautoscalers", "web").Long("status", "currentReplicas"));
    }

    [Fact]
    public async Task WithoutItsDeployment_ItSaysSo()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Autoscaler("elsewhere"));

        await cluster.PassAsync(5);

        var condition = cluster.Get("horizontalpodautoscalers", "web").List("status", "conditions").Maps().Single(found => found.Text("type") == "AbleToScale");
        Assert.Equal(("False", "FailedGetScale"), (condition.Text("status"), condition.Text("reason")));
    }

    private static string Deployment(int replicas) =>
        $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web:1}]}
        """;

    private static string Autoscaler(string target) =>
        $$"""
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web, namespace: default}
        spec:
          minReplicas: 3
          maxReplicas: 5
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{target}}}
        """;
}
