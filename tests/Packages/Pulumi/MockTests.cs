using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;
using static FogInfra.Tests.OutputReading;

namespace FogInfra.Tests;

public sealed class MockTests
{
    private static readonly TestOptions Update = new() { IsPreview = false };

    [Fact]
    public async Task TestAsync_OfAStack_GivesAllResourcesTheStackAmongThem()
    {
        var resources = await Deployment.TestAsync<BoxStack>(new Mocks());

        Assert.Equal(["project-stack", "group", "box"], resources.Select(resource => resource.GetResourceName()));
        Assert.Equal("v", await resources.OfType<BoxStack>().Single().Value.ValueAsync());
    }

    [Fact]
    public async Task TestAsync_OfAFunction_GivesTheResourcesWithoutTheStack()
    {
        var fromAction = await Deployment.TestAsync(new Mocks(), new TestOptions(), () => { _ = new Box<string>("box"); });
        var fromTask = await Deployment.TestAsync(new Mocks(), new TestOptions(), async () =>
        {
            await Task.Yield();
            _ = new Box<string>("box");
        });

        Assert.Equal("box", Assert.Single(fromAction).GetResourceName());
        Assert.Equal("box", Assert.Single(fromTask).GetResourceName());
    }

    [Fact]
    public async Task TestAsync_OfAFunctionWithOutputs_GivesThem()
    {
        var (resources, outputs) = await Deployment.TestAsync(
            new Mocks(),
            new TestOptions(),
            () => (IDictionary<string, object?>)new Dictionary<string, object?> { ["box"] = new Box<string>("box").Id });
        var (_, later) = await Deployment.TestAsync(new Mocks(), new TestOptions(), async () =>
        {
            await Task.Yield();
            return (IDictionary<string, object?>)new Dictionary<string, object?> { ["a"] = 1 };
        });

        Assert.Single(resources);
        Assert.Equal("box-id", await Assert.IsType<Output<string>>(outputs["box"]).ValueAsync());
        Assert.Equal(1, later["a"]);
    }

    [Fact]
    public async Task TestWithServiceProvider_OfAStack_RunsIt()
    {
        var resources = await Deployment.TestWithServiceProviderAsync<BoxStack>(new Mocks(), new BoxStackServices());

        Assert.Single(resources.OfType<BoxStack>());
    }

    [Fact]
    public async Task Options_Missing_SayProjectStackAndPreview()
    {
        await Deployment.TestAsync(new Mocks(), new TestOptions(), () =>
        {
            Assert.Equal("project", Deployment.Instance.ProjectName);
            Assert.Equal("stack", Deployment.Instance.StackName);
            Assert.Equal("organization", Deployment.Instance.OrganizationName);
            Assert.True(Deployment.Instance.IsDryRun);
        });
    }

