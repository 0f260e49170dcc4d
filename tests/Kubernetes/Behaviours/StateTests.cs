using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>What stands in the state, and what works in whatever order an update comes to it.</summary>
public sealed class StateTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outputs_AreTheObjectWithWhatTheProviderHasToRemember()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(ConfigMap, "c", """{"data":{"k":"v"}}""", Token);
        Assert.Equal(created.Inputs, created.Outputs.GetMap("__inputs"));
        Assert.Equal("v1", created.Outputs.GetText("__initialApiVersion"));
        Assert.StartsWith("pulumi-kubernetes-", created.Outputs.GetText("__fieldManager"));
        Assert.Equal(("v1", "ConfigMap", "v"), (created.Outputs.GetText("apiVersion"), created.Outputs.GetText("kind"), created.Outputs.GetMap("data")!.GetText("k")));
        Assert.Matches($"^{space}/c-[0-9a-f]{{8}}$", created.Id);
        Assert.NotNull(created.Outputs.GetMap("metadata")!.GetText("uid"));
    }

    [Fact]
    public async Task Secret_IsSecretInInputsAndOutputsAfterEveryOperation()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync("kubernetes:core/v1:Secret", "s", """{"metadata":{"name":"s"},"stringData":{"k":"geheim"}}""", Token);
        var refreshed = (await driver.RefreshAsync(created, Token))!;
        var imported = await driver.Provider.ReadAsync(new ReadRequest(created.Urn, created.Id, PropertyMap.Empty, PropertyMap.Empty, null), Token);
        foreach (var values in new[] { created.Inputs, created.Outputs, created.Outputs.GetMap("__inputs"), refreshed.Inputs, refreshed.Outputs, imported.Inputs, imported.Outputs })
        {
            Assert.IsType<PropertyValue.Secret>(values!["data"]);
        }
    }

    [Fact]
    public async Task SecretInputs_OfAnyKind_StaySecretInOutputs()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var inputs = PropertyMap.Of(("metadata", PropertyMap.Of(("name", "c"))), ("data", PropertyMap.Of(("k", ((PropertyValue)"geheim").AsSecret()), ("l", "offen"))));
        var checkedInputs = await driver.CheckedAsync(ConfigMap, "c", inputs, null, Token);
        var created = await driver.Provider.CreateAsync(new CreateRequest(ProviderDriver.UrnOf(ConfigMap, "c"), checkedInputs, null, false), Token);
        var data = created.Outputs.GetMap("data")!;
        Assert.IsType<PropertyValue.Secret>(data["k"]);
        Assert.IsType<PropertyValue.Text>(data["l"]);
    }

    [Fact]
    public async Task CustomResource_BeforeItsDefinition_IsCreatedWhenTheKindIsThere()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var early = driver.CreateAsync($"kubernetes:{space}.example.com/v1:Thing", "early", """{"spec":{"size":1}}""", Token);
        while (!host.Statuses.Contains("waiting until the cluster serves its kind"))
        {
            await Task.Delay(10, Token);
        }

        await driver.CreateAsync("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "crd", $$"""
            {"metadata":{"name":"things.{{space}}.example.com"},"spec":{"group":"{{space}}.example.com","scope":"Namespaced",
             "names":{"kind":"Thing","plural":"things","singular":"thing"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x_kubernetes_preserve_unknown_fields":true} } }]} }
            """, Token);
        Assert.StartsWith($"{space}/early-", (await early).Id);
    }

    [Fact]
    public async Task ClusterScopedCustomResource_OfADefinitionInTheSameRun_GetsNoNamespace()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        await driver.CheckAsync("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "crd", ProviderDriver.Map($$"""
            {"metadata":{"name":"worlds.{{space}}.example.com"},"spec":{"group":"{{space}}.example.com","scope":"Cluster","names":{"kind":"World","plural":"worlds"},"versions":[]} }
            """), null, Token);
        var inputs = await driver.CheckedAsync($"kubernetes:{space}.example.com/v1:World", "w", PropertyMap.Empty, null, Token);
        Assert.Null(inputs.GetMap("metadata")!.GetText("namespace"));
    }

    [Fact]
    public async Task ObjectBeforeItsNamespace_IsCreatedWhenTheNamespaceIsThere()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var early = driver.CreateAsync(ConfigMap, "early", $$"""{"metadata":{"name":"early","namespace":"{{space}}-late"} }""", Token);
        while (!host.Statuses.Contains("waiting until its namespace exists"))
        {
            await Task.Delay(10, Token);
        }

        await driver.CreateAsync("kubernetes:core/v1:Namespace", "late", $$"""{"metadata":{"name":"{{space}}-late"} }""", Token);
        Assert.Equal($"{space}-late/early", (await early).Id);
    }

    [Fact]
    public async Task Upsert_TakesOverWhatIsThere()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        await driver.CreateAsync(ConfigMap, "one", """{"metadata":{"name":"c"},"data":{"k":"v"}}""", Token);
        await Assert.ThrowsAsync<ProviderException>(() => driver.CreateAsync(ConfigMap, "two", """{"metadata":{"name":"c"}}""", Token));
        var upserting = await ProviderDriver.ConnectAsync(cluster.Kubeconfig, configuration: [("namespace", space), ("upsertExistingObjects", "true")]);
        var created = await upserting.CreateAsync(ConfigMap, "two", """{"metadata":{"name":"c","labels":{"a":"b"}}}""", Token);
        Assert.Equal("v", created.Outputs.GetMap("data")!.GetText("k"));
    }

    [Fact]
    public async Task ManyAtOnce_AllBecomeReady()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var created = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => driver.CreateAsync("kubernetes:apps/v1:Deployment", $"web-{i}", $$"""
            {"spec":{"replicas":1,"selector":{"matchLabels":{"app":"web-{{i}}"} },"template":{"metadata":{"labels":{"app":"web-{{i}}"} },
             "spec":{"containers":[{"name":"web","image":"web:1"}]} } } }
            """, Token)));
        Assert.Equal(30, created.Select(resource => resource.Id).Distinct().Count());
    }

    [Fact]
    public async Task UnknownField_IsRefusedWithTheNearestName()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var result = await driver.CheckAsync("kubernetes:apps/v1:Deployment", "web", ProviderDriver.Map("""{"spec":{"replcas":1}}"""), null, Token);
        Assert.Equal(("spec.replcas", "DeploymentSpec has no field replcas. Did you mean replicas?"), (result.Failures.Single().Property, result.Failures.Single().Reason));
    }

    [Fact]
    public async Task RunningCluster_IsShown()
    {
        var (_, _, host) = await cluster.ConnectAsync(Token);
        Assert.Contains(host.Statuses, status => status.StartsWith("using the cluster ", StringComparison.Ordinal));
    }
}
