using System.Diagnostics;
using FogInfra.Clusters.K3d;
using FogInfra.Clusters.Tools;

namespace FogInfra.Tests;

/// <summary>Commands as processes: what arrives at a program, what comes back, and that an ended one has really gone.</summary>
public sealed class CliWrapRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-tools-").FullName;
    private readonly CliWrapRunner _runner = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task K3dCommands_ArriveAtTheProgram_ArgumentByArgument()
    {
        var program = Program("for word; do echo \"[$word]\"; done");
        ToolCommand[] commands =
        [
            K3dCommands.Version(),
            K3dCommands.Create("/a folder/edge-1.k3d.yaml"),
            K3dCommands.Kubeconfig("edge-1"),
            K3dCommands.AddAgent("edge-1", 2),
            K3dCommands.DeleteNode("k3d-edge-1-agent-2"),
            K3dCommands.Load("edge-1", ["web:1", "api:2"]),
            K3dCommands.Delete("edge-1"),
        ];

        var arrived = new List<string>();
        foreach (var command in commands)
        {
            arrived.Add((await _runner.RunAsync(command with { Tool = program }, null, Cancellation)).Output.ReplaceLineEndings(""));
        }

        Assert.Equal(
            [
                "[version]",
                "[cluster][create][--config][/a folder/edge-1.k3d.yaml]",
                "[kubeconfig][get][edge-1]",
                "[node][create][edge-1-agent-2][--cluster][edge-1][--role][agent][--wait]",
                "[node][delete][k3d-edge-1-agent-2]",
                "[image][import][--cluster][edge-1][web:1][api:2]",
                "[cluster][delete][edge-1]",
            ],
            arrived);
    }

    [Fact]
    public async Task Run_TellsExitCodeAndBothStreams_AndEachLineOfProgress()
    {
        var lines = new List<string>();

        var result = await _runner.RunAsync(new ToolCommand(Program("cat; echo one >&2; echo two >&2; exit 3"), []) { Input = "given" }, lines.Add, Cancellation);

        Assert.Equal((3, "given", "one\ntwo\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(["one", "two"], lines);
    }

    [Fact]
    public async Task Run_ProgramIsMissing_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<ToolException>(() => _runner.RunAsync(ToolCommand.Look("no-such-program"), null, Cancellation));

        Assert.True(failure.IsMissing);
        Assert.Equal("There is no program 'no-such-program' on PATH.", failure.Message);
    }

    [Fact]
    public async Task Run_TakesTooLong_IsEnded_WithItsLastWords()
    {
        var command = new ToolCommand(Program("echo 'waiting for the control plane' >&2; exec sleep 600"), []) { Limit = TimeSpan.FromMilliseconds(500) };

        var failure = await Assert.ThrowsAsync<ToolException>(() => _runner.RunAsync(command, null, Cancellation));

        Assert.Contains("took longer than", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Its last words: waiting for the control plane", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Cancelled_EndsTheProgramAndItsChildren()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var started = new TaskCompletionSource<int>();
        var program = Program("sleep 600 & echo $! >&2; wait");

        var running = _runner.RunAsync(new ToolCommand(program, []) { Limit = TimeSpan.FromMinutes(5) }, line => started.TrySetResult(int.Parse(line)), cancellation.Token);
        var child = await started.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(await HasGoneAsync(child));
    }

    [Fact]
    public async Task MarkedProcesses_AreFoundWithTheirChildren_AndEnded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc of Linux");
        var mark = Guid.NewGuid().ToString("N");
        var started = new TaskCompletionSource<int>();
        var command = new ToolCommand(Program("sleep 600 & echo $! >&2; wait"), []) { Limit = TimeSpan.FromMinutes(5) };
        var running = _runner.RunAsync(command.MarkedWith(mark), line => started.TrySetResult(int.Parse(line)), Cancellation);
        var child = await started.Task;

        var ended = await MarkedProcesses.EndAsync(mark, Cancellation);

        Assert.Equal(2, ended);
        Assert.True(await HasGoneAsync(child));
        Assert.NotEqual(0, (await running).ExitCode);
    }

    private static async Task<bool> HasGoneAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(Cancellation);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private string Program(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix shell");
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}");
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
#pragma warning disable CA1416 // Skipped above.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return file;
    }
}
