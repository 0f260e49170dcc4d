using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider.Plugins;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Plugins;

/// <summary>The engine with plugins that it finds on disk.</summary>
public sealed class EnginePluginTests : IAsyncLifetime
{
    private readonly TestWorkspace _workspace = new();
    private readonly RecordingProvider _provider = new();
    private RpcServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ProviderPluginServer.StartAsync(_provider, TestContext.Current.CancellationToken);
        await _workspace.WithStackAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _workspace.Dispose();
    }

    private static Task Thing(ProgramClient program, string version = "") => program.CustomAsync(
        "acme:index:Thing", "thing", PropertyMap.Of(("size", 1d)), request => request.Version = version);

    private void Install(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_workspace.PathOf(path))!);
        _workspace.Write(path, $"#!/bin/sh\necho {_server.Address.Split(':')[1]}\necho \"project $PULUMI_PROJECT\"\nexec sleep 600\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_workspace.PathOf(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task Plugin_OnThePath_IsUsedAndNamed()
    {
        Install("bin/pulumi-resource-acme");
        _workspace.Environment["PATH"] = $"{_workspace.PathOf("bin")}:{_workspace.Environment["PATH"]}";
        var outcome = (await _workspace.UpAsync(program => Thing(program))).ShouldSucceed();
        Assert.Equal(["create thing"], _provider.Changes);
        Assert.Contains($"using pulumi-resource-acme from $PATH at {_workspace.PathOf("bin/pulumi-resource-acme")}", outcome.Messages("warning"));
        Assert.Contains("project proj", outcome.Messages("info"));

        _workspace.Environment["PULUMI_IGNORE_AMBIENT_PLUGINS"] = "true";
        Assert.Equal(1, (await _workspace.UpAsync(program => Thing(program))).ExitCode);
    }

    [Fact]
    public async Task Plugin_InThePluginFolder_IsFoundByVersion()
    {
        Install("home/plugins/resource-acme-v1.2.0/pulumi-resource-acme");
        (await _workspace.UpAsync(program => Thing(program, "1.2.0"))).ShouldSucceed();
        (await _workspace.UpAsync(program => Thing(program))).ShouldSucceed();
        var outcome = await _workspace.UpAsync(program => Thing(program, "9.9.9"));
        Assert.Contains(outcome.Messages("error"), message => message.StartsWith("no resource plugin 'pulumi-resource-acme' of version v9.9.9 was found"));
    }

    [Fact]
    public async Task Plugin_OfTheProject_ComesFirst()
    {
        _workspace.Write("Pulumi.yaml", "name: proj\nruntime: dotnet\nplugins: {providers: [{name: acme, path: own}]}\n");
        Install("own/pulumi-resource-acme");
        (await _workspace.UpAsync(program => Thing(program))).ShouldSucceed();
        Assert.Equal(["create thing"], _provider.Changes);
    }

    [Fact]
    public async Task Plugin_ThatRunsAlready_IsAttachedTo()
    {
        _workspace.Environment["PULUMI_DEBUG_PROVIDERS"] = $"other:1,acme:{_server.Address.Split(':')[1]}";
        (await _workspace.UpAsync(program => Thing(program))).ShouldSucceed();
        Assert.Equal(["create thing"], _provider.Changes);
    }
}
