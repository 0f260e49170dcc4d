using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Readiness;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>A simulator in this process with one quick cluster; each test class has its own.</summary>
public sealed class TestCluster : ClusterFixture
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(300); // Longer than a refused image is tolerated.
    private SimulatorServer? _simulator;

    internal override string Kubeconfig => _simulator!.KubeconfigOf("sim");

    // What a person would give seconds, a quick cluster needs only moments for.
    internal override KubernetesProviderOptions Options { get; } = new()
    {
        Readiness = new ReadinessOptions
        {
            Unschedulable = TimeSpan.FromMilliseconds(100), ImageRefused = TimeSpan.FromMilliseconds(100), ImageNotPulled = TimeSpan.FromMilliseconds(300),
            ContainerNotCreated = TimeSpan.FromMilliseconds(100), PodsRefused = TimeSpan.FromMilliseconds(100),
            IngressWithoutController = TimeSpan.FromMilliseconds(100),
        },
    };

    public override async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Random = new Random(1) }, CancellationToken.None);
        await _simulator.CreateClusterAsync(new ClusterSpec
        {
            Name = "sim",
            Images = ["web:1", "web:2", "side:1"],
            Nodes = [new NodeSpec { Name = "node-1" }, new NodeSpec { Name = "node-2" }],
            Timings = new ClusterTimings
            {
                ImagePull = Soon, ContainerStart = Soon, Readiness = Soon, ContainerStop = Soon, Completion = Soon, ErrorShown = Soon,
                BackOff = Often, LongestBackOff = Often, LoadBalancer = Soon, Volume = Soon,
            },
        }, CancellationToken.None);
    }

    public override async ValueTask DisposeAsync() => await _simulator!.DisposeAsync();
}
