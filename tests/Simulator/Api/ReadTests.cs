using System.Net;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Api;

public sealed class ReadTests
{
    private const string ConfigMaps = "api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Get_AnObject_IsTheWholeObject()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync(ConfigMaps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1'}}");

        var (code, body) = await server.GetAsync(ConfigMaps + "/c");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(("v1", "ConfigMap", "c", "1"), (body.Text("apiVersion"), body.Text("kind"), body.Name, body.Text("data", "a")));
        Assert.NotEmpty(body.Uid);
    }

    [Theory]
    [InlineData("api/v1/namespaces/default/configmaps/nope", "configmaps \"nope\" not found", "nope", "configmaps", null)]
    [InlineData("apis/apps/v1/namespaces/default/deployments/nope", "deployments.apps \"nope\" not found", "nope", "deployments", "apps")]
    public async Task Get_NoSuchObject_IsAStatusThatNamesIt(string path, string message, string name, string kind, string? group)
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, code);
        Assert.Equal(("Status", "Failure", "NotFound", 404L, message), (body.Text("kind"), body.Text("status"), body.Text("reason"), body.Long("code"), body.Text("message")));
        Assert.Equal((name, kind, group), (body.Text("details", "name"), body.Text("details", "kind"), body.Text("details", "group")));
    }

    [Theory]
    [InlineData("api/v1/nothings")]
    [InlineData("apis/nothing.io/v1/things")]
    [InlineData("api/v1/namespaces/default/nodes")]
    [InlineData("api/v1/pods/one")]
    [InlineData("api/v1/namespaces/default/configmaps/c/status")]
    [InlineData("nothing")]
    public async Task Get_NoSuchPath_IsNotFound(string path)
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "the server could not find the requested resource"), (code, body.Text("message")));
    }

    [Fact]
    public async Task List_InPages_IsConsistentAndInOrder()
    {
        await using var server = await ServerFixture.StartAsync();
        for (var i = 0; i < 5; i++) await server.PostAsync(ConfigMaps, $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{i}, labels: {{my: 'yes'}}}}}}");

        var (_, first) = await server.GetAsync(ConfigMaps + "?limit=2");
        await server.PostAsync(ConfigMaps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: c1b}}");
        await server.SendAsync(HttpMethod.Delete, ConfigMaps + "/c3", null);
        var (_, second) = await server.GetAsync($"{ConfigMaps}?limit=2&continue={first.Text("metadata", "continue")}");
        var (_, third) = await server.GetAsync($"{ConfigMaps}?limit=2&continue={second.Text("metadata", "continue")}");

        Assert.Equal(["c0", "c1", "c2", "c3", "c4", "kube-root-ca.crt"], new[] { first, second, third }.SelectMany(page => page.Maps("items")).Select(item => item.Name));
        Assert.Equal(4, first.Long("metadata", "remainingItemCount"));
        Assert.Null(third.Text("metadata", "continue"));
        Assert.Equal(first.Text("metadata", "resourceVersion"), third.Text("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task List_AForgottenContinuation_IsExpired()
    {
        await using var server = await ServerFixture.StartAsync();
        var token = Convert.ToBase64String("""{"v":"meta.k8s.io/v1","rv":1,"namespace":"default","name":"a"}"""u8).TrimEnd('=');

        var (code, body) = await server.GetAsync($"{ConfigMaps}?limit=2&continue={token}");

        Assert.Equal((HttpStatusCode.Gone, "Expired"), (code, body.Text("reason")));
    }

    [Theory]
    [InlineData("labelSelector=app%3Dweb", "a", "b")]
    [InlineData("labelSelector=app%3Dweb,tier!%3Dback", "a")]
    [InlineData("labelSelector=app+in+(web,+db),tier+notin+(front)", "b", "d")]
    [InlineData("labelSelector=!tier,app", "d")]
    [InlineData("labelSelector=tier", "a", "b")]
    [InlineData("fieldSelector=metadata.name%3Db", "b")]
    [InlineData("fieldSelector=metadata.name!%3Db&labelSelector=app", "a", "d")]
    public async Task List_WithSelectors_HasWhatTheyMean(string query, params string[] names)
    {
        await using var server = await ServerFixture.StartAsync();
        foreach (var (name, labels) in new[] { ("a", "{app: web, tier: front}"), ("b", "{app: web, tier: back}"), ("c", "{other: x}"), ("d", "{app: db}") })
        {
            await server.PostAsync(ConfigMaps, $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}, labels: {labels}}}}}");
        }

        var (_, body) = await server.GetAsync($"{ConfigMaps}?{query}");

        Assert.Equal(names, body.Maps("items").Select(item => item.Name).Where(name => name.Length == 1));
    }

    [Theory]
    [InlineData("labelSelector=a%3D%3D%3Db")]
    [InlineData("labelSelector=a+in+x")]
    [InlineData("fieldSelector=data.a%3D1")]
    [InlineData("limit=many")]
    public async Task List_AMalformedQuery_IsABadRequest(string query)
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.GetAsync($"{ConfigMaps}?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), (code, body.Text("reason")));
    }

    [Fact]
    public async Task List_OverAllNamespaces_HasThemInOrder()
    {
        await using var server = await ServerFixture.StartAsync();

        var (_, body) = await server.GetAsync("api/v1/serviceaccounts");

        Assert.Equal("ServiceAccountList", body.Text("kind"));
        Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], body.Maps("items").Select(item => item.Namespace));
    }

    [Fact]
    public async Task List_AsTable_HasTheColumnsThatKubectlPrints()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync("apis/apps/v1/namespaces/default/deployments", Manifests.Deployment(replicas: 3));

        var (_, table) = await server.GetAsync("apis/apps/v1/deployments", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");

        Assert.Equal(("Table", "meta.k8s.io/v1"), (table.Text("kind"), table.Text("apiVersion")));
        Assert.Equal(["Name", "Ready", "Up-to-date", "Available", "Age", "Containers", "Images", "Selector"], table.Maps("columnDefinitions").Select(column => column.Text("name")));
        var row = table.Maps("rows").Single();
        Assert.Equal("web", row.List("cells")[0].AsText);
        Assert.EndsWith("/3", row.List("cells")[1].AsText, StringComparison.Ordinal);
        Assert.Equal("PartialObjectMetadata", row.Text("object", "kind"));
    }

    [Fact]
    public async Task List_AsMetadata_HasNothingElse()
    {
        await using var server = await ServerFixture.StartAsync();

        var (_, body) = await server.GetAsync("api/v1/namespaces", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");

        Assert.Equal("PartialObjectMetadataList", body.Text("kind"));
        Assert.All(body.Maps("items"), item => Assert.Equal(["kind", "apiVersion", "metadata"], item.Keys));
    }

    [Theory]
    [InlineData("application/xml", HttpStatusCode.NotAcceptable)]
    [InlineData("application/vnd.kubernetes.protobuf", HttpStatusCode.NotAcceptable)]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", HttpStatusCode.OK)]
    [InlineData("*/*", HttpStatusCode.OK)]
    public async Task Get_InAnUnknownForm_IsNotAcceptable(string accept, HttpStatusCode expected)
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, _) = await server.GetAsync("api/v1/namespaces/default", accept);

        Assert.Equal(expected, code);
    }

    [Fact]
    public async Task Autoscalers_AreServedInBothVersions()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync("apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers", """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 5, targetCPUUtilizationPercentage: 60}
            """);

        var (_, second) = await server.GetAsync("apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/web");
        var (_, first) = await server.GetAsync("apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers/web");

        Assert.Equal(60, second.Maps("spec", "metrics").Single().Long("resource", "target", "averageUtilization"));
        Assert.Equal(1, second.Long("spec", "minReplicas"));
        Assert.Equal(("autoscaling/v1", 60L), (first.Text("apiVersion"), first.Long("spec", "targetCPUUtilizationPercentage")));
        Assert.Null(first.At("spec", "metrics"));
    }
}
