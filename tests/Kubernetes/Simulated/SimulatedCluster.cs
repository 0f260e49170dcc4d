using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Kubernetes.Readiness;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Simulated;

/// <summary>A simulator in this process with one quick cluster; each test class has its own, each test a namespace of its own.</summary>
public sealed class SimulatedCluster : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(300); // Longer than a refused image is tolerated.
    private SimulatorServer? _simulator;
    private int _namespaces;

    internal string Kubeconfig => _simulator!.KubeconfigOf("sim");

    public async ValueTask InitializeAsync()
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

    public async ValueTask DisposeAsync() => await _simulator!.DisposeAsync();

    /// <summary>A provider whose default namespace is new.</summary>
    internal async Task<(ProviderDriver Driver, string Namespace, RecordingHost Host)> ConnectAsync(CancellationToken cancellationToken)
    {
        var name = $"test-{Interlocked.Increment(ref _namespaces)}";
        var host = new RecordingHost();
        var options = new KubernetesProviderOptions
        {
            Readiness = new ReadinessOptions
            {
                // What a person would give seconds, a quick cluster needs only moments for.
                Unschedulable = TimeSpan.FromMilliseconds(100), ImageRefused = TimeSpan.FromMilliseconds(100), ImageNotPulled = TimeSpan.FromMilliseconds(300),
                ContainerNotCreated = TimeSpan.FromMilliseconds(100), PodsRefused = TimeSpan.FromMilliseconds(100),
            },
        };
        var driver = await ProviderDriver.ConnectAsync(Kubeconfig, host, options, ("namespace", name));
        await driver.CreateAsync("kubernetes:core/v1:Namespace", "namespace", $$$"""{"metadata":{"name":"{{{name}}}"} }""", cancellationToken);
        return (driver, name, host);
    }

    /// <summary>A client that does what somebody else might do to the cluster.</summary>
    internal KubernetesClient Somebody() => new(ConnectionResolver.Resolve(Kubeconfig, null, null, HostEnvironment.OfProcess()));
}
