using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Embedded.Provider.Plugins;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>The provider as the executable pulumi-resource-kubernetes, asked over gRPC as an engine asks it.</summary>
public sealed class PluginTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executable_LeadsAnObjectFromCreateToDelete()
    {
        var (_, space, _) = await cluster.ConnectAsync(Token);
        await using var engine = await RpcServer.StartAsync(new RpcService(), Token);
        await using var plugin = await StartAsync(engine.Address);
        await plugin.ConfigureAsync(new ConfigureRequest(null, PropertyMap.Of(("kubeconfig", cluster.Kubeconfig), ("namespace", space))), Token);
        var driver = new ProviderDriver(plugin);
        const string Type = "kubernetes:core/v1:Secret";
        var created = await driver.CreateAsync(Type, "s", """{"metadata":{"labels":{"a":"1"}},"stringData":{"k":"geheim"}}""", Token);
        Assert.Matches($"^{space}/s-[0-9a-f]{{8}}$", created.Id);
        Assert.IsType<PropertyValue.Secret>(created.Outputs["data"]);
        var (updated, diff) = await driver.UpAsync(created, """{"metadata":{"labels":{"a":"2"}},"stringData":{"k":"geheim"}}""", Token);
        Assert.Equal("metadata.labels.a:Update", string.Join(", ", diff.DetailedDiff!.Select(field => $"{field.Key}:{field.Value.Kind}")));
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync((await driver.RefreshAsync(updated, Token))!, """{"metadata":{"labels":{"a":"2"}},"stringData":{"k":"geheim"}}""", Token)).Changes);
        await driver.DeleteAsync(updated, Token);
        Assert.Null(await driver.RefreshAsync(updated, Token));
    }

    [Fact]
    public async Task Executable_WorkloadThatIsNotReady_KeepsItsStateAndTellsTheReasons()
    {
        var (_, space, _) = await cluster.ConnectAsync(Token);
        await using var engine = await RpcServer.StartAsync(new RpcService(), Token);
        await using var plugin = await StartAsync(engine.Address);
        await plugin.ConfigureAsync(new ConfigureRequest(null, PropertyMap.Of(("kubeconfig", cluster.Kubeconfig), ("namespace", space))), Token);
        var error = await Assert.ThrowsAsync<ResourceInitException>(() => new ProviderDriver(plugin).CreateAsync(
            "kubernetes:core/v1:Pod", "p", """{"metadata":{"name":"p"},"spec":{"nodeSelector":{"layer":"moon"},"containers":[{"name":"c","image":"web:1"}]}}""", Token));
        Assert.Equal($"{space}/p", error.Id);
        Assert.StartsWith("pod p: Unschedulable: ", error.Reasons.Single());
    }

    private static ImmutableDictionary<string, string> Variables => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .ToImmutableDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);

    private static Task<ProviderPlugin> StartAsync(string engine) => ProviderPlugin.StartAsync(
        "kubernetes",
        new ProcessCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "pulumi-resource-kubernetes.dll")], AppContext.BaseDirectory, Variables),
        engine, AppContext.BaseDirectory, (line, _) => TestContext.Current.SendDiagnosticMessage(line), Token);
}
