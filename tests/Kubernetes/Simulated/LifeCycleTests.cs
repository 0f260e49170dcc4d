using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Simulated;

/// <summary>The whole life of an object of each kind, from preview to delete, as an engine leads it.</summary>
public sealed class LifeCycleTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>
{
    private const string Template = """{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"web","image":"web:1","ports":[{"containerPort":80}]}]}}""";
    private const string NewTemplate = """{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"web","image":"web:2"}]}}""";
    private const string Selector = """{"matchLabels":{"app":"x"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, bool> Kinds { get; } = new()
    {
        { "core/v1:ConfigMap", """{"data":{"k":"v"}}""", """{"data":{"k":"w"}}""", true },
        { "core/v1:Secret", """{"stringData":{"k":"v"}}""", """{"stringData":{"k":"w"}}""", true },
        { "core/v1:ServiceAccount", """{"automountServiceAccountToken":true}""", "{}", false },
        { "core/v1:Service", """{"spec":{"selector":{"app":"x"},"ports":[{"port":80,"name":"a"},{"port":81,"name":"b"}]}}""", """{"spec":{"selector":{"app":"y"},"ports":[{"port":80,"name":"a"}]}}""", false },
        { "core/v1:Service", """{"spec":{"type":"LoadBalancer","ports":[{"port":80}]}}""", """{"spec":{"type":"ClusterIP","ports":[{"port":80}]}}""", false },
        { "core/v1:Pod", """{"spec":{"containers":[{"name":"web","image":"web:1"}]}}""", """{"spec":{"containers":[{"name":"web","image":"web:2"}]}}""", true },
        { "apps/v1:Deployment", $$"""{"spec":{"replicas":2,"selector":{{Selector}},"template":{{Template}} } }""", $$"""{"spec":{"replicas":1,"selector":{{Selector}},"template":{{NewTemplate}} } }""", false },
        { "apps/v1:Deployment", $$"""{"spec":{"replicas":0,"selector":{{Selector}},"template":{{Template}} } }""", """{"spec":{"replicas":0,"selector":{"matchLabels":{"app":"y"}},"template":{"metadata":{"labels":{"app":"y"}},"spec":{"containers":[{"name":"web","image":"web:1"}]}}}}""", true },
        { "apps/v1:StatefulSet", $$"""{"spec":{"serviceName":"s","replicas":2,"selector":{{Selector}},"template":{{Template}} } }""", $$"""{"spec":{"serviceName":"s","replicas":1,"selector":{{Selector}},"template":{{NewTemplate}} } }""", false },
        { "apps/v1:DaemonSet", $$"""{"spec":{"selector":{{Selector}},"template":{{Template}} } }""", $$"""{"spec":{"selector":{{Selector}},"template":{{NewTemplate}} } }""", false },
        { "batch/v1:Job", """{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"web","image":"web:1"}]}}}}""", """{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"web","image":"web:2"}]}}}}""", true },
        { "networking.k8s.io/v1:NetworkPolicy", """{"spec":{"podSelector":{},"policyTypes":["Ingress"]}}""", """{"spec":{"podSelector":{"matchLabels":{"a":"b"}},"policyTypes":["Ingress"]}}""", false },
        { "rbac.authorization.k8s.io/v1:Role", """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}""", """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}]}""", false },
        { "rbac.authorization.k8s.io/v1:RoleBinding", """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"a"}}""", """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"b"}}""", true },
        { "coordination.k8s.io/v1:Lease", """{"spec":{"leaseDurationSeconds":10}}""", """{"spec":{"leaseDurationSeconds":20}}""", false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Object_LivesAsTheProgramSays(string kind, string first, string second, bool replaces)
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var type = $"kubernetes:{kind}";
        var before = WithMetadata(first, """{"name":"thing","labels":{"a":"1","b":"2"}}""");
        var after = WithMetadata(second, """{"name":"thing","labels":{"a":"1"}}""");

        var created = await driver.CreateAsync(type, "thing", before, Token);
        Assert.Equal($"{space}/thing", created.Id);
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync(created, before, Token)).Changes);

        var refreshed = await driver.RefreshAsync(created, Token);
        Assert.Equal(created.Inputs, refreshed!.Inputs);
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync(refreshed, before, Token)).Changes);

        var (changed, diff) = await driver.UpAsync(refreshed, after, Token);
        Assert.Equal(replaces, diff.IsReplace);
        Assert.Null(changed.Outputs.GetMap("metadata")!.GetMap("labels")!["b"]); // What the program no longer says is gone from the object.
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync((await driver.RefreshAsync(changed, Token))!, after, Token)).Changes);

        var imported = await driver.Provider.ReadAsync(new ReadRequest(changed.Urn, changed.Id, Json.Map("{}"), Json.Map("{}"), null), Token);
        Assert.Empty((await driver.CheckAsync(type, "thing", imported.Inputs!, imported.Inputs, Token)).Failures);

        await driver.DeleteAsync(changed, Token);
        Assert.Null(await driver.RefreshAsync(changed, Token));
        await driver.DeleteAsync(changed, Token);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Preview_ChangesNothing(string kind, string first, string second, bool replaces)
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var type = $"kubernetes:{kind}";
        var urn = ProviderDriver.UrnOf(type, "thing");
        string Named(string item) => WithMetadata(item, """{"name":"thing"}""");
        var inputs = await driver.CheckedAsync(type, "thing", ProviderDriver.Map(Named(first)), null, Token);
        var foretold = await driver.Provider.CreateAsync(new CreateRequest(urn, inputs, null, Preview: true), Token);
        Assert.Equal(("", "thing"), (foretold.Id, foretold.Outputs.GetMap("metadata")!.GetText("name")));

        var created = await driver.CreateAsync(type, "thing", Named(first), Token); // Nothing is there yet, or this would fail.
        if (!replaces)
        {
            var changed = await driver.CheckedAsync(type, "thing", ProviderDriver.Map(Named(second)), created.Inputs, Token);
            await driver.Provider.UpdateAsync(new UpdateRequest(urn, created.Id, created.Inputs, created.Outputs, changed, null, [], Preview: true), Token);
        }

        Assert.Equal(created.Inputs, (await driver.RefreshAsync(created, Token))!.Inputs);
    }

    private static string WithMetadata(string item, string metadata) => Json.Text(Json.Map(item).With("metadata", Json.Map(metadata)));
}
