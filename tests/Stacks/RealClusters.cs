using System.Diagnostics;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>
/// Real control planes, started by <c>tests/real-kubernetes/examples</c>: <c>FOG_TEST_KUBECONFIGS</c> names their kubeconfigs, divided by colons.
/// Each is used for one cluster at a time, with the nodes that it has.
/// </summary>
public sealed class RealClusters : TestClusters
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _end = new();
    private readonly Queue<string> _unused;
    private readonly Dictionary<string, (string Address, Process Proxy, Task Controllers)> _clusters = [];

    private RealClusters(IEnumerable<string> kubeconfigs) => _unused = new Queue<string>(kubeconfigs);

    /// <summary>Takes the control planes that were started for the tests; without any the test is skipped.</summary>
    public static RealClusters Take()
    {
        var kubeconfigs = Environment.GetEnvironmentVariable("FOG_TEST_KUBECONFIGS");
        Assert.SkipWhen(kubeconfigs is null, "needs real control planes: run tests/real-kubernetes/examples, which starts them");
        return new RealClusters(kubeconfigs!.Split(':'));
    }

    /// <inheritdoc/>
    public override async Task<string> StartClusterAsync(string name, Layer layer, Topology topology)
    {
        var kubeconfig = _unused.Dequeue();
        var proxy = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, "proxy", "--port=0"]) { RedirectStandardOutput = true })!;

        // "Starting to serve on 127.0.0.1:41234"
        var line = await proxy.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var address = $"http://{line!.Split(' ')[^1]}";
        _clusters[name] = (address, proxy, new CloudControllers(Http, new Uri(address)).RunAsync(Interval, _end.Token));
        return await File.ReadAllTextAsync(kubeconfig, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var (_, proxy, controllers) in _clusters.Values)
        {
            await controllers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            proxy.Kill();
            proxy.Dispose();
        }

        _end.Dispose();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override string AddressOf(string cluster) => _clusters[cluster].Address;

    /// <summary>Waits until every kind that was defined is served.</summary>
    protected override async Task SettleAsync(string cluster)
    {
        while (!(await GetAsync(cluster, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"))["items"]!.AsArray().All(IsServed))
        {
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }

        static bool IsServed(JsonNode? definition) => definition!["status"]?["conditions"]?.AsArray()
            .Any(condition => condition!["type"]!.GetValue<string>() == "Established" && condition["status"]!.GetValue<string>() == "True") ?? false;
    }
}
