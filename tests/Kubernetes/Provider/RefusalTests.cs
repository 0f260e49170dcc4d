using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Provider;

/// <summary>What the provider does when the cluster refuses, fails or is not there.</summary>
public sealed class RefusalTests : ScriptedServerTest
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Path = "/api/v1/namespaces/default/configmaps";
    private const string Inputs = """{"metadata":{"name":"a","labels":{"l":"1"}}}""";
    private const string Changed = """{"metadata":{"name":"a","labels":{"l":"2"}}}""";
    private const string Live = """{"metadata":{"name":"a","namespace":"default","uid":"1","resourceVersion":"5"}}""";

    private readonly RecordingHost _host = new();
    private ProviderDriver _driver = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _driver = await ConnectAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _driver.Provider.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Create_ObjectThatIsThere_SaysWhatCanBeDone()
    {
        Server.Refuse($"POST {Path}", 409, "AlreadyExists").On($"GET {Path}/a", Live);
        var error = await Assert.ThrowsAsync<ProviderException>(() => _driver.CreateAsync(ConfigMap, "a", Inputs, Token));
        Assert.Contains("ConfigMap default/a exists already", error.Message);
        Assert.Contains("upsertExistingObjects", error.Message);
    }

    [Fact]
    public async Task Create_ObjectOnItsWayOut_WaitsForItToBeGone()
    {
        Server
            .Refuse($"POST {Path}", 409, "AlreadyExists").On($"POST {Path}", 201, Live)
            .On($"GET {Path}/a", """{"metadata":{"name":"a","namespace":"default","uid":"0","deletionTimestamp":"x"}}""")
            .Refuse($"GET {Path}/a", 404, "NotFound", details: """{"name":"a","kind":"configmaps"}""")
            .On($"GET {Path}", """{"metadata":{"resourceVersion":"9"},"items":[]}""").On($"WATCH {Path}", new WatchScript().AnswerAsync);
        Assert.Equal("default/a", (await _driver.CreateAsync(ConfigMap, "a", Inputs, Token)).Id);
    }

    [Fact]
    public async Task Create_LostAnswerOfAnObjectThatIsThere_TakesItForOurs()
    {
        var manager = "";
        Server
            .On($"POST {Path}", (context, request) =>
            {
                manager = request.Query["fieldManager"]!;
                context.Abort();
                return Task.CompletedTask;
            })
            .On($"GET {Path}/a", (context, _) => ScriptedServer.WriteAsync(context, 200,
                $$$"""{"metadata":{"name":"a","namespace":"default","uid":"1","managedFields":[{"manager":"{{{manager}}}"}]} }"""));
        Assert.Equal("default/a", (await _driver.CreateAsync(ConfigMap, "a", Inputs, Token)).Id);
        Assert.Equal(1, Server.Count($"POST {Path}"));
    }

    [Fact]
    public async Task Create_LostAnswerOfAnObjectThatIsNotThere_TriesAgain()
    {
        Server
            .Refuse($"POST {Path}", 500, "InternalError").On($"POST {Path}", 201, Live)
            .Refuse($"GET {Path}/a", 404, "NotFound", details: """{"name":"a","kind":"configmaps"}""");
        await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        Assert.Equal(2, Server.Count($"POST {Path}"));
    }

    [Fact]
    public async Task Create_NamespaceThatComesLater_IsWaitedFor()
    {
        Server.Refuse($"POST {Path}", 404, "NotFound", details: """{"name":"default","kind":"namespaces"}""").On($"POST {Path}", 201, Live);
        await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        Assert.Contains("waiting until its namespace exists", _host.Statuses);
    }

    [Theory]
    [InlineData(403, "Forbidden", "error looking up service account default/default: serviceaccount \\\"default\\\" not found", "{}")]
    [InlineData(500, "ServerTimeout", "No API token found for service account \\\"default\\\"", """{"kind":"serviceaccounts","retryAfterSeconds":1}""")]
    public async Task Create_ServiceAccountThatIsOnlyBeingMade_IsWaitedFor(int code, string reason, string message, string details)
    {
        Server.Refuse($"POST {Path}", code, reason, message, details).On($"POST {Path}", 201, Live);
        await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        Assert.Contains("waiting until its service account exists", _host.Statuses);
        Assert.Equal(2, Server.Seen.Count);
    }

    [Fact]
    public async Task Create_KindThatIsAnnouncedBeforeItIsServed_IsTriedAgain()
    {
        const string Things = "/apis/example.com/v1/namespaces/default/things";
        Server
            .On("GET /api", """{"kind":"APIVersions","versions":[]}""")
            .On("GET /apis", """{"kind":"APIGroupList","groups":[{"name":"example.com","versions":[{"groupVersion":"example.com/v1"}]}]}""")
            .On("GET /apis/example.com/v1", """{"resources":[{"name":"things","kind":"Thing","namespaced":true}]}""")
            .On($"POST {Things}", 404, "404 page not found").On($"POST {Things}", 201, Live);
        await _driver.CreateAsync("kubernetes:example.com/v1:Thing", "a", Inputs, Token);
        Assert.Equal(2, Server.Count($"POST {Things}"));
    }

    [Fact]
    public async Task Create_BuiltInKindThatIsNotServed_NamesTheVersionsThatAre()
    {
        Server
            .On("GET /api", """{"kind":"APIVersions","versions":[]}""")
            .On("GET /apis", """{"kind":"APIGroupList","groups":[{"name":"policy","versions":[{"groupVersion":"policy/v1beta1"}]}]}""")
            .On("GET /apis/policy/v1beta1", """{"resources":[{"name":"poddisruptionbudgets","kind":"PodDisruptionBudget","namespaced":true}]}""");
        var error = await Assert.ThrowsAsync<ProviderException>(() =>
            _driver.CreateAsync("kubernetes:policy/v1:PodDisruptionBudget", "a", """{"metadata":{"name":"a"}}""", Token));
        Assert.Contains("does not serve PodDisruptionBudget in policy/v1. It serves PodDisruptionBudget in policy/v1beta1.", error.Message);
    }

    [Fact]
    public async Task Create_RefusedSecret_IsToldWithoutItsValue()
    {
        Server.On("POST /api/v1/namespaces/default/secrets", (context, request) => ScriptedServer.WriteAsync(
            context, 422, ScriptedServer.Status(422, "Invalid", "bad value Z2VoZWltZXM=")));
        var error = await Assert.ThrowsAsync<ProviderException>(() =>
            _driver.CreateAsync("kubernetes:core/v1:Secret", "a", """{"metadata":{"name":"a"},"stringData":{"k":"geheimes"}}""", Token));
        Assert.Equal("bad value [secret]", error.Message);
    }

    [Fact]
    public async Task Update_FieldsOfSomebodyElse_AreNamedWithTheirOwner()
    {
        Server.On($"POST {Path}", 201, Live).Refuse($"PATCH {Path}/a", 409, "Conflict", details: Conflict("argocd"));
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        var error = await Assert.ThrowsAsync<ProviderException>(() => _driver.UpAsync(resource, Changed, Token));
        Assert.Contains(".metadata.labels.l: conflict with \\\"argocd\\\"".Replace("\\", ""), error.Message);
        Assert.Equal(1, Server.Count($"PATCH {Path}/a"));
    }

    [Fact]
    public async Task Update_FieldsThatAPersonChanged_AreTakenBack()
    {
        Server.On($"POST {Path}", 201, Live).Refuse($"PATCH {Path}/a", 409, "Conflict", details: Conflict("kubectl-edit")).On($"PATCH {Path}/a", Live);
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        await _driver.UpAsync(resource, Changed, Token);
        Assert.Equal(["", "true"], Server.Seen.Where(request => request.Method == "PATCH").Select(request => request.Query["force"].ToString()));
    }

    [Fact]
    public async Task Update_ObjectThatIsGone_CreatesItAgainAndSaysSo()
    {
        Server.On($"POST {Path}", 201, Live).On($"PATCH {Path}/a", 201, Live);
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        await _driver.UpAsync(resource, Changed, Token);
        Assert.Contains("was gone from the cluster", _host.Warnings.Single());
    }

    [Fact]
    public async Task Update_ObjectOnItsWayOut_WaitsForItToBeGoneAndCreatesItAgain()
    {
        const string Dying = """{"metadata":{"name":"a","namespace":"default","uid":"1","resourceVersion":"6","deletionTimestamp":"2026-01-01T00:00:00Z"}}""";
        Server
            .On($"POST {Path}", 201, Live)
            .On($"PATCH {Path}/a", Dying).On($"PATCH {Path}/a", 201, """{"metadata":{"name":"a","namespace":"default","uid":"2","resourceVersion":"8"}}""")
            .Refuse($"GET {Path}/a", 404, "NotFound", details: """{"name":"a","kind":"configmaps"}""");
        var created = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        var (updated, _) = await _driver.UpAsync(created, Changed, Token);
        Assert.Equal("2", updated!.Outputs.GetMap("metadata")!.GetText("uid"));
        Assert.Contains("was gone from the cluster", Assert.Single(_host.Warnings));
    }

    [Fact]
    public async Task Update_ImmutableField_SaysHowToReplace()
    {
        Server.On($"POST {Path}", 201, Live).Refuse($"PATCH {Path}/a", 422, "Invalid", "x is invalid: spec.y: field is immutable",
            """{"causes":[{"reason":"FieldValueInvalid","field":"spec.y","message":"field is immutable"}]}""");
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        var error = await Assert.ThrowsAsync<ProviderException>(() => _driver.UpAsync(resource, Changed, Token));
        Assert.Contains("replaceOnChanges: [\"spec.y\"]", error.Message);
    }

    [Theory]
    [InlineData(403, "Forbidden", "{}")]
    [InlineData(404, "NotFound", """{"name":"default","kind":"namespaces"}""")]
    [InlineData(409, "AlreadyExists", "{}")]
    public async Task PreviewOfCreate_WhatTheRealRunNeedNotMeet_DoesNotFail(int code, string reason, string details)
    {
        Server.Refuse($"POST {Path}", code, reason, details: details);
        var previewed = await PreviewAsync();
        Assert.Equal("a", previewed.Outputs.GetMap("metadata")!.GetText("name"));
        Assert.Equal("All", Server.Seen.Last().Query["dryRun"]);
    }

    [Fact]
    public async Task PreviewOfCreate_InvalidObject_Fails()
    {
        Server.Refuse($"POST {Path}", 422, "Invalid", "no good");
        Assert.Equal("no good", (await Assert.ThrowsAsync<ProviderException>(() => PreviewAsync())).Message);
    }

    [Fact]
    public async Task PreviewOfCreate_UnknownInputs_AsksNobody()
    {
        var inputs = PropertyMap.Of(("data", PropertyMap.Of(("k", PropertyValue.Unknown))));
        var previewed = await PreviewAsync(inputs);
        Assert.Equal(inputs, previewed.Outputs);
        Assert.Empty(Server.Seen);
    }

    [Fact]
    public async Task PreviewOfCreate_LeavesOutWhatADryRunMakesUp()
    {
        Server.On($"POST {Path}", 201, """{"metadata":{"name":"a","namespace":"default","uid":"made-up","resourceVersion":"0","creationTimestamp":"now"},"status":{}}""");
        var outputs = (await PreviewAsync()).Outputs;
        Assert.Equal(["name", "namespace"], outputs.GetMap("metadata")!.Names.Order());
        Assert.False(outputs.Contains("status"));
    }

    [Fact]
    public async Task Read_ObjectThatIsGone_IsGone()
    {
        Server.On($"POST {Path}", 201, Live).Refuse($"GET {Path}/a", 404, "NotFound", details: """{"name":"a","kind":"configmaps"}""");
        Assert.Null(await _driver.RefreshAsync(await _driver.CreateAsync(ConfigMap, "a", Inputs, Token), Token));
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(403, "Forbidden")]
    public async Task Read_ServerThatDoesNotSay_IsAnErrorAndNotAMissingObject(int code, string reason)
    {
        Server.On($"POST {Path}", 201, Live).Refuse($"GET {Path}/a", code, reason);
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        await Assert.ThrowsAsync<ProviderException>(() => _driver.RefreshAsync(resource, Token));
    }

    [Fact]
    public async Task Delete_ObjectThatIsGone_IsNoError()
    {
        Server.On($"POST {Path}", 201, Live).Refuse($"DELETE {Path}/a", 404, "NotFound", details: """{"name":"a","kind":"configmaps"}""");
        await _driver.DeleteAsync(await _driver.CreateAsync(ConfigMap, "a", Inputs, Token), Token);
        Assert.Equal(1, Server.Count($"DELETE {Path}/a"));
    }

    [Fact]
    public async Task Delete_ObjectThatStays_SaysWhatHoldsIt()
    {
        const string Held = """{"kind":"ConfigMap","metadata":{"name":"a","namespace":"default","uid":"1","deletionTimestamp":"x","finalizers":["example.com/hold"]}}""";
        Server.On($"POST {Path}", 201, Live).On($"DELETE {Path}/a", Held)
            .On($"GET {Path}", $$"""{"metadata":{"resourceVersion":"9"},"items":[{{Held}}]}""").On($"WATCH {Path}", new WatchScript().AnswerAsync);
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        var error = await Assert.ThrowsAsync<ProviderException>(() => _driver.DeleteAsync(resource, Token, TimeSpan.FromMilliseconds(200)));
        Assert.Contains("not gone after 0.2s: held by the finalizers example.com/hold", error.Message);
        Assert.Contains("held by the finalizers example.com/hold", _host.Statuses);
    }

    [Fact]
    public async Task Delete_NamespaceThatStays_SaysWhatIsLeftInIt()
    {
        const string Held = """
            {"kind":"Namespace","metadata":{"name":"n","uid":"1","deletionTimestamp":"x"},"status":{"conditions":[
              {"type":"NamespaceContentRemaining","status":"True","message":"pods. has 2 resource instances"}]}}
            """;
        Server.On("POST /api/v1/namespaces", 201, """{"metadata":{"name":"n","uid":"1"}}""").On("DELETE /api/v1/namespaces/n", Held)
            .On("GET /api/v1/namespaces", $$"""{"metadata":{"resourceVersion":"9"},"items":[{{Held}}]}""").On("WATCH /api/v1/namespaces", new WatchScript().AnswerAsync);
        var resource = await _driver.CreateAsync("kubernetes:core/v1:Namespace", "n", """{"metadata":{"name":"n"}}""", Token);
        var error = await Assert.ThrowsAsync<ProviderException>(() => _driver.DeleteAsync(resource, Token, TimeSpan.FromMilliseconds(200)));
        Assert.Contains("pods. has 2 resource instances", error.Message);
    }

    [Fact]
    public async Task Unreachable_EveryOperationFailsAndNothingCountsAsGone()
    {
        Server.On($"POST {Path}", 201, Live);
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        await Server.DisposeAsync();
        foreach (var operation in (Func<Task>[])[
            () => _driver.RefreshAsync(resource, Token), () => _driver.DeleteAsync(resource, Token),
            () => _driver.UpAsync(resource, Changed, Token), () => _driver.CreateAsync(ConfigMap, "b", "{}", Token)])
        {
            var error = await Assert.ThrowsAsync<ProviderException>(operation);
            Assert.Contains("Cluster scripted at http://127.0.0.1", error.Message);
            Assert.Contains("(context test-context) cannot be reached", error.Message);
        }
    }

    [Fact]
    public async Task Unreachable_WithDeleteUnreachable_CountsAsGone()
    {
        var resource = await GoneServerAsync("deleteUnreachable");
        Assert.Null(await _driver.RefreshAsync(resource, Token));
        await _driver.DeleteAsync(resource, Token);
        Assert.Equal(2, _host.Warnings.Count(warning => warning.Contains("deleteUnreachable")));
    }

    [Fact]
    public async Task Unreachable_WithSkipUpdateUnreachable_IsLeftAsItIs()
    {
        var resource = await GoneServerAsync("skipUpdateUnreachable");
        Assert.Equal(resource, await _driver.RefreshAsync(resource, Token));
        Assert.Equal(DiffChanges.None, (await _driver.DiffAsync(resource, Changed, Token)).Changes);
    }

    [Fact]
    public async Task Unreachable_PreviewGoesOn()
    {
        await Server.DisposeAsync();
        Assert.Equal("a", (await PreviewAsync()).Outputs.GetMap("metadata")!.GetText("name"));
    }

    [Fact]
    public async Task BrokenKubeconfig_FailsOperationsButNotTheConfiguration()
    {
        var driver = await ProviderDriver.ConnectAsync("/does/not/exist", _host);
        Assert.Empty((await driver.CheckAsync(ConfigMap, "a", PropertyMap.Empty, null, Token)).Failures);
        Assert.Contains("/does/not/exist", (await Assert.ThrowsAsync<ProviderException>(() => driver.CreateAsync(ConfigMap, "a", Inputs, Token))).Message);
    }

    [Theory]
    [InlineData("kubernetes:helm.sh/v3:Release:x")]
    [InlineData("kubernetes:yaml:ConfigFile")]
    public async Task OtherTypes_AreNotSupported(string type) =>
        Assert.Contains("not supported", (await Assert.ThrowsAsync<ProviderException>(() => _driver.CheckAsync(type, "a", PropertyMap.Empty, null, Token))).Message);

    [Fact]
    public async Task Functions_AreNotSupportedYet() => await Assert.ThrowsAsync<NotSupportedException>(() =>
        _driver.Provider.InvokeAsync(new InvokeRequest("kubernetes:yaml:decode", PropertyMap.Empty, false), Token));

    private async Task<Resource> GoneServerAsync(string option)
    {
        Server.On($"POST {Path}", 201, Live);
        var resource = await _driver.CreateAsync(ConfigMap, "a", Inputs, Token);
        await _driver.Provider.DisposeAsync();
        _driver = await ConnectAsync((option, "true"));
        await Server.DisposeAsync();
        return resource;
    }

    private async Task<CreateResult> PreviewAsync(PropertyMap? inputs = null)
    {
        inputs ??= await _driver.CheckedAsync(ConfigMap, "a", ProviderDriver.Map(Inputs), null, Token);
        return await _driver.Provider.CreateAsync(new CreateRequest(ProviderDriver.UrnOf(ConfigMap, "a"), inputs, null, Preview: true), Token);
    }

    private Task<ProviderDriver> ConnectAsync(params (string, PropertyValue)[] configuration) => ProviderDriver.ConnectAsync(
        Server.Kubeconfig, _host, new KubernetesProviderOptions { Client = ScriptedServer.Quick, CreateRetries = 1 }, configuration);

    private static string Conflict(string owner) => $$"""
        {"causes":[{"reason":"FieldManagerConflict","field":".metadata.labels.l","message":"conflict with \"{{owner}}\" using v1"}]}
        """;
}
