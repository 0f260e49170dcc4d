using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

public sealed class LoginAndPluginTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Login_ToAFolder_LaterCommandsUseIt()
    {
        _workspace.Environment.Remove("PULUMI_BACKEND_URL");
        Directory.CreateDirectory(_workspace.PathOf("elsewhere"));
        var url = $"file://{_workspace.PathOf("elsewhere")}";
        (await _workspace.RunAsync("login", url)).ShouldSucceed();
        Assert.Equal(url, (await _workspace.RunAsync("whoami", "--json")).ShouldSucceed().Json["url"]!.GetValue<string>());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_workspace.PathOf("home/credentials.json")));
        }

        (await _workspace.RunAsync("logout")).ShouldSucceed();
        Assert.NotEqual(0, (await _workspace.RunAsync("whoami")).ExitCode);
    }

    [Theory]
    [InlineData("login")]
    [InlineData("login", "https://api.example.com")]
    public async Task Login_ToNothingOrToAService_IsRefused(params string[] arguments)
    {
        var outcome = await _workspace.RunAsync(arguments);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_InstalledFromFile_IsListedAndRemoved()
    {
        _workspace.Write("pulumi-resource-test", "#!/bin/sh\n");
        (await _workspace.RunAsync("plugin", "install", "resource", "test", "v1.2.3", "--file", "pulumi-resource-test")).ShouldSucceed();
        var listed = (await _workspace.RunAsync("plugin", "ls", "--json")).ShouldSucceed().Json.AsArray();
        Assert.Equal("test 1.2.3", $"{listed[0]!["name"]} {listed[0]!["version"]}");
        (await _workspace.RunAsync("plugin", "install", "resource", "test", "v1.2.3")).ShouldSucceed();
        (await _workspace.RunAsync("plugin", "rm", "resource", "test", "1.2.3", "--yes")).ShouldSucceed();
        Assert.Empty((await _workspace.RunAsync("plugin", "ls", "--json")).Json.AsArray());
    }

    [Fact]
    public async Task PluginInstall_OfOneThatIsNotThere_SaysWhatToDo()
    {
        var outcome = await _workspace.RunAsync("plugin", "install", "resource", "random", "v4.0.0");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("pulumi-resource-random", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PluginRemove_WithoutConfirmation_IsRefused()
    {
        Assert.Equal(2, (await _workspace.RunAsync("plugin", "rm", "resource", "test")).ExitCode);
        Assert.Equal(2, (await _workspace.RunAsync("plugin", "rm", "--yes")).ExitCode);
    }
}
