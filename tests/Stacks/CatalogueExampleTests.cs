using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>The examples in C#, on simulated clusters.</summary>
public sealed class SimulatedCatalogueExampleTests : CatalogueExampleTests
{
    protected override async Task<TestClusters> StartAsync() => await Simulation.StartAsync();
}

/// <summary>The examples in C#: all of it becomes ready, a second update finds nothing to do, and nothing is left behind.</summary>
public abstract class CatalogueExampleTests
{
    private const string CoreService = "192.0.2.1";

    [Fact]
    public async Task Gateway_OnTheEdge()
    {
        await using var clusters = await StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await clusters.StartClusterAsync("edge", Layer.Edge);
        var before = await clusters.ObjectsAsync("edge");

        var up = await stacks.UpAndDestroyAsync<Example.InCSharp.GatewayStack>("in-csharp", kubeconfig, async () =>
        {
            var collector = await clusters.GetAsync("edge", "/apis/apps/v1/namespaces/gateway/deployments/collector");
            Assert.Equal(2, collector["status"]!["readyReplicas"]!.GetValue<int>());
        });

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal("broker.gateway.svc:1883", up.Outputs["Broker"].Value);
        await clusters.AssertLeftAsync("edge", before);
    }

    [Theory]
    [InlineData("single", 1, 0, 1)]
    [InlineData("1+1", 1, 1, 1)]
    [InlineData("1+n", 1, 2, 2)]
    [InlineData("n+n", 3, 3, 3)]
    public async Task FogFlow_OnEachTopology(string topology, int masters, int workers, int pods)
    {
        await using var clusters = await StartAsync();
        using var stacks = new StackRun();
        var cloud = await clusters.StartClusterAsync("cloud", Layer.Cloud, new Topology(masters, workers));
        var edge = await clusters.StartClusterAsync("edge", Layer.Edge);
        var (cloudBefore, edgeBefore) = (await clusters.ObjectsAsync("cloud"), await clusters.ObjectsAsync("edge"));

        var up = await stacks.UpAndDestroyAsync<Example.FogFlow.FogFlowStack>(
            "fogflow",
            cloud,
            async () =>
            {
                foreach (var component in new[] { "dgraph", "rabbitmq", "discovery", "cloud-broker", "designer", "master", "cloud-worker", "nginx" })
                {
                    var ready = await ReadyAsync(clusters, "cloud", "fogflow", component);
                    Assert.Equal(component is "designer" or "cloud-worker" or "nginx" ? pods : 1, ready);
                }

                foreach (var component in new[] { "edge-broker", "edge-worker", "temperature" })
                {
                    Assert.Equal(1, await ReadyAsync(clusters, "edge", "fogflow", component));
                }
            },
            ("edgeKubeconfig", edge),
            ("coreServiceIP", CoreService),
            ("queuePassword", "hidden"),
            ("topology", topology));

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal($"http://{CoreService}:80/index.html", up.Outputs["Dashboard"].Value);
        await clusters.AssertLeftAsync("cloud", cloudBefore);
        await clusters.AssertLeftAsync("edge", edgeBefore);
    }

    [Theory]
    [InlineData("dev", Layer.Cloud, 1)]
    [InlineData("edge-staging", Layer.Edge, 1)]
    [InlineData("edge-production", Layer.Edge, 2)]
    public async Task CloudToEdge_InEachEnvironment(string environment, Layer layer, int pods)
    {
        await using var clusters = await StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await clusters.StartClusterAsync("demo", layer);
        var before = await clusters.ObjectsAsync("demo");

        var up = await stacks.UpAndDestroyAsync<Example.CloudToEdge.CloudToEdgeStack>(
            "cloud-to-edge",
            kubeconfig,
            async () =>
            {
                foreach (var service in new[] { "backend", "frontend", "proxy" })
                {
                    Assert.Equal(pods, await ReadyAsync(clusters, "demo", "demo", service));
                }

                Assert.Equal(1, await ReadyAsync(clusters, "demo", "messaging", "mqtt"));
            },
            ("environment", environment),
            ("upstreamBroker", layer == Layer.Edge ? "192.0.2.5:1883" : ""));

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal("proxy.demo.svc:80", up.Outputs["Endpoint"].Value);
        Assert.Equal("mqtt.messaging.svc:1883", up.Outputs["Broker"].Value);
        await clusters.AssertLeftAsync("demo", before);
    }

