using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Tests;

/// <summary>The provider as the executable that <c>Pulumi.yaml</c> names: the engine here has none of its own, and starts it as the Pulumi CLI does.</summary>
public sealed class PluginTests : IDisposable
{
    private readonly TestWorkspace _workspace = new($"""
        name: proj
        runtime: dotnet
        plugins:
          providers:
            - name: fog
              path: {AppContext.BaseDirectory}

        """);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Plugin_MakesLooksAtAndRemovesACluster()
    {
        await _workspace.WithStackAsync();

        var up = (await _workspace.UpAsync(Program("simulated"))).ShouldSucceed();
        var outputs = _workspace.Resources()["edge-1"]["outputs"]!;
        var again = (await _workspace.UpAsync(Program("simulated"), "--refresh")).ShouldSucceed();
        (await _workspace.OperateAsync(["destroy", "--yes", "--skip-preview"], Program("simulated"))).ShouldSucceed();

        Assert.Equal(3, up.Changes["create"]); // the stack, the provider, the cluster
        Assert.True(outputs["ready"]!.GetValue<bool>());
        Assert.NotNull(outputs["kubeconfig"]!["ciphertext"]);
        Assert.Equal(["same"], again.Changes.Keys);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_workspace.Root, ".fog", "clusters")));
    }

    [Fact]
    public async Task Plugin_RefusesAWrongCluster_InWordsThatReachTheUser()
    {
        await _workspace.WithStackAsync();

        var up = await _workspace.UpAsync(Program("steam"));

        Assert.NotEqual(0, up.ExitCode);
        Assert.Contains(up.Messages("error"), message => message.Contains("steam", StringComparison.Ordinal) && message.Contains("property engine", StringComparison.Ordinal));
    }

    private Func<ProgramClient, Task> Program(string engine) => async program =>
    {
        var provider = await program.CustomAsync("pulumi:providers:fog", "clusters", PropertyMap.Of(("folder", Path.Combine(_workspace.Root, ".fog"))));
        await program.CustomAsync(
            "fog:index:Cluster",
            "edge-1",
            PropertyMap.Of(("name", "edge-1"), ("engine", engine), ("layer", "edge")),
            request => request.Provider = provider.ProviderReference);
    };
}
