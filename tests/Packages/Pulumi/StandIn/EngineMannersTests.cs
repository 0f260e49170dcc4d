using FogInfra.Embedded.Protocol.Rpc;
using Pulumi;

namespace FogInfra.Tests;

/// <summary>
/// Where the stand-in is kinder to users than the real package: no error twice, no message out of order, nothing left out silently.
/// </summary>
public sealed class EngineMannersTests : EngineTest
{
    [Theory]
    [InlineData(RpcStatusCode.Unavailable)]
    [InlineData(RpcStatusCode.Cancelled)]
    public async Task Engine_ThatGoesAwayAfterAFailure_IsNotToldOfIt(RpcStatusCode code)
    {
        var answer = Engine.OnRegister;
        Engine.OnRegister = request => request.Name == "box" ? throw new RpcException(code, "shutting down") : answer(request);

        var exitCode = await Deployment.RunAsync(() => { _ = new Box<string>("box"); });

        Assert.Equal(32, exitCode);
        Assert.Empty(Engine.Logs);
    }

    [Fact]
    public async Task Engine_ThatIsNotThere_IsAnErrorOfItsOwn()
    {
        Engine.OnRegister = _ => throw new RpcException(RpcStatusCode.Unavailable, "not here");

        var error = await FailAsync(() => { });

        Assert.Contains("not here", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_OfTheEngine_AreAskedForOnce()
    {
        await RunAsync(() =>
        {
            for (var index = 0; index < 50; index++)
            {
                _ = new Box<string>($"box-{index}");
            }
        });

        Assert.Equal(["aliasSpecs", "resourceReferences"], Engine.FeaturesAskedFor.Order());
    }

    [Fact]
    public async Task Messages_WrittenOneAfterTheOther_ArriveSo()
    {
        await RunAsync(() =>
        {
            for (var index = 0; index < 50; index++)
            {
                Log.Info($"{index}");
            }
        });

        Assert.Equal(Enumerable.Range(0, 50).Select(index => $"{index}"), Engine.Logs.Select(log => log.Message));
    }

    [Fact]
    public async Task Messages_ThatWaitForAResource_AreNotLostWhenTheProgramFails()
    {
        var answer = Engine.OnRegister;
        var never = new TaskCompletionSource<Wire.RegisterResourceResponse>();
        Engine.OnRegister = request => request.Name == "box" ? never.Task : answer(request);

        await FailAsync(() =>
        {
            Log.Warn("about the box", new Box<string>("box"));
            throw new RunException("enough");
        });
        never.SetCanceled(TestContext.Current.CancellationToken);

        Assert.Contains(Engine.Logs, log => log.Message == "about the box");
    }

    [Fact]
    public async Task Output_OfACancelledTask_FailsTheProgram()
    {
        await FailAsync(() =>
        {
            _ = new Box<string>("box", new() { ["value"] = Output.Create(Task.FromCanceled<string>(new CancellationToken(true))) });
        });

        Assert.DoesNotContain(Engine.Registrations, request => request.Name == "box");
    }

    [Fact]
    public async Task Output_OfACancelledTaskInManyPlaces_IsReportedOnce()
    {
        await FailAsync(() =>
        {
            var cancelled = Output.Create(Task.FromCanceled<string>(new CancellationToken(true)));
            for (var index = 0; index < 10; index++)
            {
                _ = cancelled.Apply(value => value + index);
            }
        });

        Assert.Single(Engine.Errors);
    }

    [Fact]
    public async Task Config_AValueOfAnotherType_IsNotShownWhenSecret()
    {
        Configure(new() { ["proj:open"] = "visible", ["proj:closed"] = "hidden" }, "proj:closed");

        await RunAsync(() =>
        {
            Assert.Contains(
                "visible", Assert.ThrowsAny<RunException>(() => new Config().GetInt32("open")).Message, StringComparison.Ordinal);
            Assert.DoesNotContain(
                "hidden", Assert.ThrowsAny<RunException>(() => new Config().GetInt32("closed")).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Config_ThatIsNoJson_IsRefusedAndTheVariableNamed()
    {
        Set("PULUMI_CONFIG", "[]");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }));
        Assert.Contains("PULUMI_CONFIG", exception.Message, StringComparison.Ordinal);

        Set("PULUMI_CONFIG", null);
        Set("PULUMI_CONFIG_SECRET_KEYS", "{");
        exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }));
        Assert.Contains("PULUMI_CONFIG_SECRET_KEYS", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_SwitchedOff_AreNotAskedFor()
    {
        Set("PULUMI_DISABLE_RESOURCE_REFERENCES", "1");

        await RunAsync(() => { _ = new Box<string>("box"); });

        Assert.False(Engine.Registration("box").AcceptResources);
    }

    [Fact]
    public async Task Inputs_OfAnOldParentsOldParent_GiveUrnsToo()
    {
        Engine.Features.Remove("aliasSpecs");

        await RunAsync(() =>
        {
            var outer = new Group("outer", new() { Aliases = { new Alias { Type = "test:index:OldGroup" } } });
            var inner = new Group("inner", new() { Parent = outer });
            _ = new Box<string>("box", options: new() { Parent = inner });
        });

        Assert.Equal(
            ["urn:pulumi:dev::proj::test:index:OldGroup$test:index:Group$test:index:Box::box"], Engine.Registration("box").AliasURNs);
    }

    [Fact]
    public void OutputAsText_OutsideOfAProgram_IsAnExplanation() =>
        Assert.Contains("Apply", Output.Create("a").ToString(), StringComparison.Ordinal);
}
