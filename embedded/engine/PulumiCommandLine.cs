using System.CommandLine;
using System.CommandLine.Parsing;
using FogInfra.Embedded.Engine.Commands;

namespace FogInfra.Embedded.Engine;

/// <summary>
/// The <c>pulumi</c> command line inside this process: same commands, files, output and exit codes. Several commands may run at
/// once, on different stacks or on one; a stack that is being changed is locked as by separate processes.
/// </summary>
public sealed class PulumiCommandLine(PulumiCommandLineOptions options)
{
    /// <summary>The version that it calls itself.</summary>
    public string Version => options.Version;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="cancellationToken">Ends it in good order, as an interrupt does: no new step begins, running ones are awaited, the
    /// state is written. The exit code is that of a cancelled command then; no exception is thrown.</param>
    /// <returns>The exit code; 0 is success. What went wrong is on the standard error.</returns>
    public async Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var context = new CommandContext(options, invocation, cancellationToken);
        var parse = CommandTree.Build(context).Parse(
            invocation.Arguments.IsEmpty ? ["--help"] : invocation.Arguments, new ParserConfiguration { EnablePosixBundling = true, ResponseFileTokenReplacer = null });
        try
        {
            if (parse.Errors.Count > 0)
            {
                throw new CommandException(string.Join('\n', parse.Errors.Select(error => error.Message)), ExitCode.WrongInvocation);
            }

            context.Apply(parse);
            return await parse.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                    Output = invocation.StandardOutput,
                    Error = invocation.StandardError,
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (CommandFailure.TryExplain(exception, cancellationToken) is { } failure)
        {
            await invocation.StandardError.WriteLineAsync($"error: {failure.Message}").ConfigureAwait(false);
            return failure.ExitCode;
        }
        finally
        {
            await invocation.StandardOutput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await invocation.StandardError.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
