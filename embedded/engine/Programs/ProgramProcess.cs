using FogInfra.Embedded.Provider.Plugins;

namespace FogInfra.Embedded.Engine.Programs;

/// <summary>Runs a program as a process; its output becomes messages of the stack.</summary>
internal static class ProgramProcess
{
    /// <summary>By this exit code a program says that it has told of its error already.</summary>
    private const int AlreadyToldExitCode = 32;

    /// <summary>Runs it to its end.</summary>
    public static async Task<ProgramOutcome> RunAsync(ProcessCommand command, ProgramRun run, CancellationToken cancellationToken)
    {
        try
        {
            var exitCode = await ChildProcess.RunAsync(
                command,
                line => run.Diagnostics.Info(run.RootUrn, line),
                line => run.Diagnostics.InfoError(run.RootUrn, line),
                cancellationToken).ConfigureAwait(false);
            return exitCode switch
            {
                0 => ProgramOutcome.Success,
                AlreadyToldExitCode => ProgramOutcome.AlreadyTold,
                _ => ProgramOutcome.Failure($"Program exited with non-zero exit code: {exitCode}"),
            };
        }
        catch (ChildProcessException exception)
        {
            return ProgramOutcome.Failure(exception.Message);
        }
    }
}
