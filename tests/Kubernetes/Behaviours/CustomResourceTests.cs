using System.Text;
using FogInfra.Embedded.Provider;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>Objects of kinds that nobody knew before: their life, and what their controllers report.</summary>
public sealed class CustomResourceTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CustomResource_FromCreateToDelete_IsAsTheProgramSays()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var type = await DefineAsync(driver, space, status: false);
        var created = await driver.CreateAsync(type, "t", """{"metadata":{"name":"t"},"spec":{"size":1,"parts":["a","b"]}}""", Token);
        var (changed, diff) = await driver.UpAsync(created, """{"metadata":{"name":"t"},"spec":{"size":2,"parts":["a"]}}""", Token);
        Assert.Equal("spec.parts[1]:Delete, spec.size:Update", string.Join(", ", diff.DetailedDiff!.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}:{field.Value.Kind}")));
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync((await driver.RefreshAsync(changed, Token))!, """{"metadata":{"name":"t"},"spec":{"size":2,"parts":["a"]}}""", Token)).Changes);
        await driver.DeleteAsync(changed, Token);
        Assert.Null(await driver.RefreshAsync(changed, Token));
    }

    [Fact]
    public async Task ThingThatItsControllerReportsReady_IsWaitedFor()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var type = await DefineAsync(driver, space, status: true);
        await driver.CreateAsync(type, "quiet", """{"metadata":{"name":"quiet"},"spec":{"size":1}}""", Token); // Nobody reports of it.
        var creating = driver.CreateAsync(type, "t", """{"metadata":{"name":"t"},"spec":{"size":1}}""", Token);
        await ReportAsync(space, """{"observedGeneration":1,"conditions":[{"type":"Ready","status":"False","reason":"Filling","message":"half full"}]}""");
        while (!host.Statuses.Any(status => status.Contains("Ready is False: Filling: half full", StringComparison.Ordinal)))
        {
            await Task.Delay(10, Token);
        }

        Assert.False(creating.IsCompleted);
        await ReportAsync(space, """{"observedGeneration":1,"conditions":[{"type":"Ready","status":"True"}]}""");
        Assert.Equal(1, Json.Object(Json.Text((await creating).Outputs)).ObservedGeneration);
    }

    [Fact]
    public async Task ThingThatItsControllerReportsStalled_FailsWithItsWords()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var type = await DefineAsync(driver, space, status: true);
        var creating = driver.CreateAsync(type, "t", """{"metadata":{"name":"t"},"spec":{"size":1}}""", Token);
        await ReportAsync(space, """{"conditions":[{"type":"Stalled","status":"True","reason":"NoWater","message":"the well is dry"}]}""");
        var error = await Assert.ThrowsAsync<ResourceInitException>(() => creating);
        Assert.Contains("its controller has stalled: NoWater: the well is dry", error.Message);
    }

    private static async Task<string> DefineAsync(ProviderDriver driver, string space, bool status)
    {
        await driver.CreateAsync("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "crd", $$"""
            {"metadata":{"name":"things.{{space}}.example.com"},"spec":{"group":"{{space}}.example.com","scope":"Namespaced",
             "names":{"kind":"Thing","plural":"things","singular":"thing","listKind":"ThingList"},
             "versions":[{"name":"v1","served":true,"storage":true{{(status ? ",\"subresources\":{\"status\":{}}" : "")}},
              "schema":{"openAPIV3Schema":{"type":"object","x_kubernetes_preserve_unknown_fields":true} } }]} }
            """, Token);
        return $"kubernetes:{space}.example.com/v1:Thing";
    }

    // Does what the thing's controller would do, as soon as the thing is there.
    private async Task ReportAsync(string space, string status)
    {
        using var controller = cluster.Somebody();
        while (true)
        {
            var kind = await controller.Resources.FindAsync($"{space}.example.com/v1", "Thing", Token);
            if (kind is not null && await controller.FindAsync(kind, space, "t", Token) is not null)
            {
                await controller.JsonPatchAsync(
                    kind, space, "t", Encoding.UTF8.GetBytes($$"""[{"op":"add","path":"/status","value":{{status}} }]"""), new WriteOptions("controller") { Subresource = "status" }, Token);
                return;
            }

            controller.Resources.Refresh();
            await Task.Delay(20, Token);
        }
    }
}
