using Pulumi;

namespace FogInfra.Tests;

public sealed class DependencyTests : EngineTest
{
    [Fact]
    public async Task Inputs_FromAResource_DependOnItEachForItself()
    {
        await RunAsync(() =>
        {
            var first = new Box<string>("first", new() { ["value"] = "1" });
            var second = new Box<string>("second", new() { ["value"] = "2" });
            _ = new Box<string>("box", new()
            {
                ["value"] = Output.Format($"{first.Value}{second.Value}"),
                ["other"] = new Dictionary<string, object?> { ["deep"] = second.Id },
                ["third"] = "plain",
            });
        });

        var request = Engine.Registration("box");
        Assert.Equal([UrnOf("first"), UrnOf("second")], request.Dependencies.Order());
        Assert.Equal([UrnOf("first"), UrnOf("second")], request.PropertyDependencies["value"].Urns.Order());
        Assert.Equal([UrnOf("second")], request.PropertyDependencies["other"].Urns);
        Assert.Empty(request.PropertyDependencies["third"].Urns);
        Assert.Equal("12", request.Object.Fields["value"].StringValue);
    }

    [Fact]
    public async Task Inputs_ThatAreResources_DependOnThem()
    {
        await RunAsync(() =>
        {
            var first = new Box<string>("first");
            _ = new Box<string>("box", new() { ["value"] = first });
        });

        Assert.Equal([UrnOf("first")], Engine.Registration("box").PropertyDependencies["value"].Urns);
    }

    [Fact]
    public async Task DependsOn_Resources_AreDependenciesOfNoProperty()
    {
        await RunAsync(() =>
        {
            var first = new Box<string>("first");
            var second = new Box<string>("second");
            _ = new Box<string>("box", new() { ["value"] = "v" }, new() { DependsOn = { first, Output.Create<Resource>(second) } });
        });

        var request = Engine.Registration("box");
        Assert.Equal([UrnOf("first"), UrnOf("second")], request.Dependencies.Order());
        Assert.Empty(request.PropertyDependencies["value"].Urns);
    }

    [Fact]
    public async Task DependsOn_AComponent_MeansItsResourcesAtAnyDepthButNotTheirChildren()
    {
        await RunAsync(() =>
        {
            var outer = new Group("outer");
            var inner = new Group("inner", new() { Parent = outer });
            var one = new Box<string>("one", options: new() { Parent = outer });
            _ = new Box<string>("two", options: new() { Parent = inner });
            _ = new Box<string>("child-of-one", options: new() { Parent = one });
            _ = new Box<string>("box", options: new() { DependsOn = { outer } });
        });

        Assert.Equal(
            [
                "urn:pulumi:dev::proj::test:index:Group$test:index:Box::one",
                "urn:pulumi:dev::proj::test:index:Group$test:index:Group$test:index:Box::two",
            ],
            Engine.Registration("box").Dependencies.Order());
    }

    [Fact]
    public async Task DependsOn_ARemoteComponent_MeansItself()
    {
        await RunAsync(() =>
        {
            var remote = new Group("remote", ResourceArgs.Empty, remote: true);
            _ = new Box<string>("box", options: new() { DependsOn = { remote } });
        });

        Assert.Equal(["urn:pulumi:dev::proj::test:index:Group::remote"], Engine.Registration("box").Dependencies);
    }

    [Fact]
    public async Task DependsOn_AnEmptyComponent_MeansNothing()
    {
        await RunAsync(() =>
        {
            var group = new Group("group");
            _ = new Box<string>("box", options: new() { DependsOn = { group } });
        });

        Assert.Empty(Engine.Registration("box").Dependencies);
    }

    [Fact]
    public async Task Registration_OfADependent_WaitsForWhatItDependsOn()
    {
        var release = new TaskCompletionSource();
        var answer = Engine.OnRegister;
        Engine.OnRegister = async request =>
        {
            if (request.Name == "first")
            {
                await release.Task;
            }
            else if (request.Name == "free")
            {
                release.SetResult(); // Only now can the first go on: so the two were not registered one after the other.
            }

            return await answer(request);
        };

        await RunAsync(() =>
        {
            var first = new Box<string>("first", new() { ["value"] = "1" });
            _ = new Box<string>("dependent", new() { ["value"] = first.Value });
            _ = new Box<string>("free");
        });

        Assert.Equal("dependent", Engine.Registrations[^1].Name);
    }

    private static string UrnOf(string name) => $"urn:pulumi:dev::proj::test:index:Box::{name}";
}
