using System.Net;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Tests.Kubernetes.Support;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Tests.Kubernetes.Client;

public sealed class RequestTests : ScriptedServerTest
{
    private const string Path = "/api/v1/namespaces/apps/configmaps";
    private static readonly ApiResource ConfigMaps = ResourceCatalog.KnownResource("v1", "ConfigMap")!;
    private static readonly byte[] Body = """{"metadata":{"name":"a"}}"""u8.ToArray();

    [Fact]
    public async Task Get_GivesTheObject()
    {
        Server.On($"GET {Path}/a", """{"kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"7"}}""");
        using var client = Server.Client();
        var item = await client.GetAsync(ConfigMaps, "apps", "a", Token);
        Assert.Equal(("a", "7"), (item.Name, item.ResourceVersion));
    }

    [Fact]
    public async Task Get_ObjectThatNestsDeeply_IsRead()
    {
        Server.On($"GET {Path}/a", $$"""{"metadata":{"name":"a"},"data":{{new string('[', 200)}}{{new string(']', 200)}} }""");
        using var client = Server.Client();
        Assert.Equal("a", (await client.GetAsync(ConfigMaps, "apps", "a", Token)).Name);
    }

    [Fact]
    public async Task Find_NotFound_IsNull()
    {
        Server.Refuse($"GET {Path}/a", 404, "NotFound", details: """{"name":"a","kind":"configmaps"}""");
        using var client = Server.Client();
        Assert.Null(await client.FindAsync(ConfigMaps, "apps", "a", Token));
    }

    [Fact]
    public async Task Find_PathThatIsNotServed_IsAnErrorAndNotAMissingObject()
    {
        using var client = Server.Client();
        var error = await Assert.ThrowsAsync<ApiException>(() => client.FindAsync(ConfigMaps, "apps", "a", Token));
        Assert.True(error.IsUnservedPath);
    }

    [Fact]
    public async Task Refusal_CarriesReasonCodeAndCauses()
    {
        Server.Refuse($"POST {Path}", 422, "Invalid", "it is wrong", """{"causes":[{"reason":"FieldValueInvalid","field":"data.x","message":"too long"}]}""");
        using var client = Server.Client();
        var error = await Assert.ThrowsAsync<ApiException>(() => client.CreateAsync(ConfigMaps, "apps", Body, new WriteOptions("me"), Token));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Invalid", "it is wrong"), (error.Code, error.Reason, error.Message));
        Assert.Equal(new StatusCause("FieldValueInvalid", "data.x", "too long"), error.Causes.Single());
    }

