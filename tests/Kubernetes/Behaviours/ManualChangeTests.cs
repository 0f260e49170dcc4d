using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>What people do by kubectl: each change is shown by a refresh, field by field, and put right by the next update.</summary>
public sealed class ManualChangeTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Service = "kubernetes:core/v1:Service";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed record Change(string Type, string[] Kubectl, string Shown);

    private static readonly Dictionary<string, Change> Changes = new()
    {
        ["scaled"] = new(Deployment, ["scale", "deployment/web", "--replicas=2"], "spec.replicas:Update"),
        ["another image"] = new(Deployment, ["set", "image", "deployment/web", "web=web:2"], "spec.template.spec.containers[0].image:Update"),
        ["an environment variable"] = new(Deployment, ["set", "env", "deployment/web", "A=2"], "spec.template.spec.containers[0].env[0].value:Update"),
        ["less memory"] = new(
            Deployment, ["set", "resources", "deployment/web", "--requests=memory=16Mi"], "spec.template.spec.containers[0].resources.requests.memory:Update"),
        ["a label removed"] = new(Deployment, ["label", "deployment/web", "b-"], "metadata.labels.b:Add"),
        ["a label overwritten"] = new(Deployment, ["label", "--overwrite", "deployment/web", "b=9"], "metadata.labels.b:Update"),
        ["an annotation removed"] = new(Deployment, ["annotate", "deployment/web", "note-"], "metadata.annotations.note:Add"),
        ["a setting that the program leaves at its default"] = new(
            Deployment, ["patch", "deployment/web", "--type=merge", "-p", """{"spec":{"minReadySeconds":7}}"""], "spec.minReadySeconds:Update"),
        ["a port"] = new(
            Service, ["patch", "service/web", "--type=json", "-p", """[{"op":"replace","path":"/spec/ports/0/port","value":81}]"""], "spec.ports[0]:Update"),
        ["another selector"] = new(Service, ["set", "selector", "service/web", "app=other"], "spec.selector.app:Update"),
        ["data edited"] = new(
            "kubernetes:core/v1:ConfigMap", ["patch", "configmap/web", "--type=merge", "-p", """{"data":{"k":"other"}}"""], "data.k:UpdateReplace"),
        ["a right taken away"] = new(
            "kubernetes:rbac.authorization.k8s.io/v1:Role", ["patch", "role/web", "--type=json", "-p", """[{"op":"remove","path":"/rules/0/verbs/1"}]"""],
            "rules[0].verbs[1]:Add"),
        ["taken over by kubectl apply --server-side"] = new(
            Deployment, ["apply", "--server-side", "--force-conflicts", "--validate=false", "-f", "-"], "spec.replicas:Update"),
    };

    public static TheoryData<string> Names { get; } = [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ManualChange_IsShownByRefresh_AndPutRightByTheNextUpdate(string change)
    {
        cluster.NeedKubectl();
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var (type, arguments, shown) = (Changes[change].Type, Changes[change].Kubectl, Changes[change].Shown);
        var program = ProgramFor(type);
        var created = await driver.CreateAsync(type, "web", program, Token);

        await cluster.KubectlAsync(space, arguments, Token, arguments[^1] == "-" ? Scaled : null);
        var refreshed = (await driver.RefreshAsync(created, Token))!;
        Assert.NotEqual(created.Inputs, refreshed.Inputs);

        var (restored, diff) = await driver.UpAsync(refreshed, program, Token);
        Assert.Equal(shown, string.Join(", ", diff.DetailedDiff!.Select(field => $"{field.Key}:{field.Value.Kind}")));

        var again = (await driver.RefreshAsync(restored, Token))!;
        Assert.Equal(created.Inputs, again.Inputs);
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync(again, program, Token)).Changes);
    }

    [Fact]
    public async Task ObjectDeletedByHand_IsShownAsGone_AndCreatedAgain()
    {
        cluster.NeedKubectl();
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Service, "web", ProgramFor(Service), Token);
        await cluster.KubectlAsync(space, ["delete", "service/web"], Token);
        Assert.Null(await driver.RefreshAsync(created, Token));
        var again = await driver.CreateAsync(Service, "web", ProgramFor(Service), Token);
        Assert.Equal(created.Inputs, again.Inputs);
    }

    [Fact]
    public async Task ObjectDeletedByHand_WithoutARefresh_IsCreatedAgainByTheNextUpdate()
    {
        cluster.NeedKubectl();
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Service, "web", ProgramFor(Service), Token);
        await cluster.KubectlAsync(space, ["delete", "service/web"], Token);
        var (again, _) = await driver.UpAsync(created, ProgramFor(Service).Replace("\"port\":80", "\"port\":82", StringComparison.Ordinal), Token);
        Assert.NotNull(await driver.RefreshAsync(again, Token));
        Assert.Contains(host.Warnings, warning => warning.Contains("was gone from the cluster", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FieldTakenOverByAnotherManager_IsAConflictThatNamesOwnerAndField()
    {
        cluster.NeedKubectl();
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Deployment, "web", ProgramFor(Deployment), Token);
        await cluster.KubectlAsync(space, ["apply", "--server-side", "--force-conflicts", "--validate=false", "--field-manager=night-watch", "-f", "-"], Token, Scaled);
        var refreshed = (await driver.RefreshAsync(created, Token))!;
        var error = await Assert.ThrowsAsync<ProviderException>(() => driver.UpAsync(refreshed, ProgramFor(Deployment), Token));
        Assert.Contains(".spec.replicas: conflict with \"night-watch\"", error.Message);
        Assert.Contains("pulumi.com/patchForce", error.Message);
    }

    [Fact]
    public async Task RestartByKubectl_IsNoDrift_AndOutlivesTheNextUpdate()
    {
        cluster.NeedKubectl();
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Deployment, "web", ProgramFor(Deployment), Token);
        await cluster.KubectlAsync(space, ["rollout", "restart", "deployment/web"], Token);
        var refreshed = (await driver.RefreshAsync(created, Token))!;
        Assert.Equal(created.Inputs, refreshed.Inputs);
        var (updated, _) = await driver.UpAsync(refreshed, ProgramFor(Deployment).Replace("\"b\":\"2\"", "\"b\":\"3\"", StringComparison.Ordinal), Token);
        Assert.NotNull(Json.Object(Json.Text(updated.Outputs)).Text("spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"));
    }

    private const string Scaled = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":2}}""";

    private static string ProgramFor(string type) => type switch
    {
        Deployment => """
            {"metadata":{"name":"web","labels":{"a":"1","b":"2"},"annotations":{"note":"ours"}},
             "spec":{"replicas":1,"minReadySeconds":0,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
              "spec":{"containers":[{"name":"web","image":"web:1","env":[{"name":"A","value":"1"}],"resources":{"requests":{"memory":"32Mi"}}}]}}}}
            """,
        Service => """{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"name":"http","port":80}]}}""",
        "kubernetes:core/v1:ConfigMap" => """{"metadata":{"name":"web"},"data":{"k":"v"}}""",
        _ => """{"metadata":{"name":"web"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}]}""",
    };
}
