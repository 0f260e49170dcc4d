using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class LifeCycleTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();
    private readonly RecordingProvider _provider = new();

    public LifeCycleTests() => _workspace.Provide("acme", () => _provider);

    public void Dispose() => _workspace.Dispose();

    private static Task Thing(ProgramClient program, double size) =>
        program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("size", size)));

    [Fact]
    public async Task Up_NewResource_CreatesItAndWritesItsState()
    {
        await _workspace.WithStackAsync();
        var outcome = await _workspace.UpAsync(async program =>
        {
            await Thing(program, 3);
            await program.ExportAsync(("answer", 42d));
        });
        outcome.ShouldSucceed();
        Assert.Equal(["create thing"], _provider.Changes);
        Assert.Equal(2, outcome.Changes["create"]);

        var thing = _workspace.Resources()["thing"];
        Assert.Equal("thing-1", thing["id"]!.GetValue<string>());
        Assert.Equal(3, thing["inputs"]!["size"]!.GetValue<int>());
        Assert.Equal(1, thing["outputs"]!["serial"]!.GetValue<int>());
        Assert.Equal("{\n  \"answer\": 42\n}\n", (await _workspace.RunAsync("stack", "output", "--json")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task Up_NothingChanged_CallsNoChangingMethodAndReportsSame()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(program => Thing(program, 3))).ShouldSucceed();
        var outcome = (await _workspace.UpAsync(program => Thing(program, 3))).ShouldSucceed();
        Assert.Equal(["create thing"], _provider.Changes);
        Assert.Equal(new Dictionary<string, int> { ["same"] = 2 }, outcome.Changes);
    }

    [Fact]
    public async Task Up_ChangedInput_UpdatesInPlace()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(program => Thing(program, 3))).ShouldSucceed();
        var outcome = (await _workspace.UpAsync(program => Thing(program, 4))).ShouldSucceed();
        Assert.Equal(["create thing", "update thing"], _provider.Changes);
        Assert.Equal(1, outcome.Changes["update"]);
        Assert.Equal(4, _workspace.Resources()["thing"]["inputs"]!["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task Up_ResourceLeftOut_DeletesIt()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(program => Thing(program, 3))).ShouldSucceed();
        var outcome = (await _workspace.UpAsync(_ => Task.CompletedTask)).ShouldSucceed();
        Assert.Equal(["create thing", "delete thing-1"], _provider.Changes);
        Assert.Equal(1, outcome.Changes["delete"]);
        Assert.Equal(["proj-dev"], _workspace.Resources().Keys);
    }

    [Fact]
    public async Task Destroy_AllResources_LeavesAnEmptyStateAndHistory()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(program => Thing(program, 3))).ShouldSucceed();
        (await _workspace.RunAsync("destroy", "--yes", "--skip-preview")).ShouldSucceed();
        Assert.Empty(_provider.Existing);
        Assert.Empty(_workspace.Resources());
        var history = (await _workspace.RunAsync("stack", "history", "--json")).ShouldSucceed().Json.AsArray();
        Assert.Equal(["destroy", "update"], history.Select(item => item!["kind"]!.GetValue<string>()));
    }
}
