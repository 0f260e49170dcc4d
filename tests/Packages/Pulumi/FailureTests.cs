using FogInfra.Embedded.Protocol.Rpc;
using Pulumi;

namespace FogInfra.Tests;

public sealed class FailureTests : EngineTest
{
    [Fact]
    public async Task Exception_OfAProgram_IsReportedWithItsTrace()
    {
        var error = await FailAsync(() => throw new InvalidOperationException("odd"));

        Assert.StartsWith("Running program '", error, StringComparison.Ordinal);
        Assert.Contains("' failed with an unhandled exception:", error, StringComparison.Ordinal);
        Assert.Contains("odd", error, StringComparison.Ordinal);
        Assert.Contains("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("SignalAndWaitForShutdown", Engine.Calls);
        Assert.Equal(32, Environment.ExitCode);
    }

    [Fact]
    public async Task RunException_OfAProgram_IsReportedByItsMessageAlone()
    {
        Assert.Equal("just this", await FailAsync(() => throw new RunException("just this")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResourceException_OfAProgram_IsReportedOnTheResource(bool hideStack)
    {
        await FailAsync(() =>
        {
            var box = new Box<string>("box");
            throw new ResourceException("bad box", box, hideStack);
        });

        var log = Assert.Single(Engine.Logs, log => log.Message.Contains("bad box", StringComparison.Ordinal));
        Assert.Equal("urn:pulumi:dev::proj::test:index:Box::box", log.Urn);
        Assert.Equal(hideStack, log.Message == "bad box");
    }

    [Fact]
    public async Task Exception_InTheConstructorOfAStack_IsReportedAsItself()
    {
        Assert.Equal(32, await Deployment.RunAsync<BrokenStack>());

        var error = Assert.Single(Engine.Errors);
        Assert.Contains("cannot be built", error, StringComparison.Ordinal);
        Assert.DoesNotContain("TargetInvocationException", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_InAnApplyThatNobodyWaitsFor_FailsTheProgram()
    {
        var error = await FailAsync(() => { Output.Create(1).Apply(Fail); });

        Assert.Equal("in apply", error);

        static int Fail(int value) => throw new RunException("in apply");
    }

    [Fact]
    public async Task Exception_ThatReachesSeveralOutputs_IsReportedOnce()
    {
        await FailAsync(() =>
        {
            var failing = Output.Create(1).Apply(Fail);
            failing.Apply(value => value + 1).Apply(value => value + 1);
        });

        Assert.Equal(["once"], Engine.Errors);

        static int Fail(int value) => throw new RunException("once");
    }

    [Fact]
    public async Task Registration_RefusedByTheEngine_FailsTheProgramAndAllOutputs()
    {
        var answer = Engine.OnRegister;
        Engine.OnRegister = request => request.Name == "box"
            ? throw new RpcException(RpcStatusCode.Unknown, "the provider says no")
            : answer(request);
        Box<string>? box = null;

        var error = await FailAsync(() => { box = new Box<string>("box"); });

        Assert.Contains("the provider says no", error, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => box!.Urn.ValueAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => box!.Value.ValueAsync());
    }

    [Fact]
    public async Task Shutdown_RefusedByTheEngine_FailsTheProgram()
    {
        Engine.OnShutdown = () => throw new RpcException(RpcStatusCode.Internal, "delete failed");

        var error = await FailAsync(() => { });

        Assert.Contains("delete failed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shutdown_NotImplementedByAnOldEngine_IsFine()
    {
        Engine.OnShutdown = () => throw new RpcException(RpcStatusCode.Unimplemented, "too old");

        await RunAsync(() => { _ = new Box<string>("box"); });
    }

    [Fact]
    public async Task Engine_ThatTakesNoMessages_FailsTheProgram()
    {
        Engine.OnLog = _ => throw new RpcException(RpcStatusCode.Internal, "deaf");

        var exitCode = await Deployment.RunAsync(() => Log.Info("hello"));

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Program_InsideOfAProgram_IsRefused()
    {
        await RunAsync(async () => await Assert.ThrowsAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { })));
    }

    [Fact]
    public async Task Component_WithTheIdOption_Fails()
    {
        var error = await FailAsync(() => { _ = new Group("group", new() { Id = "existing" }); });

        Assert.Contains("Id", error, StringComparison.Ordinal);
    }

    public sealed class BrokenStack : Stack
    {
        public BrokenStack() => throw new InvalidOperationException("cannot be built");
    }
}
