using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;

namespace FogInfra.Tests;

public sealed class ExecutionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_ProcessSucceeds_TellsItsTimes()
    {
        var before = DateTimeOffset.Now;

        var task = Shell.Script("exit 0").ExecuteAsync(Cancellation);
        var result = await task;

        Assert.True(task.ProcessId > 0);
        Assert.True(result.IsSuccess);
        Assert.Equal(0, (int)result);
        Assert.True(result);
        Assert.InRange(result.StartTime, before, result.ExitTime);
        Assert.Equal(result.ExitTime - result.StartTime, result.RunTime);
    }

    [Fact]
    public async Task Execute_ProcessFails_ThrowsWithItsExitCode()
    {
        var command = Shell.Script("exit 3");

        var error = await Assert.ThrowsAsync<CommandExecutionException>(() => command.ExecuteAsync(Cancellation));

        Assert.Equal(3, error.ExitCode);
        Assert.Same(command, error.Command);
        Assert.Contains("exit 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_FailureIsNoError_ReturnsTheExitCode()
    {
        var result = await Shell.Script("exit 3").WithValidation(CommandResultValidation.None).ExecuteAsync(Cancellation);

        Assert.Equal(3, result.ExitCode);
        Assert.False(result.IsSuccess);
    }

    [Fact]
    public void Execute_NoSuchProgram_ThrowsAtOnceAndNamesIt()
    {
        var error = Assert.Throws<Win32Exception>(() => { Cli.Wrap("no-such-program").ExecuteAsync(Cancellation); });

        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
        Assert.IsType<Win32Exception>(error.InnerException);
    }

    [Fact]
    public void Execute_NoSuchDirectory_ThrowsAtOnce() =>
        Assert.Throws<Win32Exception>(() => { Shell.Script("exit 0").WithWorkingDirectory("/no/such/directory").ExecuteAsync(Cancellation); });

    [Fact]
    public async Task Execute_WorkingDirectory_IsWhereTheProcessStarts()
    {
        var result = await Shell.Script("pwd").WithWorkingDirectory("/").ExecuteBufferedAsync(Cancellation);

        Assert.Equal("/\n", result.StandardOutput);
    }

    [Fact]
    public async Task Execute_EnvironmentVariables_AreAddedAndTakenAway()
    {
        var result = await Shell.Script("printf '%s|%s|%s' \"$ADDED\" \"${HOME-none}\" \"${PATH:+kept}\"")
            .WithEnvironmentVariables(variables => variables.Set("ADDED", "a = b").Set("HOME", null))
            .ExecuteBufferedAsync(Cancellation);

        Assert.Equal("a = b|none|kept", result.StandardOutput);
    }

    [Fact]
    public async Task Execute_ResourcePolicy_IsApplied()
    {
        // The script goes on only when its input comes, which is after the policy.
        var result = await ("go\n" | Shell.Script("read go; nice")
                .WithResourcePolicy(policy => policy.SetPriority(ProcessPriorityClass.BelowNormal)))
            .ExecuteBufferedAsync(Cancellation);

        Assert.Equal("10\n", result.StandardOutput);
    }

    [Fact]
    public void Execute_CredentialsOfAnotherPlatform_AreRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows domains.");

        Assert.ThrowsAny<NotSupportedException>(() =>
        {
            Shell.Script("exit 0").WithCredentials(credentials => credentials.SetDomain("there")).ExecuteAsync(Cancellation);
        });
    }

    [Fact]
    public async Task Execute_StartIsConfigured_TheChangesCount()
    {
        var started = 0;

        var result = await Shell.Script("exit \"$CODE\"")
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(start => start.Environment["CODE"] = "7", process => started = process.Id, Cancellation);

        Assert.Equal(7, result.ExitCode);
        Assert.NotEqual(0, started);
    }

    [Fact]
    public async Task Execute_StreamsNotRedirected_RunsAllTheSame()
    {
        var result = await Shell.Script("exit 0").ExecuteAsync(
            start => start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = false,
            configureProcess: null,
            Cancellation);

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task Execute_SameCommandTwice_RunsTwice()
    {
        var command = Shell.Script("echo once");

        var results = await Task.WhenAll(command.ExecuteBufferedAsync(Cancellation).Task, command.ExecuteBufferedAsync(Cancellation).Task);

        Assert.All(results, result => Assert.Equal("once\n", result.StandardOutput));
    }

    [Fact]
    public async Task ExecuteBuffered_BothOutputs_AreKeptApart()
    {
        var (exitCode, output, error) = await Shell.Script("echo out; echo err >&2; exit 2")
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Cancellation);

        Assert.Equal((2, "out\n", "err\n"), (exitCode, output, error));
    }

    [Fact]
    public async Task ExecuteBuffered_ProcessFails_TheErrorTellsWhatItWrote()
    {
        var error = await Assert.ThrowsAsync<CommandExecutionException>(
            () => Shell.Script("echo out of disk >&2; exit 1").ExecuteBufferedAsync(Cancellation));

        Assert.Equal(1, error.ExitCode);
        Assert.Contains("out of disk", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteBuffered_ChildOutlivesItsParent_ItsOutputIsWaitedFor()
    {
        var result = await Shell.Script("(sleep 0.2; echo late) & echo early").ExecuteBufferedAsync(Cancellation);

        Assert.Equal("early\nlate\n", result.StandardOutput);
    }
}
