using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Client;

public sealed class CatalogTests : ScriptedServerTest
{
    [Fact]
    public async Task Find_BuiltInKind_AsksNobody()
    {
        using var client = Server.Client();
        var found = await client.Resources.FindAsync("apps/v1", "Deployment", Token);
        Assert.Equal("/apis/apps/v1/namespaces/n/deployments/d/scale", found?.Path("n", "d", "scale"));
        Assert.Empty(Server.Seen);
    }

    [Fact]
    public async Task Find_FromOneDocument_AsksOnceForAllKinds()
    {
        Aggregated();
        using var client = Server.Client();
        var thing = await client.Resources.FindAsync("example.com/v1", "Thing", Token);
        var gadget = await client.Resources.FindAsync("example.com/v1", "Gadget", Token);
        Assert.Equal(("things", true), (thing?.Plural, thing?.Namespaced));
        Assert.Equal(("gadgets", false), (gadget?.Plural, gadget?.Namespaced));
        Assert.Equal(2, Server.Seen.Count);
    }

    [Fact]
    public async Task Find_OldServer_AsksTheGroupVersionOnce()
    {
        Separate();
        using var client = Server.Client();
        var thing = await client.Resources.FindAsync("example.com/v1", "Thing", Token);
        Assert.Equal(("things", true), (thing?.Plural, thing?.HasStatus));
        Assert.Null(await client.Resources.FindAsync("example.com/v1", "things/status", Token));
        Assert.Null(await client.Resources.FindAsync("example.com/v1", "Nothing", Token));
        Assert.Equal(1, Server.Count("GET /apis/example.com/v1"));
    }

    [Fact]
    public async Task Find_GroupThatIsNotServed_IsNullWithoutAskingForIt()
    {
        Separate();
        using var client = Server.Client();
        Assert.Null(await client.Resources.FindAsync("other.com/v1", "Thing", Token));
        Assert.Equal(0, Server.Count("GET /apis/other.com/v1"));
    }

    [Fact]
    public async Task Find_AfterRefresh_SeesNewKinds()
    {
        Server.On("GET /api", """{"kind":"APIVersions","versions":["v1"]}""")
            .On("GET /apis", """{"kind":"APIGroupList","groups":[]}""")
            .On("GET /apis", """{"kind":"APIGroupList","groups":[{"name":"example.com","versions":[{"groupVersion":"example.com/v1"}]}]}""")
            .On("GET /apis/example.com/v1", """{"resources":[{"name":"things","kind":"Thing","namespaced":true}]}""");
        using var client = Server.Client();
        Assert.Null(await client.Resources.FindAsync("example.com/v1", "Thing", Token));
        Assert.Null(await client.Resources.FindAsync("example.com/v1", "Thing", Token));
        client.Resources.Refresh();
        Assert.NotNull(await client.Resources.FindAsync("example.com/v1", "Thing", Token));
    }

    [Fact]
    public async Task FindVersions_PutsThePreferredOneFirst()
    {
        Separate();
        using var client = Server.Client();
        Assert.Equal(["example.com/v1", "example.com/v1beta1"], await client.Resources.FindVersionsAsync("Thing", Token));
    }

    private void Aggregated() => Server
        .On("GET /api", """{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":""},"versions":[{"version":"v1","resources":[]}]}]}""")
        .On("GET /apis", """
            {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"example.com"},"versions":[{"version":"v1","resources":[
              {"resource":"things","responseKind":{"kind":"Thing"},"scope":"Namespaced"},
              {"resource":"gadgets","responseKind":{"kind":"Gadget"},"scope":"Cluster"}]}]}]}
            """);

    private void Separate() => Server
        .On("GET /api", """{"kind":"APIVersions","versions":["v1"]}""")
        .On("GET /api/v1", """{"resources":[]}""")
        .On("GET /apis", """
            {"kind":"APIGroupList","groups":[{"name":"example.com","versions":[{"groupVersion":"example.com/v1beta1"},{"groupVersion":"example.com/v1"}],
              "preferredVersion":{"groupVersion":"example.com/v1"}}]}
            """)
        .On("GET /apis/example.com/v1", """{"resources":[{"name":"things","kind":"Thing","namespaced":true},{"name":"things/status","kind":"Thing","namespaced":true}]}""")
        .On("GET /apis/example.com/v1beta1", """{"resources":[{"name":"things","kind":"Thing","namespaced":true}]}""");
}