    [Fact]
    public async Task Options_Given_AreWhatTheProgramSees()
    {
        var options = new TestOptions
        {
            ProjectName = "p",
            StackName = "s",
            OrganizationName = "o",
            RootDirectory = "/r",
            IsPreview = false,
        };

        await Deployment.TestAsync(new Mocks(), options, () =>
        {
            Assert.Equal("p", Deployment.Instance.ProjectName);
            Assert.Equal("s", Deployment.Instance.StackName);
            Assert.Equal("o", Deployment.Instance.OrganizationName);
            Assert.Equal("/r", Deployment.Instance.RootDirectory);
            Assert.False(Deployment.Instance.IsDryRun);
        });
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Outputs_ThatTheMocksDoNotGive_AreKnownOnlyOutsideOfAPreview(bool preview, bool isKnown)
    {
        Box<string>? box = null;

        await Deployment.TestAsync(new Mocks(), new TestOptions { IsPreview = preview }, () => { box = new Box<string>("box"); });

        Assert.Equal(isKnown, await box!.Value.IsKnownAsync());
    }

    [Fact]
    public async Task Mocks_ForEachResourceButTheStack_AreAsked()
    {
        var mocks = new Mocks();

        await Deployment.TestAsync(mocks, Update, () =>
        {
            var edge = new TestProvider("edge");
            _ = new Group("group");
            _ = new Box<string>("box", new() { ["value"] = "v" }, new() { Provider = edge, ImportId = "imported" });
            _ = new Box<string>("read", options: new() { Id = "existing" });
        });

        Assert.Equal(["box", "edge", "group", "read"], mocks.Resources.Select(args => args.Name).Order());
        var box = Assert.Single(mocks.Resources, args => args.Name == "box");
        Assert.Equal("test:index:Box", box.Type);
        Assert.Equal("imported", box.Id);
        Assert.Equal("v", box.Inputs["value"]);
        Assert.Equal("urn:pulumi:stack::project::pulumi:pulumi:Stack$pulumi:providers:test::edge::edge-id", box.Provider);
        Assert.Equal("existing", Assert.Single(mocks.Resources, args => args.Name == "read").Id);
    }

    [Fact]
    public async Task Mocks_Inputs_ArePlainValuesWithoutUnknownsAndNulls()
    {
        var mocks = new Mocks();

        await Deployment.TestAsync(mocks, new TestOptions(), () =>
        {
            _ = new Box<string>("box", new()
            {
                ["value"] = Output.CreateSecret(new Dictionary<string, object?> { ["list"] = new[] { 1, 2 } }),
                ["other"] = Unknown("u"),
                ["third"] = null,
            });
        });

        var inputs = Assert.Single(mocks.Resources).Inputs;
        Assert.Equal(["value"], inputs.Keys);
        var value = Assert.IsType<ImmutableDictionary<string, object?>>(inputs["value"], exactMatch: false);
        Assert.Equal([1.0, 2.0], Assert.IsType<ImmutableArray<object?>>(value["list"]));
    }

    [Fact]
    public async Task Urns_UnderTest_NameTheOutermostTypeOnly()
    {
        var urns = new List<string>();

        await Deployment.TestAsync(new Mocks(), Update, async () =>
        {
            var outer = new Group("outer");
            var inner = new Group("inner", new() { Parent = outer });
            var box = new Box<string>("box", options: new() { Parent = inner });
            urns.AddRange(await Task.WhenAll(outer.Urn.ValueAsync(), inner.Urn.ValueAsync(), box.Urn.ValueAsync()));
        });

        Assert.Equal(
            [
                "urn:pulumi:stack::project::pulumi:pulumi:Stack$test:index:Group::outer",
                "urn:pulumi:stack::project::pulumi:pulumi:Stack$test:index:Group::inner",
                "urn:pulumi:stack::project::pulumi:pulumi:Stack$test:index:Box::box",
            ],
            urns);
    }

    [Theory]
    [InlineData("imported", "imported")]
    [InlineData(null, "")]
    public async Task Mocks_WithoutId_GiveTheImportedOneOrNone(string? importId, string expected)
    {
        Box<string>? box = null;

        await Deployment.TestAsync(new EmptyMocks(), Update, () =>
        {
            box = new Box<string>("box", options: new() { ImportId = importId });
        });

        Assert.Equal(expected, await box!.Id.ValueAsync() ?? "");
        Assert.Equal(importId is not null, await box.Id.IsKnownAsync());
    }

    [Fact]
    public async Task EmptyMocks_ForAResource_GiveItsInputs()
    {
        Box<string>? box = null;

        await Deployment.TestAsync(new EmptyMocks(), Update, () => { box = new Box<string>("box", new() { ["value"] = "v" }); });

        Assert.Equal("v", await box!.Value.ValueAsync());
    }

    [Fact]
    public async Task Mocks_StateOfEachForm_IsTaken()
    {
        Assert.Equal("v", await StateAsync(new Dictionary<string, object> { ["value"] = "v" }));
        Assert.Equal("v", await StateAsync(ImmutableDictionary<string, object>.Empty.Add("value", "v")));
        Assert.Equal("v", await StateAsync(new Dictionary<string, object?> { ["value"] = Output.CreateSecret("v") }));

        static async Task<string> StateAsync(object state)
        {
            Box<string>? box = null;
            await Deployment.TestAsync(new Mocks { State = state }, Update, () => { box = new Box<string>("box"); });
            return await box!.Value.ValueAsync();
        }
    }

    [Fact]
    public async Task Mocks_StateThatIsNoDictionary_FailsTheTest()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() =>
            Deployment.TestAsync(new Mocks { State = new[] { 1 } }, Update, () => { _ = new Box<string>("box"); }));