    [Fact]
    public async Task Monitoring_LooksAfterAnApplication()
    {
        await using var clusters = await StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await clusters.StartClusterAsync("cloud");
        var before = await clusters.ObjectsAsync("cloud");

        var up = await stacks.UpAndDestroyAsync<Example.Monitoring.MonitoringStack>(
            "monitoring",
            kubeconfig,
            async () =>
            {
                foreach (var part in new[] { "prometheus", "alertmanager", "grafana", "kube-state-metrics" })
                {
                    Assert.Equal(1, await ReadyAsync(clusters, "cloud", "monitoring", part));
                }
            },
            ("grafanaPassword", "hidden"),
            ("slackWebhook", "https://slack.example.org/services/x"));

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal("grafana.monitoring.svc:3000", up.Outputs["Grafana"].Value);
        await clusters.AssertLeftAsync("cloud", before);
    }

    [Fact]
    public async Task GitOps_InAClusterThatKnowsTheKinds()
    {
        await using var clusters = await StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await clusters.StartClusterAsync("cloud");
        await clusters.DefineAsync(
            "cloud",
            ("argoproj.io", "v1alpha1", "Application"),
            ("argoproj.io", "v1alpha1", "AppProject"),
            ("argoproj.io", "v1alpha1", "Rollout"),
            ("argoproj.io", "v1alpha1", "AnalysisTemplate"),
            ("source.toolkit.fluxcd.io", "v1", "GitRepository"),
            ("source.toolkit.fluxcd.io", "v1", "HelmRepository"),
            ("kustomize.toolkit.fluxcd.io", "v1", "Kustomization"),
            ("helm.toolkit.fluxcd.io", "v2", "HelmRelease"),
            ("monitoring.coreos.com", "v1", "ServiceMonitor"),
            ("monitoring.coreos.com", "v1", "PrometheusRule"));
        await clusters.CreateNamespacesAsync("cloud", "argocd", "flux-system");
        var before = await clusters.ObjectsAsync("cloud");

        await stacks.UpAndDestroyAsync<Example.GitOps.GitOpsStack>("gitops", kubeconfig, async () =>
        {
            var edge = await clusters.GetAsync("cloud", "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/edge-production");
            Assert.Equal("./apps/edge-production", edge["spec"]!["path"]!.GetValue<string>());
            var monitor = await clusters.GetAsync("cloud", "/apis/monitoring.coreos.com/v1/namespaces/demo/servicemonitors/api");
            Assert.Equal(8080, monitor["spec"]!["endpoints"]![0]!["targetPort"]!.GetValue<int>());
            var root = await clusters.GetAsync("cloud", "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/root");
            Assert.Equal("edge", root["spec"]!["project"]!.GetValue<string>());

            // No controller runs here that would take Argo CD's finalizer off.
            await clusters.PatchAsync("cloud", "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/root", """{"metadata": {"finalizers": null}}""");
        });

        await clusters.AssertLeftAsync("cloud", before);
    }

    /// <summary>Makes the clusters to deploy to.</summary>
    protected abstract Task<TestClusters> StartAsync();

    private static async Task<int> ReadyAsync(TestClusters clusters, string cluster, string place, string deployment) =>
        (await clusters.GetAsync(cluster, $"/apis/apps/v1/namespaces/{place}/deployments/{deployment}"))["status"]!["readyReplicas"]!.GetValue<int>();
}
