using System.Text.Json.Nodes;
using FogInfra.Model;
using Pulumi.Automation;

namespace FogInfra.Tests;

/// <summary>What clusters are told of rollouts, at each moment of one, and what stacks do on second thoughts.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private readonly StackRun _stacks = new();
    private Simulation _simulation = null!;
    private string _kubeconfig = "";

    public async ValueTask InitializeAsync()
    {
        _simulation = await Simulation.StartAsync();
        _kubeconfig = await _simulation.StartClusterAsync("edge-1", Layer.Edge);
    }

    public async ValueTask DisposeAsync()
    {
        _stacks.Dispose();
        await _simulation.DisposeAsync();
    }

    [Fact]
    public async Task Record_FollowsTheRollout_AndNeverSaysMoreThanIsTrue()
    {
        await UpAsync("1");
        Assert.Equal(("1", "Complete", "1"), await RecordAsync());

        using var watch = await _simulation.WatchAsync("edge-1", "/apis/paguos.io/v1alpha1/fogrollouts");
        await UpAsync("2");

        Assert.Equal(("2", "Complete", "2"), await RecordAsync());
        Assert.Equal(
            ["1 Complete", "2 Progressing", "2 Complete"],
            (await watch.UntilAsync(events => events.Any(happened => StateOf(happened["object"]!) == "2 Complete")))
                .Where(happened => happened["type"]!.GetValue<string>() != "DELETED").Select(happened => StateOf(happened["object"]!)).Distinct());
    }

    [Fact]
    public async Task Record_OfAnUpdateThatFails_StaysProgressing_UntilTheOldVersionIsBack()
    {
        await UpAsync("1");
        var first = await UidAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => _stacks.UpAsync(Broken(), _kubeconfig));
        Assert.Equal(("2", "Progressing", null), await RecordAsync());

        await UpAsync("1");
        Assert.Equal(("1", "Complete", "1"), await RecordAsync());
        Assert.NotEqual(first, await UidAsync());
    }

    [Fact]
    public async Task NothingChanged_ChangesNothing_EvenAfterARefresh()
    {
        await UpAsync("1");
        await _stacks.RefreshAsync(Workload("1"), _kubeconfig);

        Assert.Equal(0, StackRun.Changes(await UpAsync("1")));
    }

    [Fact]
    public async Task Preview_TouchesNothing()
    {
        var before = await VersionsAsync();

        var first = await _stacks.PreviewAsync(Workload("1"), _kubeconfig);
        Assert.Equal(before, await VersionsAsync());

        await UpAsync("1");
        var after = await VersionsAsync();
        await _stacks.PreviewAsync(Workload("2"), _kubeconfig);

        Assert.True(first.ChangeSummary[OperationType.Create] > 5);
        Assert.Equal(after, await VersionsAsync());
    }

    [Fact]
    public async Task Configuration_Changed_RollsPodsOutWithANewObject_AndLeavesNoOldOne()
    {
        await UpAsync("1", new ServiceSettings { Config = Map("MODE", "slow") });
        var before = await ConfigurationAsync();

        await UpAsync("1", new ServiceSettings { Config = Map("MODE", "fast") });
        var after = await ConfigurationAsync();

        Assert.NotEqual(before, after);
        Assert.Equal([after], await ConfigMapsAsync());
    }

    [Fact]
    public async Task SecondApplication_SharesTheDefinition_AndLeavesTheFirstOnesRecordsWhenItGoes()
    {
        await UpAsync("1");
        var other = Workload("1") with { Application = "other", Namespace = "other" };

        await _stacks.UpAsync(other, _kubeconfig);
        await _stacks.DestroyAsync(other, _kubeconfig);

        Assert.Equal(("1", "Complete", "1"), await RecordAsync());
    }

    [Fact]
    public async Task Secrets_AreNowhereInTheState()
    {
        var file = Path.Combine(Path.GetTempPath(), $"secret-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "very-hidden-value", TestContext.Current.CancellationToken);
        try
        {
            var workload = Workload("1", new ServiceSettings
            {
                Secrets = System.Collections.Immutable.ImmutableSortedDictionary<string, SecretSource>.Empty.Add("TOKEN", new SecretSource(SecretKind.File, file)),
            });
            await _stacks.UpAsync(workload, _kubeconfig);

            var state = await _stacks.StateAsync(workload);
            Assert.DoesNotContain("very-hidden-value", state, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String("very-hidden-value"u8), state, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<UpResult> UpAsync(string version, ServiceSettings? settings = null) => _stacks.UpAsync(Workload(version, settings), _kubeconfig);

    private async Task<(string Version, string State, string? Complete)> RecordAsync()
    {
        var record = await RolloutAsync();
        return (
            record["spec"]!["version"]!.GetValue<string>(),
            record["status"]!["state"]!.GetValue<string>(),
            record["status"]!["version"]?.GetValue<string>());
    }

    private async Task<string> UidAsync() => (await RolloutAsync())["metadata"]!["uid"]!.GetValue<string>();

    private Task<JsonNode> RolloutAsync() => _simulation.GetAsync("edge-1", "/apis/paguos.io/v1alpha1/namespaces/shop/fogrollouts/web");

    private async Task<string> ConfigurationAsync() =>
        (await _simulation.GetAsync("edge-1", "/apis/apps/v1/namespaces/shop/deployments/web"))
        ["spec"]!["template"]!["spec"]!["containers"]![0]!["envFrom"]![0]!["configMapRef"]!["name"]!.GetValue<string>();

    private async Task<IReadOnlyList<string>> ConfigMapsAsync() =>
        [.. (await _simulation.GetAsync("edge-1", "/api/v1/namespaces/shop/configmaps"))["items"]!.AsArray()
            .Select(item => item!["metadata"]!["name"]!.GetValue<string>()).Where(name => name != "kube-root-ca.crt")];

    private async Task<IReadOnlyList<string>> VersionsAsync()
    {
        var objects = new List<string>();
        foreach (var path in new[] { "/api/v1/namespaces", "/apis/apps/v1/deployments", "/api/v1/services", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions" })
        {
            objects.AddRange((await _simulation.GetAsync("edge-1", path))["items"]!.AsArray()
                .Select(item => $"{path}/{item!["metadata"]!["name"]} {item["metadata"]!["resourceVersion"]}"));
        }

        return objects;
    }

    private static string StateOf(JsonNode record) => $"{record["spec"]!["version"]} {record["status"]!["state"]}";

    private static ClusterWorkload Workload(string version, ServiceSettings? settings = null) => new()
    {
        Application = "shop",
        Namespace = "shop",
        Cluster = "edge-1",
        Layer = Layer.Edge,
        Services =
        [
            new ServiceWorkload
            {
                Name = "web",
                Version = version,
                Replicas = 1,
                Containers = [new Container { Name = "web", Image = $"shop/web:{version}", Ports = [new ContainerPort(8080)] }],
                Settings = settings ?? new ServiceSettings(),
            },
        ],
    };

    // The API server refuses the Deployment: a request above the limit.
    private static ClusterWorkload Broken()
    {
        var workload = Workload("2");
        var container = workload.Services[0].Containers[0] with
        {
            Resources = new Resources { Requests = Map("memory", "2Gi"), Limits = Map("memory", "1Gi") },
        };
        return workload with { Services = [workload.Services[0] with { Containers = [container] }] };
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Map(string name, string value) =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(name, value);
}