        Assert.Contains("System.Int32[]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mocks_ForInvokesAndCalls_AreAsked()
    {
        var mocks = new Mocks();

        await Deployment.TestAsync(mocks, Update, async () =>
        {
            var args = new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("a", "1"));
            Assert.Equal(
                "called", await Deployment.Instance.InvokeSingle<string>("test:index:find", args, (InvokeOptions?)null).ValueAsync());
            var called = await Deployment.Instance.Call<ImmutableDictionary<string, string>>("test:index:do", CallArgs.Empty).ValueAsync();
            Assert.Equal("called", called["result"]);
        });

        Assert.Equal(["test:index:find", "test:index:do"], mocks.Calls.Select(call => call.Token));
        Assert.Equal("1", mocks.Calls.First().Args["a"]);
    }

    [Fact]
    public async Task Mocks_ForStackReferences_AreAskedLikeForResources()
    {
        var mocks = new Mocks
        {
            State = new Dictionary<string, object>
            {
                ["name"] = "acme/proj/prod",
                ["outputs"] = new Dictionary<string, object?> { ["url"] = "u" },
                ["secretOutputNames"] = new[] { "token" },
            },
        };
        object? url = null;

        await Deployment.TestAsync(
            mocks, Update, async () => url = await new StackReference("acme/proj/prod").RequireOutput("url").ValueAsync());

        Assert.Equal("u", url);
        Assert.Equal("pulumi:pulumi:StackReference", Assert.Single(mocks.Resources).Type);
    }

    [Fact]
    public async Task Mocks_ForRegisteredOutputs_LearnOfThem()
    {
        var mocks = new Mocks();

        await Deployment.TestAsync(mocks, Update, () => new Group("group").Register(new() { ["a"] = Output.CreateSecret("1") }));

        var outputs = Assert.Single(mocks.Outputs, request => request.Urn.EndsWith("::group", StringComparison.Ordinal));
        Assert.Equal("1", await outputs.Outputs["a"].ValueAsync());
        Assert.True(await outputs.Outputs["a"].IsSecretAsync());
    }

    [Fact]
    public async Task Resource_WithTheUrnOfAnother_HasItsState()
    {
        Box<string>? copy = null;

        await Deployment.TestAsync(new Mocks(), Update, async () =>
        {
            var box = new Box<string>("box", new() { ["value"] = "v" });
            copy = new Box<string>("copy", options: new() { Urn = await box.Urn.ValueAsync() });
        });

        Assert.Equal("v", await copy!.Value.ValueAsync());
        Assert.Equal("box-id", await copy.Id.ValueAsync());
    }

    [Fact]
    public async Task Program_ThatFails_ThrowsARunException()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() =>
            Deployment.TestAsync(new Mocks(), Update, (Action)(() => throw new InvalidOperationException("odd"))));

        Assert.Contains("odd", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatLogsErrors_ThrowsThemAll()
    {
        await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(new Mocks(), Update, () => Log.Error("one")));
        var exception = await Assert.ThrowsAsync<AggregateException>(() => Deployment.TestAsync(new Mocks(), Update, () =>
        {
            Log.Error("one");
            Log.Error("two");
        }));

        Assert.Equal(["one", "two"], exception.InnerExceptions.Select(inner => inner.Message).Order());
        Assert.All(exception.InnerExceptions, inner => Assert.IsType<RunException>(inner));
    }

    [Fact]
    public async Task Mocks_ThatThrow_FailTheProgram()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() =>
            Deployment.TestAsync(new Mocks { Failure = "quota" }, Update, () => { _ = new Box<string>("box"); }));

        Assert.Contains("quota", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_AtTheSameTime_DoNotMeet()
    {
        var names = await Task.WhenAll(Enumerable.Range(0, 8).Select(async index =>
        {
            var options = new TestOptions { ProjectName = $"p{index}" };
            var (_, outputs) = await Deployment.TestAsync(new Mocks(), options, async () =>
            {
                await Task.Yield();
                var box = new Box<string>("box", new() { ["value"] = Deployment.Instance.ProjectName });
                return (IDictionary<string, object?>)new Dictionary<string, object?> { ["name"] = await box.Value.ValueAsync() };
            });
            return (string)outputs["name"]!;
        }));

        Assert.Equal(Enumerable.Range(0, 8).Select(index => $"p{index}"), names);
    }

    public sealed class BoxStack : Stack
    {
        public BoxStack()
        {
            var group = new Group("group");
            var box = new Box<string>("box", new() { ["value"] = "v" }, new() { Parent = group });
            Value = box.Value;
        }

        [Output]
        public Output<string> Value { get; set; }
    }

    private sealed class BoxStackServices : IServiceProvider
    {
        public object GetService(Type serviceType) => new BoxStack();
    }
}
