using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Readiness;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>The real control plane whose kubeconfig the variable FOG_TEST_KUBECONFIG names.</summary>
public sealed class TestCluster : ClusterFixture
{
    private string _kubeconfig = "";

    internal override string Kubeconfig => _kubeconfig;

    // Long enough for controllers and scheduler of a busy machine with two cores, and short enough for a test.
    internal override KubernetesProviderOptions Options { get; } = new()
    {
        Readiness = new ReadinessOptions { Unschedulable = TimeSpan.FromSeconds(2), PodsRefused = TimeSpan.FromSeconds(4), IngressWithoutController = TimeSpan.FromSeconds(1) },
    };

    public override async ValueTask InitializeAsync()
    {
        var file = Environment.GetEnvironmentVariable("FOG_TEST_KUBECONFIG")
            ?? throw new InvalidOperationException("FOG_TEST_KUBECONFIG names no kubeconfig of a real control plane; tests/real-kubernetes/run starts one and sets it.");
        _kubeconfig = await File.ReadAllTextAsync(file);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
