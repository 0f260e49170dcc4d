using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Provider;

/// <summary>How many requests things take: each is a round trip to a cluster that may be far away.</summary>
public sealed class EconomyTests : ScriptedServerTest
{
    private const string Type = "kubernetes:core/v1:ConfigMap";
    private const string Path = "/api/v1/namespaces/default/configmaps";

    private ProviderDriver _driver = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _driver = await ProviderDriver.ConnectAsync(Server.Kubeconfig);
        Server.On($"POST {Path}", (context, request) => ScriptedServer.WriteAsync(context, 201, Owned("Update", request)));
    }

    public override async ValueTask DisposeAsync()
    {
        await _driver.Provider.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Create_OfAnObjectThatIsReadyAtOnce_IsOneRequest()
    {
        await CreateAsync();
        Assert.Equal([$"POST {Path}"], Server.Seen.Select(request => $"{request}"));
    }

    [Fact]
    public async Task NoChange_AsksNobody()
    {
        var created = await CreateAsync();
        var (_, diff) = await _driver.UpAsync(created, Inputs("1"), Token);
        Assert.Equal(DiffChanges.None, diff.Changes);
        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task FirstUpdate_IsOneRequestThatOnlyCountsForTheObjectAsItWasSeen()
    {
        Server.On($"PATCH {Path}/a", (context, request) => ScriptedServer.WriteAsync(context, 200, Owned("Apply", request)));
        await _driver.UpAsync(await CreateAsync(), Inputs("2"), Token);
        var patch = Server.Seen.Skip(1).Single();
        Assert.Equal("true", patch.Query["force"]);
        Assert.Equal("5", Json.Object(patch.Body).ResourceVersion);
    }

    [Fact]
    public async Task FirstUpdate_OfAnObjectThatHasChangedSince_LooksWhoHasWhatNow()
    {
        string? manager = null;
        Server
            .Refuse($"PATCH {Path}/a", 409, "Conflict")
            .On($"GET {Path}/a", (context, _) => ScriptedServer.WriteAsync(context, 200, Owned("Update", manager!, version: "6")))
            .On($"PATCH {Path}/a", (context, request) => ScriptedServer.WriteAsync(context, 200, Owned("Apply", request)));
        var created = await CreateAsync();
        manager = Server.Seen[0].Query["fieldManager"];
        await _driver.UpAsync(created, Inputs("2"), Token);
        Assert.Equal(["PATCH", "GET", "PATCH"], Server.Seen.Skip(1).Select(request => request.Method));
        Assert.Equal(("true", "6"), ($"{Server.Seen[^1].Query["force"]}", Json.Object(Server.Seen[^1].Body).ResourceVersion));
    }

    [Fact]
    public async Task FirstUpdate_OfAnObjectThatOthersHaveTakenOverSince_IsDoneWithoutForce()
    {
        Server
            .Refuse($"PATCH {Path}/a", 409, "Conflict")
            .On($"GET {Path}/a", (context, _) => ScriptedServer.WriteAsync(context, 200, Owned("Update", "somebody", version: "6")))
            .On($"PATCH {Path}/a", (context, request) => ScriptedServer.WriteAsync(context, 200, Owned("Apply", request)));
        await _driver.UpAsync(await CreateAsync(), Inputs("2"), Token);
        var last = Server.Seen[^1];
        Assert.False(last.Query.ContainsKey("force"));
        Assert.Equal("", Json.Object(last.Body).ResourceVersion);
    }

    [Fact]
    public async Task FirstUpdate_OfAnObjectThatChangesAllTheTime_IsDoneWithoutForceInTheEnd()
    {
        string? manager = null;
        Server
            .On($"GET {Path}/a", (context, _) => ScriptedServer.WriteAsync(context, 200, Owned("Update", manager!)))
            .On($"PATCH {Path}/a", (context, request) => request.Query.ContainsKey("force")
                ? ScriptedServer.WriteAsync(context, 409, """{"kind":"Status","status":"Failure","reason":"Conflict","code":409,"message":"changed"}""")
                : ScriptedServer.WriteAsync(context, 200, Owned("Apply", request)));
        var created = await CreateAsync();
        manager = Server.Seen[0].Query["fieldManager"];
        await _driver.UpAsync(created, Inputs("2"), Token);
        Assert.Equal(["PATCH", "GET", "PATCH", "GET", "PATCH"], Server.Seen.Skip(1).Select(request => request.Method));
    }

    [Fact]
    public async Task FirstUpdate_OfAnObjectWhoseControllerHadYetToReport_LooksFirst()
    {
        const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
        static string Deployment(string manager, string version, string status) => $$$"""
            {"metadata":{"name":"a","namespace":"default","uid":"1","generation":1,"resourceVersion":"{{{version}}}","managedFields":[
              {"manager":"{{{manager}}}","operation":"Update","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:l":{} } } } }]},
             "spec":{"replicas":0},"status":{{{status}}} }
            """;
        static string Wanted(string label) => $$$$"""
            {"metadata":{"name":"a","labels":{"l":"{{{{label}}}}"} },"spec":{"replicas":0,"selector":{"matchLabels":{"app":"a"} },
             "template":{"metadata":{"labels":{"app":"a"} },"spec":{"containers":[{"name":"web","image":"web"}]} } } }
            """;
        string? manager = null;
        Server
            .On($"POST {Deployments}", (context, request) => ScriptedServer.WriteAsync(context, 201, Deployment(request.Query["fieldManager"]!, "5", "{}")))
            .On($"GET {Deployments}/a", (context, _) => ScriptedServer.WriteAsync(context, 200, Deployment(manager!, "7", """{"observedGeneration":1}""")))
            .On($"PATCH {Deployments}/a", (context, request) => ScriptedServer.WriteAsync(context, 200, Deployment(manager!, "8", """{"observedGeneration":1}""")));
        var created = await _driver.CreateAsync("kubernetes:apps/v1:Deployment", "a", Wanted("1"), Token);
        manager = Server.Seen[0].Query["fieldManager"];
        await _driver.UpAsync(created, Wanted("2"), Token);
        Assert.Equal(["GET", "PATCH"], Server.Seen.Skip(1).Select(request => request.Method));
        Assert.Equal("7", Json.Object(Server.Seen[^1].Body).ResourceVersion);
    }

    [Fact]
    public async Task LaterUpdates_AreOneRequestWithoutForce()
    {
        Server.On($"PATCH {Path}/a", (context, request) => ScriptedServer.WriteAsync(context, 200, Owned("Apply", request)));
        var (updated, _) = await _driver.UpAsync(await CreateAsync(), Inputs("2"), Token);
        await _driver.UpAsync(updated, Inputs("3"), Token);
        Assert.Equal(3, Server.Seen.Count);
        Assert.False(Server.Seen[^1].Query.ContainsKey("force"));
    }

    [Fact]
    public async Task FieldTakenAwayForTheFirstTime_MakesTheEarlierFieldsOursFirst()
    {
        string? manager = null;
        Server
            .On($"GET {Path}/a", (context, _) => ScriptedServer.WriteAsync(context, 200, Owned("Update", manager!)))
            .On($"PATCH {Path}/a", (context, request) => ScriptedServer.WriteAsync(context, 200, Owned("Apply", request)));
        var created = await CreateAsync();
        manager = Server.Seen[0].Query["fieldManager"];
        await _driver.UpAsync(created, """{"metadata":{"name":"a"}}""", Token);
        var migration = Server.Seen[^2].Body;
        Assert.Contains("\"path\":\"/metadata/managedFields\"", migration);
        Assert.Contains("\"operation\":\"Apply\"", migration);
        Assert.Contains("""{"op":"replace","path":"/metadata/resourceVersion","value":"5"}""", migration);
    }

    private Task<Resource> CreateAsync() => _driver.CreateAsync(Type, "a", Inputs("1"), Token);

    private static string Inputs(string label) => $$$$"""{"metadata":{"name":"a","labels":{"l":"{{{{label}}}}"}}}""";

    private static string Owned(string operation, SeenRequest request) => Owned(operation, request.Query["fieldManager"]!);

    private static string Owned(string operation, string manager, string version = "5") => $$$"""
        {"metadata":{"name":"a","namespace":"default","uid":"1","resourceVersion":"{{{version}}}","managedFields":[
          {"manager":"{{{manager}}}","operation":"{{{operation}}}","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:l":{} } } } }]} }
        """;
}
