using Pulumi.Automation;
using Pulumi.Automation.Commands.Exceptions;

namespace FogInfra.Tests;

/// <summary>Where the stand-in does more for its user than the package does.</summary>
public sealed class AutomationStandInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SelectStackAsync_StackIsMissing_LeavesNoFolder()
    {
        using var script = new PulumiScript("""
            pwd > "$FAKE_PULUMI_FOLDER/folder"
            echo "error: no stack named 'dev' found" >&2
            exit 6
            """);

        await Assert.ThrowsAsync<StackNotFoundException>(() => LocalWorkspace.SelectStackAsync(
            new InlineProgramArgs("shop", "dev", PulumiFn.Create(() => { })) { EnvironmentVariables = script.Environment }, Cancellation));

        var folder = await File.ReadAllTextAsync(script["folder"], Cancellation);
        Assert.False(Directory.Exists(folder.Trim()));
    }

    [Fact]
    public async Task Up_LastLineOfOutputHasNoEnd_IsToldAllTheSame()
    {
        using var script = new PulumiScript("""
            [ "$1 $2" = "stack history" ] && echo '[]'
            [ "$1" = up ] && printf 'one\ntwo'
            exit 0
            """);
        using var workspace = await script.CreateWorkspaceAsync();
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);
        var lines = new List<string>();

        await stack.UpAsync(new UpOptions { OnStandardOutput = lines.Add }, Cancellation);

        Assert.Equal(["one", "two"], lines);
    }
}
