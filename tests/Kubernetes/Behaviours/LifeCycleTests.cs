using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>The whole life of an object of each kind, from preview to delete, as an engine leads it.</summary>
public sealed class LifeCycleTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds { get; } = [.. KindCases.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Object_FromCreateToDelete_IsAsTheProgramSays(string kind)
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var (example, name) = (KindCases.All[kind], NameOf(kind, space));
        var before = WithMetadata(example.First, name, """{"a":"1","b":"2"}""");
        var after = WithMetadata(example.Second, name, """{"a":"1"}""");

        var created = await driver.CreateAsync(example.Token, "thing", before, Token);
        Assert.Equal(example.ClusterScoped ? name : $"{space}/{name}", created.Id);
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync(created, before, Token)).Changes);

        var refreshed = await driver.RefreshAsync(created, Token);
        Assert.Equal(created.Inputs, refreshed!.Inputs);
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync(refreshed, before, Token)).Changes);

        var (changed, diff) = await driver.UpAsync(refreshed, after, Token);
        Assert.Equal(example.Replaces, diff.IsReplace);
        Assert.Null(changed.Outputs.GetMap("metadata")!.GetMap("labels")!["b"]); // What the program no longer says is gone from the object.
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync((await driver.RefreshAsync(changed, Token))!, after, Token)).Changes);

        var imported = await driver.Provider.ReadAsync(new ReadRequest(changed.Urn, changed.Id, Json.Map("{}"), Json.Map("{}"), null), Token);
        Assert.Empty((await driver.CheckAsync(example.Token, "thing", imported.Inputs!, imported.Inputs, Token)).Failures);

        await driver.DeleteAsync(changed, Token);
        Assert.Null(await driver.RefreshAsync(changed, Token));
        await driver.DeleteAsync(changed, Token);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Preview_ChangesNothing(string kind)
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var (example, name) = (KindCases.All[kind], NameOf(kind, space));
        var (first, second) = (WithMetadata(example.First, name, "{}"), WithMetadata(example.Second, name, "{}"));
        var urn = ProviderDriver.UrnOf(example.Token, "thing");
        var inputs = await driver.CheckedAsync(example.Token, "thing", ProviderDriver.Map(first), null, Token);
        var foretold = await driver.Provider.CreateAsync(new CreateRequest(urn, inputs, null, Preview: true), Token);
        Assert.Equal(("", name), (foretold.Id, foretold.Outputs.GetMap("metadata")!.GetText("name")));

        var created = await driver.CreateAsync(example.Token, "thing", first, Token); // Nothing is there yet, or this would fail.
        if (!example.Replaces)
        {
            var changed = await driver.CheckedAsync(example.Token, "thing", ProviderDriver.Map(second), created.Inputs, Token);
            await driver.Provider.UpdateAsync(new UpdateRequest(urn, created.Id, created.Inputs, created.Outputs, changed, null, [], Preview: true), Token);
        }

        Assert.Equal(created.Inputs, (await driver.RefreshAsync(created, Token))!.Inputs);
        await driver.DeleteAsync(created, Token);
    }

    // Objects that lie in no namespace need a name of their own in each test; a definition's name says more than that.
    private static string NameOf(string kind, string space) => (kind, KindCases.All[kind].ClusterScoped) switch
    {
        ("CustomResourceDefinition", _) => $"things.{space}.example.com",
        (_, true) => $"thing-{space}",
        _ => "thing",
    };

    private static string WithMetadata(string item, string name, string labels)
    {
        var inputs = Json.Map(item.Replace("$name.example.com", name.Replace("things.", "", StringComparison.Ordinal), StringComparison.Ordinal));
        var metadata = (inputs.GetMap("metadata") ?? Json.Map("{}")).With("name", name).With("labels", Json.Map(labels));
        return Json.Text(inputs.With("metadata", metadata));
    }
}