    [Fact]
    public async Task Refusal_ThatIsNoStatus_IsToldAsText()
    {
        Server.On($"GET {Path}/a", 403, "<h1>the proxy says no</h1>");
        using var client = Server.Client();
        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ConfigMaps, "apps", "a", Token));
        Assert.Contains("403 Forbidden: <h1>the proxy says no</h1>", error.Message);
        Assert.False(error.IsStatus);
    }

    [Fact]
    public async Task Answer_ThatIsNotJson_AsksWhetherTheAddressIsRight()
    {
        Server.On($"GET {Path}/a", "<html>");
        using var client = Server.Client();
        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ConfigMaps, "apps", "a", Token));
        Assert.Contains("is the address that of a Kubernetes API server", error.Message);
    }

    [Fact]
    public async Task List_InPages_GivesAllItems()
    {
        Server
            .On($"GET {Path}", """{"metadata":{"resourceVersion":"5","continue":"more"},"items":[{"metadata":{"name":"a"}}]}""")
            .On($"GET {Path}", """{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"b"}}]}""");
        using var client = Server.Client();
        var list = await client.ListAsync(ConfigMaps, "apps", new ObjectSelection { Labels = "app=x" }, Token);
        Assert.Equal(["a", "b"], list.Items.Select(item => item.Name));
        Assert.Equal("more", Server.Seen[1].Query["continue"]);
        Assert.All(Server.Seen, request => Assert.Equal("app=x", request.Query["labelSelector"]));
    }

    [Fact]
    public async Task Apply_SendsManagerForceAndDryRun()
    {
        Server.On($"PATCH {Path}/a", (context, _) =>
        {
            context.Response.Headers.Append("Warning", "299 - \"policy/v1beta1 is old\"");
            return ScriptedServer.WriteAsync(context, 201, """{"metadata":{"name":"a"}}""");
        });
        using var client = Server.Client();
        var written = await client.ApplyAsync(ConfigMaps, "apps", "a", Body, new WriteOptions("me") { Force = true, DryRun = true }, Token);
        Assert.True(written.Created);
        Assert.Equal(["policy/v1beta1 is old"], written.Warnings);
        var query = Server.Seen.Single().Query;
        Assert.Equal(("me", "true", "All"), (query["fieldManager"].ToString(), query["force"].ToString(), query["dryRun"].ToString()));
    }

    [Fact]
    public async Task Delete_AnsweredWithTheObject_SaysThatItIsStillThere()
    {
        Server.On($"DELETE {Path}/a", """{"kind":"ConfigMap","metadata":{"name":"a","uid":"1"}}""");
        using var client = Server.Client();
        Assert.Equal("1", (await client.DeleteAsync(ConfigMaps, "apps", "a", DeletionPropagation.Orphan, Token))?.Uid);
        Assert.Equal("Orphan", Server.Seen.Single().Query["propagationPolicy"]);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a","uid":"1","finalizers":["x"]}}""", "1")]
    [InlineData("""{"metadata":{"name":"a","uid":"2"}}""", null)]
    public async Task Delete_AnsweredWithAStatus_LooksWhetherTheSameObjectIsStillThere(string found, string? expected)
    {
        Server.On($"DELETE {Path}/a", """{"kind":"Status","apiVersion":"v1","status":"Success","details":{"uid":"1"}}""").On($"GET {Path}/a", found);
        using var client = Server.Client();
        Assert.Equal(expected, (await client.DeleteAsync(ConfigMaps, "apps", "a", DeletionPropagation.Background, Token))?.Uid);
    }

    [Fact]
    public async Task ServerBelowAPath_IsAskedThere()
    {
        Server.On($"GET /k8s/clusters/c-1{Path}/a", """{"metadata":{"name":"a"}}""");
        using var client = new KubernetesClient(ClusterConnection.To(new Uri(Server.Address, "/k8s/clusters/c-1")), ScriptedServer.Quick);
        Assert.Equal("a", (await client.GetAsync(ConfigMaps, "apps", "a", Token)).Name);
    }

    [Fact]
    public async Task Unauthorized_WithATokenFile_IsTriedOnceMoreWithTheNewToken()
    {
        var file = System.IO.Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "old", Token);
        Server.On($"GET {Path}/a", async (context, request) =>
        {
            await File.WriteAllTextAsync(file, "new");
            await ScriptedServer.WriteAsync(context, request.Authorization == "Bearer new" ? 200 : 401, "{}");
        });
        var connection = Server.Connection with { User = new KubeconfigUser { Name = "u", TokenFile = file } };
        using var client = new KubernetesClient(connection, ScriptedServer.Quick);
        await client.GetAsync(ConfigMaps, "apps", "a", Token);
        Assert.Equal(["Bearer old", "Bearer new"], Server.Seen.Select(request => request.Authorization));
        File.Delete(file);
    }

    [Fact]
    public async Task Unauthorized_WithAFixedToken_IsNotRepeated()
    {
        Server.Refuse($"GET {Path}/a", 401, "Unauthorized");
        var connection = Server.Connection with { User = new KubeconfigUser { Name = "u", Token = "t" } };
        using var client = new KubernetesClient(connection, ScriptedServer.Quick);
        await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ConfigMaps, "apps", "a", Token));
        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task Impersonation_IsAskedFor()
    {
        string? user = null;
        Server.On($"GET {Path}/a", (context, _) =>
        {
            user = $"{context.Request.Headers["Impersonate-User"]}/{context.Request.Headers["Impersonate-Group"]}";
            return ScriptedServer.WriteAsync(context, 200, "{}");
        });
        var connection = Server.Connection with { User = new KubeconfigUser { Name = "u", ImpersonateUser = "otto", ImpersonateGroups = ["ops"] } };
        using var client = new KubernetesClient(connection, ScriptedServer.Quick);
        await client.GetAsync(ConfigMaps, "apps", "a", Token);
        Assert.Equal("otto/ops", user);
    }

    [Theory]
    [InlineData("""{"major":"1","minor":"20"}""", "1.20")]
    [InlineData("""{"major":"1","minor":"27+"}""", "1.27")]
    public async Task ServerVersion_IsRead(string answer, string expected)
    {
        Server.On("GET /version", answer);
        using var client = Server.Client();
        Assert.Equal(Version.Parse(expected), await client.GetServerVersionAsync(Token));
    }
}
