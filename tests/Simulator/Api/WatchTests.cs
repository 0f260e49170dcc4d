using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Api;

public sealed class WatchTests
{
    private const string ConfigMaps = "api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task FromNow_BeginsWithWhatIsThere()
    {
        await using var server = await ServerFixture.StartAsync();
        await CreateAsync(server, "a");

        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true");

        Assert.Equal(("ADDED", "a"), await watch.NextNameAsync());
        Assert.Equal(("ADDED", "kube-root-ca.crt"), await watch.NextNameAsync());
        await CreateAsync(server, "b");
        Assert.Equal(("ADDED", "b"), await watch.NextNameAsync());
    }

    [Fact]
    public async Task FromARevision_HasEveryChangeSinceOnceAndInOrder()
    {
        await using var server = await ServerFixture.StartAsync();
        var (_, list) = await server.GetAsync(ConfigMaps);
        await CreateAsync(server, "a");
        await server.PatchAsync(ConfigMaps + "/a", """{"data":{"x":"1"}}""", "merge-patch+json");

        await using var watch = await server.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={list.Text("metadata", "resourceVersion")}");
        await server.SendAsync(HttpMethod.Delete, ConfigMaps + "/a", null);

        Assert.Equal(("ADDED", "a"), await watch.NextNameAsync());
        Assert.Equal(("MODIFIED", "a"), await watch.NextNameAsync());
        Assert.Equal(("DELETED", "a"), await watch.NextNameAsync());
    }

    [Fact]
    public async Task WithASelector_AnObjectThatNoLongerMatchesIsDeleted()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true&labelSelector=app%3Dweb");
        await CreateAsync(server, "other");
        await CreateAsync(server, "a");
        await LabelAsync(server, "a", "\"web\"");
        await LabelAsync(server, "a", "\"db\"");

        Assert.Equal(("ADDED", "a"), await watch.NextNameAsync());
        Assert.Equal(("DELETED", "a"), await watch.NextNameAsync());
    }

    [Fact]
    public async Task OfOneObject_SeesNoOther()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true&fieldSelector=metadata.name%3Db");
        await CreateAsync(server, "a");
        await CreateAsync(server, "b");

        Assert.Equal(("ADDED", "b"), await watch.NextNameAsync());
    }

    [Fact]
    public async Task TooOldARevision_IsAnExpiredErrorEvent()
    {
        await using var server = await ServerFixture.StartAsync();
        for (var i = 0; i < 4200; i++) await server.PatchAsync(ConfigMaps + "/kube-root-ca.crt", $$$"""{"data":{"x":"{{{i}}}"}}""", "merge-patch+json");

        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true&resourceVersion=2");

        var next = await watch.NextAsync();
        Assert.Equal(("ERROR", "Expired", 410L), (next!.Value.Type, next.Value.Object.Text("reason"), next.Value.Object.Long("code")));
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task ARevisionThatIsNotReachedYet_IsRefused()
    {
        await using var server = await ServerFixture.StartAsync();

        var (_, body) = await server.GetAsync(ConfigMaps + "?watch=true&resourceVersion=999999");

        Assert.Equal((504L, "ResourceVersionTooLarge"), (body.Long("code"), body.Maps("details", "causes").Single().Text("reason")));
    }

    [Fact]
    public async Task SendInitialEvents_MarksTheirEndWithABookmark()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        Assert.Equal(("ADDED", "kube-root-ca.crt"), await watch.NextNameAsync());
        var bookmark = await watch.NextAsync();
        Assert.Equal("BOOKMARK", bookmark!.Value.Type);
        Assert.Equal("true", bookmark.Value.Object.Annotations.Text("k8s.io/initial-events-end"));
        Assert.NotEmpty(bookmark.Value.Object.Metadata.Text("resourceVersion")!);
    }

    [Fact]
    public async Task TimeoutSeconds_EndsIt()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true&timeoutSeconds=1");

        Assert.Equal(("ADDED", "kube-root-ca.crt"), await watch.NextNameAsync());
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task AsTable_DescribesTheColumnsOnceOnly()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        await CreateAsync(server, "a");

        var (first, second) = (await watch.NextAsync(), await watch.NextAsync());

        Assert.Equal(["Name", "Data", "Age"], first!.Value.Object.Maps("columnDefinitions").Select(column => column.Text("name")));
        Assert.Empty(second!.Value.Object.Maps("columnDefinitions"));
        Assert.Equal("a", second.Value.Object.Maps("rows").Single().List("cells")[0].AsText);
    }

    [Fact]
    public async Task ADeletedCluster_EndsIt()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var watch = await server.WatchAsync(ConfigMaps + "?watch=true");
        await watch.NextAsync();

        using var client = new Embedded.Simulator.Client.SimulatorClient(server.Server.Info.Address);
        Assert.True(await client.DeleteClusterAsync("test", TestContext.Current.CancellationToken));

        Assert.Null(await watch.NextAsync());
    }

    private static Task CreateAsync(ServerFixture server, string name) => server.PostAsync(ConfigMaps, $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}}}");

    private static Task LabelAsync(ServerFixture server, string name, string value) => server.PatchAsync($"{ConfigMaps}/{name}", "{\"metadata\":{\"labels\":{\"app\":" + value + "}}}", "merge-patch+json");
}
