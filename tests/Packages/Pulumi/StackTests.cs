using FogInfra.Embedded.Protocol.Values;
using Pulumi;
using static FogInfra.Tests.WireValues;

namespace FogInfra.Tests;

public sealed class StackTests : EngineTest
{
    [Fact]
    public async Task Function_ReturnsOutputs_TheyAreTheStacks()
    {
        var exitCode = await Deployment.RunAsync(() => new Dictionary<string, object?>
        {
            ["plain"] = "p",
            ["secret"] = Output.CreateSecret("s"),
            ["resource"] = new Box<string>("box"),
            ["nothing"] = null,
        });

        Assert.Equal(0, exitCode);
        var outputs = Assert.Single(Engine.Outputs);
        Assert.Equal("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", outputs.Urn);
        Assert.Equal(
            PropertyMap.Of(
                ("plain", "p"),
                ("secret", Secret("s")),
                ("resource", new PropertyValue.Reference("urn:pulumi:dev::proj::test:index:Box::box", "box-id", ""))),
            outputs.Outputs.Read());
    }

    [Fact]
    public async Task Function_ReturnsOutputsLater_TheyAreTheStacks()
    {
        var exitCode = await Deployment.RunAsync(async () =>
        {
            await Task.Yield();
            return (IDictionary<string, object?>)new Dictionary<string, object?> { ["late"] = 1 };
        });

        Assert.Equal(0, exitCode);
        Assert.Equal(1, Assert.Single(Engine.Outputs).Outputs.Fields["late"].NumberValue);
    }

    [Fact]
    public async Task Function_WithoutOutputs_RegistersNone()
    {
        await RunAsync(async () => await Task.Yield());

        Assert.Empty(Assert.Single(Engine.Outputs).Outputs.Fields);
    }

    [Fact]
    public async Task Class_Properties_AreTheOutputs()
    {
        var exitCode = await Deployment.RunAsync<GoodStack>();

        Assert.Equal(0, exitCode);
        Assert.Equal(PropertyMap.Of(("Address", "10.0.0.1"), ("the-port", 80)), Assert.Single(Engine.Outputs).Outputs.Read());
    }

    [Fact]
    public async Task Class_FromAServiceProvider_IsRun()
    {
        var exitCode = await Deployment.RunAsync<ServedStack>(new Services(typeof(ServedStack), () => new ServedStack("served")));

        Assert.Equal(0, exitCode);
        Assert.Equal("served", Assert.Single(Engine.Outputs).Outputs.Fields["Name"].StringValue);
    }

