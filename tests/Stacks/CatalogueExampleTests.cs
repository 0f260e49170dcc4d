using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>The examples in C#, each on simulated clusters: all of it becomes ready, a second update finds nothing to do, and nothing is left behind.</summary>
public sealed class CatalogueExampleTests
{
    private const string CoreService = "192.0.2.1";

    [Theory]
    [InlineData("single", 1, 0, 1)]
    [InlineData("1+1", 1, 1, 1)]
    [InlineData("1+n", 1, 2, 2)]
    [InlineData("n+n", 3, 3, 3)]
    public async Task FogFlow_OnEachTopology(string topology, int masters, int workers, int pods)
    {
        await using var simulation = await Simulation.StartAsync();
        using var stacks = new StackRun();
        var cloud = await simulation.StartClusterAsync("cloud", Layer.Cloud, new Topology(masters, workers));
        var edge = await simulation.StartClusterAsync("edge", Layer.Edge);
        var (cloudBefore, edgeBefore) = (await simulation.ObjectsAsync("cloud"), await simulation.ObjectsAsync("edge"));

        var up = await stacks.UpAndDestroyAsync<Example.FogFlow.FogFlowStack>(
            "fogflow",
            cloud,
            async () =>
            {
                foreach (var component in new[] { "dgraph", "rabbitmq", "discovery", "cloud-broker", "designer", "master", "cloud-worker", "nginx" })
                {
                    var ready = await ReadyAsync(simulation, "cloud", "fogflow", component);
                    Assert.Equal(component is "designer" or "cloud-worker" or "nginx" ? pods : 1, ready);
                }

                foreach (var component in new[] { "edge-broker", "edge-worker", "temperature" })
                {
                    Assert.Equal(1, await ReadyAsync(simulation, "edge", "fogflow", component));
                }
            },
            ("edgeKubeconfig", edge),
            ("coreServiceIP", CoreService),
            ("queuePassword", "hidden"),
            ("topology", topology));

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal($"http://{CoreService}:80/index.html", up.Outputs["Dashboard"].Value);
        Assert.Equal(cloudBefore, await simulation.ObjectsAsync("cloud"));
        Assert.Equal(edgeBefore, await simulation.ObjectsAsync("edge"));
    }

    [Theory]
    [InlineData("dev", Layer.Cloud, 1)]
    [InlineData("edge-staging", Layer.Edge, 1)]
    [InlineData("edge-production", Layer.Edge, 2)]
    public async Task CloudToEdge_InEachEnvironment(string environment, Layer layer, int pods)
    {
        await using var simulation = await Simulation.StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await simulation.StartClusterAsync("demo", layer);
        var before = await simulation.ObjectsAsync("demo");

        var up = await stacks.UpAndDestroyAsync<Example.CloudToEdge.CloudToEdgeStack>(
            "cloud-to-edge",
            kubeconfig,
            async () =>
            {
                foreach (var service in new[] { "backend", "frontend", "proxy" })
                {
                    Assert.Equal(pods, await ReadyAsync(simulation, "demo", "demo", service));
                }

                Assert.Equal(1, await ReadyAsync(simulation, "demo", "messaging", "mqtt"));
            },
            ("environment", environment),
            ("upstreamBroker", layer == Layer.Edge ? "192.0.2.5:1883" : ""));

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal("proxy.demo.svc:80", up.Outputs["Endpoint"].Value);
        Assert.Equal("mqtt.messaging.svc:1883", up.Outputs["Broker"].Value);
        Assert.Equal(before, await simulation.ObjectsAsync("demo"));
    }

    [Fact]
    public async Task Monitoring_LooksAfterAnApplication()
    {
        await using var simulation = await Simulation.StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await simulation.StartClusterAsync("cloud");
        var before = await simulation.ObjectsAsync("cloud");

        var up = await stacks.UpAndDestroyAsync<Example.Monitoring.MonitoringStack>(
            "monitoring",
            kubeconfig,
            async () =>
            {
                foreach (var part in new[] { "prometheus", "alertmanager", "grafana", "kube-state-metrics" })
                {
                    Assert.Equal(1, await ReadyAsync(simulation, "cloud", "monitoring", part));
                }
            },
            ("grafanaPassword", "hidden"),
            ("slackWebhook", "https://slack.example.org/services/x"));

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal("grafana.monitoring.svc:3000", up.Outputs["Grafana"].Value);
        Assert.Equal(before, await simulation.ObjectsAsync("cloud"));
    }

    [Fact]
    public async Task GitOps_InAClusterThatKnowsTheKinds()
    {
        await using var simulation = await Simulation.StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await simulation.StartClusterAsync("cloud");
        await simulation.DefineAsync(
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
        await simulation.CreateNamespacesAsync("cloud", "argocd", "flux-system");
        var before = await simulation.ObjectsAsync("cloud");

        await stacks.UpAndDestroyAsync<Example.GitOps.GitOpsStack>("gitops", kubeconfig, async () =>
        {
            var edge = await simulation.GetAsync("cloud", "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/edge-production");
            Assert.Equal("./apps/edge-production", edge["spec"]!["path"]!.GetValue<string>());
            var monitor = await simulation.GetAsync("cloud", "/apis/monitoring.coreos.com/v1/namespaces/demo/servicemonitors/api");
            Assert.Equal(8080, monitor["spec"]!["endpoints"]![0]!["targetPort"]!.GetValue<int>());
            var root = await simulation.GetAsync("cloud", "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/root");
            Assert.Equal("edge", root["spec"]!["project"]!.GetValue<string>());

            // No controller runs here that would take Argo CD's finalizer off.
            await simulation.PatchAsync("cloud", "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/root", """{"metadata": {"finalizers": null}}""");
        });

        Assert.Equal(before, await simulation.ObjectsAsync("cloud"));
    }

    private static async Task<int> ReadyAsync(Simulation simulation, string cluster, string place, string deployment) =>
        (await simulation.GetAsync(cluster, $"/apis/apps/v1/namespaces/{place}/deployments/{deployment}"))["status"]!["readyReplicas"]!.GetValue<int>();
}
