using System.Runtime.Versioning;

namespace FogInfra.Tests;

/// <summary>From an empty folder to an empty folder.</summary>
public sealed class LifeCycleTests
{
    [Fact]
    public async Task FogRollout_GoesUpAndDown_AndLeavesNothing()
    {
        using var project = new FogProject();

        var up = await project.RunAsync("up", "--engine", "embedded", "-f", "examples/nginx-rollout.yaml");
        var list = await project.RunAsync("cluster", "list");
        var down = await project.RunAsync("down", "--engine", "embedded");
        var after = await project.RunAsync("cluster", "list");
        var kubeconfig = await project.RunAsync("cluster", "kubeconfig", "edge-1");

        Assert.True(up.ExitCode == 0, up.ToString());
        Assert.Contains("nginx v1.0.0", up.Output, StringComparison.Ordinal);
        Assert.Equal(5, list.Output.Split("running").Length - 1);
        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.Equal(5, after.Output.Split("absent").Length - 1);
        Assert.Equal(1, kubeconfig.ExitCode);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(project.Folder, ".fog", "clusters")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(project.Folder, ".pulumi", "stacks"), "*.json", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(project.Folder, ".pulumi", "locks"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task ClustersThatStandAsTheLastUpLeftThem_AreNotUpdated_ButThoseThatDoNotAre()
    {
        using var project = new FogProject();
        int Updates() => Directory.EnumerateFiles(Path.Combine(project.Folder, ".pulumi", "history", "fog_clusters"), "*.history.json", SearchOption.AllDirectories).Count();

        await project.RunAsync("up", "--engine", "embedded");
        var first = Updates();
        var again = await project.RunAsync("up", "--engine", "embedded");
        var unchanged = Updates();
        await project.KubectlAsync("edge-1", "label", "nodes", "--all", "foginfra.dev/layer-");
        var mended = await project.RunAsync("up", "--engine", "embedded");
        var afterDrift = Updates();
        var forced = await project.RunAsync("up", "--engine", "embedded", "--force");
        var afterForce = Updates();
        await project.RunAsync("down", "--engine", "embedded");

        Assert.Contains("No changes: all 5 stacks are as wanted.", again.Output, StringComparison.Ordinal);
        Assert.Contains("Put right edge-1.", mended.Output, StringComparison.Ordinal);
        Assert.True(forced.ExitCode == 0, forced.ToString());
        Assert.Equal((3, 3, 4, 7), (first, unchanged, afterDrift, afterForce)); // three layers
    }

    [Fact]
    public async Task Clusters_AreMadeAndRemovedOneByOne()
    {
        using var project = new FogProject();
        async Task<string> MakeAsync(params string[] names) => Told(await project.RunAsync(["cluster", "create", .. names, "--engine", "embedded"]));
        async Task<string> RemoveAsync(params string[] names) => Told(await project.RunAsync(["cluster", "delete", .. names, "--engine", "embedded"]));

        var first = await MakeAsync("edge-1");
        var second = await MakeAsync("edge-2", "edge-1");
        var again = await MakeAsync("edge-2");
        var neverMade = await RemoveAsync("cloud-1");
        var one = await RemoveAsync("edge-1");
        var list = await project.RunAsync("cluster", "list");
        var rest = await RemoveAsync();

        Assert.Equal(["Started edge-1.", "Started edge-2.", "All clusters are running."], [first, second, again]);
        Assert.Equal(["There was nothing to remove.", "Removed edge-1.", "Removed edge-2."], [neverMade, one, rest]);
        Assert.Single(list.Output.Split('\n'), line => line.Contains("running", StringComparison.Ordinal) && line.StartsWith("edge-2", StringComparison.Ordinal));

        static string Told(CommandOutcome outcome)
        {
            Assert.True(outcome.ExitCode == 0, outcome.ToString());
            return outcome.Output.Trim();
        }
    }

    [Fact]
    public async Task Plan_OnAnEmptyProject_ShowsTheRings_AndStartsNothing()
    {
        using var project = new FogProject();

        var plan = await project.RunAsync("plan", "--engine", "embedded");

        Assert.True(plan.ExitCode == 0, plan.ToString());
        Assert.Contains("edge-1  shop: web 1.0.0", plan.Output, StringComparison.Ordinal);
        Assert.Equal(5, (await project.RunAsync("cluster", "list")).Output.Split("absent").Length - 1);
    }

    [Fact]
    public async Task Simulate_OnAnEmptyProject_TellsWhatWouldHappen_AndStartsNothing()
    {
        using var project = new FogProject();

        var good = await project.RunAsync("simulate", "--engine", "embedded", "--seed", "3");
        var bad = await project.RunAsync("simulate", "--engine", "embedded", "--failing", "100%", "--failing-ring", "pilot");

        Assert.True(good.ExitCode == 0, good.ToString());
        Assert.Contains("Rolled out: 5 stacks changed, 0 unchanged. Blast radius 2 (40%)", good.Output, StringComparison.Ordinal);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("What this rollout had changed was put back.", bad.Output, StringComparison.Ordinal);
        Assert.Equal(5, (await project.RunAsync("cluster", "list")).Output.Split("absent").Length - 1);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task State_HoldsThePassphraseForNobodyElse()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a system with Unix file modes");
        using var project = new FogProject();

        await project.RunAsync("plan", "--engine", "embedded");

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(project.Folder, ".fog", "passphrase")));
    }

    [Theory]
    [InlineData("up", "--set", "wbe=1", "There is no service 'wbe'")]
    [InlineData("up", "--set", "web", "'web' is not of the form SERVICE=VERSION")]
    [InlineData("up", "--engine", "steam", "Argument 'steam' not recognized")]
    [InlineData("up", "--fleet", "nowhere.yaml", "nowhere.yaml: the file cannot be read")]
    [InlineData("simulate", "--offline", "many", "--offline: 'many' is no share; expected one from 0% to 100%.")]
    [InlineData("simulate", "--failing-ring", "pilott", "There is no ring 'pilott'; did you mean 'pilot'?")]
    [InlineData("up", "-f", "fleet.yaml", "This is a Fleet; expected a FogRollout")]
    [InlineData("cluster", "kubeconfig", "edge-9", "There is no cluster 'edge-9'; did you mean 'edge-1'?")]
    [InlineData("cluster", "delight", "now", "Unrecognized command or argument")]
    public async Task WrongCommandLine_IsToldOnStandardError_WithExitCode2(string first, string second, string third, string message)
    {
        using var project = new FogProject();

        var outcome = await project.RunAsync(first, second, third);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.Folder, ".fog", "simulator")));
    }
}
