using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class CustomResourceTests
{
    [Fact]
    public async Task ADefinition_IsEstablishedAndServed()
    {
        await using var cluster = await StartAsync();

        var definition = cluster.Get("customresourcedefinitions", "widgets.example.com");
        Assert.True(definition.IsTrue("Established"));
        Assert.True(definition.IsTrue("NamesAccepted"));
        Assert.Equal(("Widget", "v1"), (definition.Text("status", "acceptedNames", "kind"), definition.List("status", "storedVersions").Texts().Single()));
        Assert.Equal("WidgetList", definition.Text("spec", "names", "listKind"));
    }

    [Fact]
    public async Task AnObject_GetsItsDefaultsAndCountsItsGeneration()
    {
        await using var cluster = await StartAsync();

        var created = cluster.Create(CustomResources.Widget("w", "{size: 3}"));
        var changed = cluster.Update("widgets", "w", current => current.Set(4, "spec", "size"));
        var reported = cluster.Update("widgets", "w", current => current.Set(4, "status", "size"), subresource: "status");

        Assert.Equal("red", created.Text("spec", "color"));
        Assert.Equal((1L, 2L, 2L), (created.Generation, changed.Generation, reported.Generation));
        Assert.Equal((4L, 4L), (reported.Long("spec", "size"), reported.Long("status", "size")));
    }

    [Theory]
    [InlineData("{}", "spec.size: Required value")]
    [InlineData("{size: 0}", "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1")]
    [InlineData("{size: big}", "spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"")]
    [InlineData("{size: 1, color: green}", "spec.color: Unsupported value: \"green\": supported values: \"blue\", \"red\"")]
    [InlineData("{size: 1, parts: [{name: A}]}", "spec.parts[0].name: Invalid value: \"A\": spec.parts[0].name in body should match '^[a-z]+$'")]
    public async Task AnObjectThatBreaksTheSchema_IsInvalid(string spec, string why)
    {
        await using var cluster = await StartAsync();

        var refusal = TestCluster.Refused(() => cluster.Create(CustomResources.Widget("w", spec)));

        Assert.Equal((422, $"Widget.example.com \"w\" is invalid: {why}"), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task UnknownMembers_AreRefusedOrDroppedButKeptWhereTheSchemaSaysSo()
    {
        await using var cluster = await StartAsync();

        var refusal = TestCluster.Refused(() => cluster.Create(CustomResources.Widget("w", "{size: 1, shape: round}")));
        var kept = cluster.Create(CustomResources.Widget("w", "{size: 1, free: {any: [1, {thing: true}]}}"));

        Assert.Contains("strict decoding error: unknown field \"spec.shape\"", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("""{"any":[1,{"thing":true}]}""", kept.Map("spec", "free").ToString());
    }

    [Fact]
    public async Task Lists_AreMergedByTheirKeysInServerSideApply()
    {
        await using var cluster = await StartAsync();
        cluster.Apply(CustomResources.Widget("w", "{size: 1, parts: [{name: a, weight: 1}]}"), "alice");

        cluster.Apply(CustomResources.Widget("w", "{size: 1, parts: [{name: b, weight: 50%}]}"), "bob");

        Assert.Equal("""[{"name":"a","weight":1},{"name":"b","weight":"50%"}]""", cluster.Get("widgets", "w").List("spec", "parts").ToString());
    }

    [Fact]
    public async Task ADeletedDefinition_TakesItsObjectsWithIt()
    {
        await using var cluster = await StartAsync();
        cluster.Create(CustomResources.Widget("w", "{size: 1}"));

        cluster.Delete("customresourcedefinitions", "widgets.example.com");
        await cluster.PassAsync(1);

        Assert.Null(cluster.Find("customresourcedefinitions", "widgets.example.com"));
        Assert.Null(cluster.Cluster.Kinds.Current.FindKind("example.com/v1", "Widget"));
        cluster.Create(CustomResources.Definition);
        await cluster.PassAsync(1);
        Assert.Empty(cluster.List("widgets"));
    }

    [Fact]
    public async Task TwoVersions_ShowTheSameObject()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(CustomResources.Definition.Replace("  - name: v1\n    served: true\n    storage: true", "  - {name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}\n  - name: v1\n    served: true\n    storage: true", StringComparison.Ordinal));
        await cluster.PassAsync(1);

        cluster.Create(CustomResources.Widget("w", "{size: 2}").Replace("example.com/v1", "example.com/v1beta1", StringComparison.Ordinal));

        Assert.Equal(("example.com/v1", 2L), (cluster.Get("widgets", "w").Text("apiVersion"), cluster.Get("widgets", "w").Long("spec", "size")));
    }

    [Theory]
    [InlineData("name: widgets.example.com", "name: gadgets.example.com", "metadata.name: Invalid value: \"gadgets.example.com\": must be spec.names.plural+\".\"+spec.group")]
    [InlineData("storage: true", "storage: false", "must have exactly one version marked as storage version")]
    [InlineData("scope: Namespaced", "scope: World", "spec.scope: Unsupported value: \"World\": supported values: \"Cluster\", \"Namespaced\"")]
    public async Task ADefinitionThatIsWrong_IsInvalid(string from, string to, string why)
    {
        await using var cluster = await TestCluster.StartAsync();

        var refusal = TestCluster.Refused(() => cluster.Create(CustomResources.Definition.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal(422, refusal.Code);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<TestCluster> StartAsync()
    {
        var cluster = await TestCluster.StartAsync();
        cluster.Create(CustomResources.Definition);
        await cluster.PassAsync(1);
        return cluster;
    }
}
