using Pulumi;

namespace FogInfra.Tests;

public sealed class LogTests : EngineTest
{
    [Fact]
    public async Task Messages_OfEachSeverity_ReachTheEngine()
    {
        await RunAsync(() =>
        {
            Log.Info("i", streamId: 7, ephemeral: true);
            Log.Warn("w");
        });

        var info = Assert.Single(Engine.Logs, log => log.Message == "i");
        Assert.Equal(Wire.LogSeverity.Info, info.Severity);
        Assert.Equal(7, info.StreamId);
        Assert.True(info.Ephemeral);
        Assert.Equal("", info.Urn);
        var warning = Assert.Single(Engine.Logs, log => log.Message == "w");
        Assert.Equal(Wire.LogSeverity.Warning, warning.Severity);
        Assert.Equal(0, warning.StreamId);
        Assert.False(warning.Ephemeral);
    }

    [Fact]
    public async Task Messages_AboutAResource_HaveItsUrn()
    {
        await RunAsync(() => Log.Info("about", new Box<string>("box")));

        Assert.Equal("urn:pulumi:dev::proj::test:index:Box::box", Assert.Single(Engine.Logs).Urn);
    }

    [Fact]
    public async Task Messages_AboutAResourceThatFails_AreSentWithoutUrn()
    {
        var answer = Engine.OnRegister;
        Engine.OnRegister = request => request.Name == "box" ? throw new InvalidOperationException("refused") : answer(request);

        await Deployment.RunAsync(() => Log.Warn("about", new Box<string>("box")));

        Assert.Equal("", Assert.Single(Engine.Logs, log => log.Message == "about").Urn);
    }

    [Fact]
    public async Task Error_Written_LetsTheProgramGoOnButFail()
    {
        var exitCode = await Deployment.RunAsync(() =>
        {
            Log.Error("bad");
            _ = new Box<string>("box");
        });

        Assert.Equal(1, exitCode);
        Assert.Equal(["bad"], Engine.Errors);
        Assert.Contains("RegisterResource box", Engine.Calls);
        Assert.DoesNotContain("SignalAndWaitForShutdown", Engine.Calls);
    }

    [Fact]
    public async Task Exception_Written_IsAnError()
    {
        var exitCode = await Deployment.RunAsync(() => Log.Exception(new InvalidOperationException("odd")));

        Assert.Equal(1, exitCode);
        Assert.Contains("odd", Assert.Single(Engine.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutputAsText_InAProgram_IsAnExplanationAndAWarning()
    {
        var text = "";

        await RunAsync(() => { text = $"{Output.CreateSecret("hidden")}"; });

        Assert.Contains("Apply", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.Single(Engine.Logs, log => log.Severity == Wire.LogSeverity.Warning);
    }

    [Fact]
    public async Task OutputAsText_WhenThatIsForbidden_Fails()
    {
        Set("PULUMI_ERROR_OUTPUT_STRING", "TRUE");

        await RunAsync(() => Assert.Throws<InvalidOperationException>(() => Output.Create("a").ToString()));
    }
}
