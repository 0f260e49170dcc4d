using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;
using FogInfra.Model;
using ClusterSpec = FogInfra.Embedded.Simulator.Clusters.ClusterSpec;

namespace FogInfra.Tests;

/// <summary>Quick simulated clusters in this process.</summary>
public sealed class Simulation : TestClusters
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(15);

    private const string ControlPlane = "node-role.kubernetes.io/control-plane";

    private readonly SimulatorServer _server;

    private Simulation(SimulatorServer server) => _server = server;

    public static async Task<Simulation> StartAsync() =>
        new(await SimulatorServer.StartAsync(new SimulatorOptions { Random = new Random(1) }, CancellationToken.None));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Starts a cluster with nodes of both roles. Those with the control plane are tainted, as kubeadm does it.</summary>
    public override async Task<string> StartClusterAsync(string name, Layer layer, Topology topology)
    {
        await _server.CreateClusterAsync(
            new ClusterSpec
            {
                Name = name,
                Nodes =
                [
                    .. Enumerable.Range(1, topology.Workers).Select(number => NodeOf($"{name}-node-{number}", layer, (LayerDefaults.LayerTaint, layer.Name()))),
                    .. Enumerable.Range(1, topology.ControlPlanes).Select(number => NodeOf($"{name}-control-plane-{number}", layer, (ControlPlane, ""))),
                ],
                Timings = new ClusterTimings
                {
                    ImagePull = Soon, ContainerStart = Soon, Readiness = Soon, ContainerStop = Soon, LoadBalancer = Soon, Volume = Soon,
                },
            },
            CancellationToken.None);
        await _server.WhenIdleAsync(name); // The cluster's own objects are there.
        return _server.KubeconfigOf(name);
    }

    /// <inheritdoc/>
    protected override string AddressOf(string cluster) => $"{_server.AddressOf(cluster)}";

    /// <inheritdoc/>
    protected override Task SettleAsync(string cluster) => _server.WhenIdleAsync(cluster);

    // Nodes are kept for pods that tolerate their taint.
    private static NodeSpec NodeOf(string name, Layer layer, (string Key, string Value) taint) => new()
    {
        Name = name,
        Architecture = layer == Layer.Edge ? "arm64" : "amd64",
        Pods = 1000,
        Cpu = "500",
        Memory = "500Gi",
        Taints = [new NodeTaint(taint.Key, "NoSchedule", taint.Value)],
    };
}