    [Fact]
    public async Task Class_ThatTheServiceProviderLacks_FailsTheProgram()
    {
        var exitCode = await Deployment.RunAsync<ServedStack>(new Services(typeof(string), () => ""));

        Assert.Equal(32, exitCode);
        Assert.Contains(nameof(ServedStack), Assert.Single(Engine.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Class_PropertyWithoutValue_FailsTheProgramAndIsNamed()
    {
        Assert.Equal(32, await Deployment.RunAsync<ForgetfulStack>());

        Assert.Contains("Forgotten", Assert.Single(Engine.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Assert.Single(Engine.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Class_PropertyThatIsNoOutput_FailsTheProgramAndIsNamed()
    {
        Assert.Equal(32, await Deployment.RunAsync<PlainStack>());

        Assert.Contains("Plain", Assert.Single(Engine.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_InAProgram_SaysWhatRuns()
    {
        await RunAsync(() =>
        {
            var instance = Deployment.Instance;
            Assert.Equal("proj", instance.ProjectName);
            Assert.Equal("dev", instance.StackName);
            Assert.Equal("acme", instance.OrganizationName);
            Assert.Equal("/srv/proj", instance.RootDirectory);
            Assert.False(instance.IsDryRun);
        });
    }

    [Fact]
    public async Task Instance_OfAnEngineThatSaysLess_HasDefaults()
    {
        Set("PULUMI_ORGANIZATION", null);
        Set("PULUMI_ROOT_DIRECTORY", null);
        Preview();

        await RunAsync(() =>
        {
            Assert.Equal("organization", Deployment.Instance.OrganizationName);
            Assert.True(Deployment.Instance.IsDryRun);
            Assert.Throws<InvalidOperationException>(() => Deployment.Instance.RootDirectory);
        });
    }

    [Fact]
    public async Task Instance_OutsideOfAProgram_IsNotThere()
    {
        await RunAsync(() => { });

        Assert.Throws<InvalidOperationException>(() => Deployment.Instance);
        Assert.Throws<InvalidOperationException>(() => new Box<string>("box"));
    }

    [Theory]
    [InlineData("PULUMI_MONITOR", null)]
    [InlineData("PULUMI_STACK", "")]
    [InlineData("PULUMI_DRY_RUN", "perhaps")]
    [InlineData("PULUMI_QUERY_MODE", null)]
    [InlineData("PULUMI_PARALLEL", "many")]
    public async Task Program_NotStartedByAnEngine_Refuses(string variable, string? value)
    {
        Set(variable, value);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }));

        Assert.Contains("pulumi", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task StackReference_OfAnotherStack_IsReadByItsName()
    {
        OfferOutputs();
        StackReference? reference = null;

        await RunAsync(async () =>
        {
            reference = new StackReference("acme/proj/prod");
            var byArgs = new StackReference("named", new StackReferenceArgs { Name = "acme/proj/test" });
            await byArgs.Outputs.ValueAsync();
        });

        Assert.Equal(["acme/proj/prod", "acme/proj/test"], Engine.Reads.Select(request => request.Id).Order());
        Assert.All(Engine.Reads, request => Assert.Equal("pulumi:pulumi:StackReference", request.Type));
        Assert.Equal("acme/proj/prod", await reference!.Name.ValueAsync());
        Assert.Equal("u", (await reference.Outputs.ValueAsync())["url"]);
    }

    [Fact]
    public async Task StackReference_Outputs_AreSecretEachForItself()
    {
        OfferOutputs();

        await RunAsync(async () =>
        {
            var reference = new StackReference("acme/proj/prod");
            Assert.True(await reference.Outputs.IsSecretAsync());
            Assert.False(await reference.GetOutput("url").IsSecretAsync());
            Assert.True(await reference.GetOutput("token").IsSecretAsync());
            Assert.Equal("t", await reference.RequireOutput("token").ValueAsync());
            Assert.Null(await reference.GetOutput("missing").ValueAsync());
        });
    }

    [Fact]
    public async Task StackReference_Values_AreGivenUnlessSecret()
    {
        OfferOutputs();

        await RunAsync(async () =>
        {
            var reference = new StackReference("acme/proj/prod");
            Assert.Equal("u", await reference.GetValueAsync("url"));
            Assert.Equal("u", await reference.RequireValueAsync("url"));
            Assert.Null(await reference.GetValueAsync("missing"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => reference.GetValueAsync("token"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => reference.RequireValueAsync("token"));
            Assert.Equal(("u", null), await DetailsAsync(reference, "url"));
            Assert.Equal((null, "t"), await DetailsAsync(reference, "token"));
        });
    }

    [Fact]
    public async Task StackReference_RequiredOutputThatIsMissing_FailsTheProgramAndIsNamed()
    {
        OfferOutputs();

        var error = await FailAsync(() => { new StackReference("acme/proj/prod").RequireOutput("missing"); });

        Assert.Contains("'missing'", error, StringComparison.Ordinal);
        Assert.Contains("acme/proj/prod", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stash_Always_GivesInputAndOutput()
    {
        Engine.Answer("stash", Of(("input", "now"), ("output", "first")));
        Stash? stash = null;

        await RunAsync(() => { stash = new Stash("stash", new StashArgs { Input = "now" }); });

        Assert.Equal("pulumi:index:Stash", Engine.Registration("stash").Type);
        Assert.Equal("now", await stash!.Input.ValueAsync());
        Assert.Equal("first", await stash.Output.ValueAsync());
    }

    private static async Task<(object? Value, object? SecretValue)> DetailsAsync(StackReference reference, string name)
    {
        var details = await reference.GetOutputDetailsAsync(name);
        return (details.Value, details.SecretValue);
    }

    private void OfferOutputs() => Engine.OnRead = request => Task.FromResult(new Wire.ReadResourceResponse
    {
        Urn = $"urn:pulumi:dev::proj::{request.Type}::{request.Name}",
        Properties = Of(
            ("name", request.Id),
            ("outputs", Object(("url", "u"), ("token", Secret("t")))),
            ("secretOutputNames", List("token"))),
    });

    public sealed class GoodStack : Stack
    {
        public GoodStack()
        {
            Address = Output.Create("10.0.0.1");
            Port = Output.Create(80);
        }

        [Output]
        public Output<string> Address { get; set; }

        [Output("the-port")]
        public Output<int> Port { get; private set; }

        public string NotAnOutput { get; set; } = "x";
    }

    public sealed class ServedStack(string name) : Stack
    {
        [Output]
        public Output<string> Name { get; set; } = Output.Create(name);
    }

    public sealed class ForgetfulStack : Stack
    {
        [Output]
        public Output<string>? Forgotten { get; set; }
    }

    public sealed class PlainStack : Stack
    {
        [Output]
        public string Plain { get; set; } = "x";
    }

    private sealed class Services(Type type, Func<object> create) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == type ? create() : null;
    }
}
