using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours.Faults;

/// <summary>
/// What goes wrong between the provider and the API server: an operation gets through, or ends with an error that says what was wrong, and
/// in both cases the state and the cluster can be brought together again.
/// </summary>
public sealed class FaultTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Fault> Faults { get; } = [.. Enum.GetValues<Fault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task OneFaultInEachRequest_IsGotOver(Fault fault)
    {
        await using var proxy = await FaultyProxy.StartAsync(cluster.Kubeconfig);
        var (_, space, _) = await cluster.ConnectAsync(Token);
        var driver = await ConnectAsync(proxy, space);
        var seen = new HashSet<string>();
        proxy.Choose = request => seen.Add($"{request.Method} {request.Path}") ? fault : null; // The first try of each request.
        var created = await driver.CreateAsync(ConfigMap, "c", Program(1), Token);
        seen.Clear();
        var (updated, _) = await driver.UpAsync(created, Program(2), Token);
        seen.Clear();
        Assert.Equal(updated.Inputs, (await driver.RefreshAsync(updated, Token))!.Inputs);
        seen.Clear();
        await driver.DeleteAsync(updated, Token);
        Assert.True(proxy.Injected.Count >= 4);
        Assert.Null(await driver.RefreshAsync(updated, Token));
    }

    [Fact]
    public async Task RandomFaultsOverManyUpdates_AlwaysEndInAgreementOfStateAndCluster()
    {
        var updates = int.Parse(Environment.GetEnvironmentVariable("FOG_TEST_UPDATES") ?? "30");
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FOG_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        Console.WriteLine($"seed {seed}, {updates} updates");
        await using var proxy = await FaultyProxy.StartAsync(cluster.Kubeconfig);
        var (_, space, _) = await cluster.ConnectAsync(Token);
        var driver = await ConnectAsync(proxy, space);
        var run = new RandomRun(driver, space, proxy, seed, Token);
        await run.UpdateAsync(updates);
        Console.WriteLine($"seed {seed}: {run.Summary}");

        proxy.Choose = _ => null;
        await run.SettleAsync();
        using var somebody = cluster.Somebody();
        Assert.Equal(run.Expected, await InClusterAsync(somebody, space));
    }

    [Fact]
    public async Task UnreachableServer_IsNeverTakenForOneWhereEverythingWasDeleted()
    {
        var proxy = await FaultyProxy.StartAsync(cluster.Kubeconfig);
        var (_, space, _) = await cluster.ConnectAsync(Token);
        var driver = await ConnectAsync(proxy, space);
        var created = await driver.CreateAsync(ConfigMap, "c", Program(1), Token);
        await proxy.DisposeAsync();
        var error = await Assert.ThrowsAsync<ProviderException>(() => driver.RefreshAsync(created, Token));
        Assert.Contains("cannot be reached", error.Message);
        await Assert.ThrowsAsync<ProviderException>(() => driver.DeleteAsync(created, Token));
    }

    private static async Task<SortedDictionary<string, string>> InClusterAsync(KubernetesClient client, string space)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (apiVersion, kind) in RandomRun.Kinds)
        {
            var list = await client.ListAsync(ResourceCatalog.KnownResource(apiVersion, kind)!, space, new ObjectSelection { Labels = "made-by=run" }, Token);
            foreach (var item in list.Items)
            {
                found.Add($"{kind}/{item.Name}", item.Annotation("round") ?? "");
            }
        }

        return found;
    }

    private async Task<ProviderDriver> ConnectAsync(FaultyProxy proxy, string space) => await ProviderDriver.ConnectAsync(
        proxy.Kubeconfig,
        options: cluster.Options with
        {
            // Stalls are waited out in moments, and pauses are short, so that many updates fit into a test.
            Client = new ClientOptions { RequestTimeout = TimeSpan.FromSeconds(1.5), RetryDelay = TimeSpan.FromMilliseconds(20), LongestRetryAfter = TimeSpan.FromMilliseconds(50) },
        },
        configuration: [("namespace", space), ("enableConfigMapMutable", "true")]);

    private static string Program(int round) => $$"""{"metadata":{"name":"c","annotations":{"round":"{{round}}"} },"data":{"round":"{{round}}"} }""";
}
