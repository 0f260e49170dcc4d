using System.Net;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Api;

public sealed class WriteTests
{
    private const string ConfigMaps = "api/v1/namespaces/default/configmaps";
    private const string Deployments = "apis/apps/v1/namespaces/default/deployments";

    [Fact]
    public async Task Create_AnswersTheStoredObject()
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.PostAsync(Deployments, Manifests.Deployment());

        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal((1L, "RollingUpdate", "tester"), (body.Generation, body.Text("spec", "strategy", "type"), body.Maps("metadata", "managedFields").Single().Text("manager")));
    }

    [Fact]
    public async Task Create_ANameThatIsTaken_AlreadyExists()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync(ConfigMaps, "{metadata: {name: c}}");

        var (code, body) = await server.PostAsync(ConfigMaps, "{metadata: {name: c}}");

        Assert.Equal((HttpStatusCode.Conflict, "AlreadyExists", "configmaps \"c\" already exists"), (code, body.Text("reason"), body.Text("message")));
    }

    [Fact]
    public async Task Create_WithGenerateName_TakesAFreeName()
    {
        await using var server = await ServerFixture.StartAsync();

        var (_, first) = await server.PostAsync(ConfigMaps, "{metadata: {generateName: c-}}");
        var (_, second) = await server.PostAsync(ConfigMaps, "{metadata: {generateName: c-}}");

        Assert.Matches("^c-[bcdfghjklmnpqrstvwxz2456789]{5}$", first.Name);
        Assert.NotEqual(first.Name, second.Name);
    }

    [Theory]
    [InlineData("api/v1/namespaces/nope/configmaps", "{metadata: {name: c}}", 404, "namespaces \"nope\" not found")]
    [InlineData(ConfigMaps, "{metadata: {name: c, namespace: other}}", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData(ConfigMaps, "{apiVersion: v2, kind: ConfigMap, metadata: {name: c}}", 400, "the API version in the data (v2) does not match the expected API version (v1)")]
    [InlineData(ConfigMaps, "{metadata: {name: c, resourceVersion: '7'}}", 400, "resourceVersion should not be set on objects to be created")]
    [InlineData(ConfigMaps, "[]", 400, "the body of the request is not an object")]
    [InlineData(Deployments, "{metadata: {name: c}, spec: {replicas: two}}", 400, "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("api/v1/namespaces/default/secrets", "{metadata: {name: c}, data: {a: '%%%'}}", 400, "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 0")]
    public async Task Create_ABodyThatIsWrong_SaysWhy(string path, string yaml, int expected, string message)
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.PostAsync(path, yaml);

        Assert.Equal((expected, message), ((int)code, body.Text("message")));
    }

    [Fact]
    public async Task Create_InvalidFields_AreAllNamed()
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.PostAsync(Deployments, """
            metadata: {name: Web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: other}}
                spec: {containers: [{name: a_b}]}
            """);

        Assert.Equal((422, "Invalid"), ((int)code, body.Text("reason")));
        Assert.StartsWith("Deployment.apps \"Web\" is invalid: [metadata.name: Invalid value: \"Web\": a lowercase RFC 1123 subdomain", body.Text("message"), StringComparison.Ordinal);
        Assert.Equal(("Deployment", "apps", "Web"), (body.Text("details", "kind"), body.Text("details", "group"), body.Text("details", "name")));
        Assert.Equal(
            [("FieldValueInvalid", "metadata.name"), ("FieldValueInvalid", "spec.template.metadata.labels"), ("FieldValueInvalid", "spec.template.spec.containers[0].name"), ("FieldValueRequired", "spec.template.spec.containers[0].image")],
            body.Maps("details", "causes").Select(cause => (cause.Text("reason")!, cause.Text("field")!)).Order());
    }

    [Theory]
    [InlineData("Strict", 400)]
    [InlineData("Warn", 201)]
    [InlineData("Ignore", 201)]
    public async Task Create_UnknownFields_AreTreatedAsTheClientWants(string validation, int expected)
    {
        await using var server = await ServerFixture.StartAsync();

        using var response = await server.SendRawAsync(HttpMethod.Post, $"{ConfigMaps}?fieldValidation={validation}", """{"metadata":{"name":"c","label":{}},"data":{"a":"1","a":"2"},"dat":{}}""");
        var body = JsonReading.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        Assert.Equal(expected, (int)response.StatusCode);
        string[] faults = ["duplicate field \"data.a\"", "unknown field \"metadata.label\"", "unknown field \"dat\""];
        if (validation == "Strict") Assert.Equal($"ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: {string.Join(", ", faults)}", body.Text("message"));
        else Assert.Null(body["dat"]);
        var warnings = response.Headers.TryGetValues("Warning", out var values) ? values : [];
        Assert.Equal(validation == "Warn" ? faults.Select(fault => $"299 - \"{fault.Replace("\"", "\\\"", StringComparison.Ordinal)}\"") : [], warnings);
    }

    [Fact]
    public async Task DryRun_SaysWhatWouldComeAndStoresNothing()
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.PostAsync(Deployments + "?dryRun=All", Manifests.Deployment());
        var (missing, _) = await server.GetAsync(Deployments + "/web");

        Assert.Equal((HttpStatusCode.Created, 10L), (code, body.Long("spec", "revisionHistoryLimit")));
        Assert.Equal(HttpStatusCode.NotFound, missing);
    }

    [Fact]
    public async Task Replace_AnOldVersion_IsAConflict()
    {
        await using var server = await ServerFixture.StartAsync();
        var (_, first) = await server.PostAsync(ConfigMaps, "{metadata: {name: c}}");
        await server.PatchAsync(ConfigMaps + "/c", """{"data":{"a":"1"}}""", "merge-patch+json");

        var (code, body) = await server.SendAsync(HttpMethod.Put, ConfigMaps + "/c", first.ToString());

        Assert.Equal((HttpStatusCode.Conflict, "Conflict"), (code, body.Text("reason")));
        Assert.Equal("Operation cannot be fulfilled on configmaps \"c\": the object has been modified; please apply your changes to the latest version and try again", body.Text("message"));
    }

    [Fact]
    public async Task Replace_ByTheSame_ChangesNothing()
    {
        await using var server = await ServerFixture.StartAsync();
        var (_, first) = await server.PostAsync(ConfigMaps, "{metadata: {name: c}, data: {a: '1'}}");

        var (_, second) = await server.SendAsync(HttpMethod.Put, ConfigMaps + "/c", first.ToString());

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("merge-patch+json", """{"spec":{"replicas":7,"minReadySeconds":5},"metadata":{"labels":{"a":"b"}}}""")]
    [InlineData("strategic-merge-patch+json", """{"spec":{"replicas":7,"minReadySeconds":5},"metadata":{"labels":{"a":"b"}}}""")]
    [InlineData("json-patch+json", """[{"op":"replace","path":"/spec/replicas","value":7},{"op":"add","path":"/spec/minReadySeconds","value":5},{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]""")]
    public async Task Patch_ChangesWhatItNames(string kind, string patch)
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync(Deployments, Manifests.Deployment());

        var (code, body) = await server.PatchAsync(Deployments + "/web", patch, kind);

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal((7L, 5L, "b", 2L), (body.Long("spec", "replicas"), body.Long("spec", "minReadySeconds"), body.Labels.Text("a"), body.Generation));
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/data/a","value":"2"}]""", "testing value /data/a failed: test failed")]
    [InlineData("""[{"op":"remove","path":"/data/b"}]""", "the path /data/b does not exist in the object")]
    [InlineData("""[{"op":"jump","path":"/data"}]""", "unexpected kind of operation: jump")]
    public async Task JsonPatch_ThatDoesNotFit_IsRefused(string patch, string why)
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync(ConfigMaps, "{metadata: {name: c}, data: {a: '1'}}");

        var (code, body) = await server.PatchAsync(ConfigMaps + "/c", patch, "json-patch+json");

        Assert.Equal((422, "the server rejected our request due to an error in our request", why), ((int)code, body.Text("message"), body.Maps("details", "causes").Single().Text("message")));
    }

    [Fact]
    public async Task Patch_ByConcurrentWriters_LosesNone()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync(ConfigMaps, "{metadata: {name: c}}");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => server.PatchAsync(ConfigMaps + "/c", $$$"""{"data":{"k{{{i}}}":"x"}}""", "merge-patch+json")));

        var (_, body) = await server.GetAsync(ConfigMaps + "/c");
        Assert.Equal(50, body.Map("data").Count);
    }

    [Theory]
    [InlineData(Deployments + "/web", "metadata: {name: other}", "the name of the object (other) does not match the name on the URL (web)")]
    public async Task Replace_AnotherName_IsABadRequest(string path, string yaml, string message)
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync(Deployments, Manifests.Deployment());

        var (code, body) = await server.SendAsync(HttpMethod.Put, path, yaml, "application/yaml");

        Assert.Equal((HttpStatusCode.BadRequest, message), (code, body.Text("message")));
    }

    [Fact]
    public async Task Status_IsWrittenApartFromTheRest()
    {
        await using var server = await ServerFixture.StartAsync(new() { Name = "test", Images = ["none"] });
        await server.PostAsync("api/v1/namespaces/default/services", "{metadata: {name: s}, spec: {ports: [{port: 80}]}}");

        await server.PatchAsync("api/v1/namespaces/default/services/s", """{"status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}}""", "merge-patch+json");
        var (_, untouched) = await server.GetAsync("api/v1/namespaces/default/services/s");
        await server.PatchAsync("api/v1/namespaces/default/services/s/status", """{"spec":{"sessionAffinity":"ClientIP"},"status":{"conditions":[{"type":"X","status":"True","reason":"R","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""", "merge-patch+json");
        var (_, touched) = await server.GetAsync("api/v1/namespaces/default/services/s");

        Assert.Equal("{}", untouched.Map("status", "loadBalancer").ToString());
        Assert.Equal(("None", "X"), (touched.Text("spec", "sessionAffinity"), touched.Maps("status", "conditions").Single().Text("type")));
    }

    [Fact]
    public async Task Scale_ReadsAndChangesTheNumberAlone()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.PostAsync(Deployments, Manifests.Deployment(replicas: 2));

        var (_, before) = await server.GetAsync(Deployments + "/web/scale");
        var (_, after) = await server.PatchAsync(Deployments + "/web/scale", """{"spec":{"replicas":6}}""", "merge-patch+json");
        var (_, deployment) = await server.GetAsync(Deployments + "/web");

        Assert.Equal(("Scale", "autoscaling/v1", 2L, "app=web"), (before.Text("kind"), before.Text("apiVersion"), before.Long("spec", "replicas"), before.Text("status", "selector")));
        Assert.Equal((6L, 6L), (after.Long("spec", "replicas"), deployment.Long("spec", "replicas")));
        Assert.Contains(deployment.Maps("metadata", "managedFields"), entry => entry.Text("subresource") == "scale" && entry.Text("manager") == "tester");
    }

    [Fact]
    public async Task Apply_WithoutAManager_IsRefused()
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.PatchAsync(ConfigMaps + "/c", "{}", "apply-patch+yaml");

        Assert.Equal((422, "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch"), ((int)code, body.Text("message")));
    }

    [Fact]
    public async Task Apply_InYaml_CreatesAndThenUpdates()
    {
        await using var server = await ServerFixture.StartAsync();

        var (created, _) = await server.PatchAsync(ConfigMaps + "/c?fieldManager=me", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: '1'\n", "apply-patch+yaml");
        var (updated, body) = await server.PatchAsync(ConfigMaps + "/c?fieldManager=me", "apiVersion: v1\nkind: ConfigMap\ndata:\n  b: '1'\n", "apply-patch+yaml");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created, updated));
        Assert.Equal("""{"b":"1"}""", body.Map("data").ToString());
    }

    [Theory]
    [InlineData("POST", ConfigMaps, "text/plain", 415)]
    [InlineData("PATCH", ConfigMaps + "/kube-root-ca.crt", "application/json", 415)]
    [InlineData("POST", ConfigMaps + "/kube-root-ca.crt", "application/json", 405)]
    [InlineData("PUT", ConfigMaps, "application/json", 405)]
    public async Task AMethodOrFormThatIsNotKnown_IsRefused(string method, string path, string type, int expected)
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, _) = await server.SendAsync(new HttpMethod(method), path, "{}", type);

        Assert.Equal(expected, (int)code);
    }

    [Fact]
    public async Task ATooLargeBody_IsRefused()
    {
        await using var server = await ServerFixture.StartAsync();

        var (code, body) = await server.SendAsync(HttpMethod.Post, ConfigMaps, $$$"""{"metadata":{"name":"c"},"data":{"a":"{{{new string('x', 4_000_000)}}}"}}""");

        Assert.Equal((413, "RequestEntityTooLarge"), ((int)code, body.Text("reason")));
    }

    [Theory]
    [InlineData(ConfigMaps)]
    [InlineData("../../simulator/stop")]
    public async Task ARequestFromAWebPage_IsRefused(string path)
    {
        await using var server = await ServerFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Headers = { { "Origin", "http://evil.example" } }, Content = new StringContent("{}") };

        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task ARequestForAnotherHost_IsRefused()
    {
        await using var server = await ServerFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("version", UriKind.Relative)) { Headers = { Host = "rebound.example" } };

        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
