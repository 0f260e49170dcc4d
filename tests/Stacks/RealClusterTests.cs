using System.Diagnostics;
using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

/// <summary>
/// The examples that need nothing but Kubernetes itself (no load balancer, no storage), on a real control plane:
/// <c>FOG_TEST_KUBECONFIG=$(tests/real-kubernetes/control-plane start stacks 7400 2 --wait) dotnet test tests/Stacks</c>.
/// </summary>
public sealed class RealClusterTests
{
    private static readonly string? Kubeconfig = Environment.GetEnvironmentVariable("FOG_TEST_KUBECONFIG");

    [Theory]
    [InlineData("fleet.yaml", Layer.Cloud)]
    [InlineData("fleet.yaml", Layer.Fog)]
    [InlineData("fleet.yaml", Layer.Edge)]
    [InlineData("nginx-rollout.yaml", Layer.Cloud)]
    [InlineData("nginx-rollout.yaml", Layer.Edge)]
    public async Task Example_BecomesReady_AndIsDestroyedWithoutALeftover(string example, Layer layer)
    {
        SkipWithoutACluster();
        var (fleet, application) = ExampleTests.Read(example);
        var cluster = fleet.Clusters.First(candidate => candidate.Layer == layer);
        var workload = ClusterWorkload.Resolve(application, cluster, fleet)!;
        var kubeconfig = await File.ReadAllTextAsync(Kubeconfig!, TestContext.Current.CancellationToken);
        using var stacks = new StackRun();
        var before = await ObjectsAsync();

        var up = await stacks.UpAsync(workload, kubeconfig, (StackContract.Definition, "own"));
        var rollouts = await KubectlAsync("get", "fogrollouts", "-n", workload.Namespace, "--no-headers");
        var again = await stacks.UpAsync(workload, kubeconfig, (StackContract.Definition, "own"));
        await stacks.DestroyAsync(workload, kubeconfig);

        Assert.True(StackRun.Outputs(up, workload.Cluster)["healthy"]!.GetValue<bool>());
        Assert.Equal(0, StackRun.Changes(again));
        foreach (var service in workload.Services)
        {
            Assert.Matches($@"(?m)^{service.Name} +{service.Version} +{layer.Name()} +Complete +{service.Replicas}/{service.Replicas} ", rollouts);
        }

        Assert.Equal(before, await ObjectsAsync());
    }

    private static void SkipWithoutACluster() => Assert.SkipWhen(
        Kubeconfig is null,
        "needs a cluster: FOG_TEST_KUBECONFIG=$(tests/real-kubernetes/control-plane start stacks 7400 2 --wait), and kubectl on PATH");

    // Events and leases come and go by themselves, and what controllers put into every namespace goes with it.
    private static async Task<IReadOnlyList<string>> ObjectsAsync()
    {
        var kinds = (await KubectlAsync("api-resources", "--verbs=list", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(kind => !kind.StartsWith("events", StringComparison.Ordinal) && !kind.StartsWith("leases", StringComparison.Ordinal));
        var names = await KubectlAsync("get", string.Join(',', kinds), "-A", "--ignore-not-found", "-o", "custom-columns=K:.kind,NS:.metadata.namespace,N:.metadata.name", "--no-headers");
        return [.. names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private static async Task<string> KubectlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", ["--kubeconfig", Kubeconfig!, .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
