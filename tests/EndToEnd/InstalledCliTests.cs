namespace FogInfra.Tests;

/// <summary>The runner on a <c>pulumi</c> of PATH: the way that it goes where the Pulumi CLI is installed.</summary>
public sealed class InstalledCliTests
{
    [Fact]
    public async Task Fleet_ThroughItsLife_GoesAsOnTheEngineInThisProcess()
    {
        using var cli = new InstalledCli();
        using var project = new FogProject { SearchPath = cli.SearchPath };

        var up = await project.RunAsync("up");
        var again = await project.RunAsync("up");
        var failing = await project.RunAsync("up", "--set", "web=does-not-exist");
        var embedded = await project.RunAsync("up", "--engine", "embedded");
        var down = await project.RunAsync("down");

        Assert.True(up.ExitCode == 0, up.ToString());
        Assert.Contains($"on the Pulumi CLI at {cli.Folder}", up.Output, StringComparison.Ordinal);
        Assert.Contains("Rolled out: 5 stacks changed, 0 unchanged.", up.Output, StringComparison.Ordinal);
        Assert.Contains("No changes: all 5 stacks are as wanted.", again.Output, StringComparison.Ordinal);
        Assert.True(failing.ExitCode == 1, failing.ToString());
        Assert.Contains("service web: Deployment shop/web is not ready", failing.Output, StringComparison.Ordinal);
        Assert.Contains("ImagePullBackOff", failing.Output, StringComparison.Ordinal);
        Assert.Contains("What this rollout had changed was put back.", failing.Output, StringComparison.Ordinal);

        // The other engine finds the same stacks in the same files, and nothing to do.
        Assert.True(embedded.ExitCode == 0, embedded.ToString());
        Assert.Contains("No changes: all 5 stacks are as wanted.", embedded.Output, StringComparison.Ordinal);
        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(project.Folder, ".pulumi", "stacks"), "*.json", SearchOption.AllDirectories));
    }
}
