using System.ComponentModel;
using System.Globalization;
using System.Text;
using CliWrap;

namespace FogInfra.Clusters.Tools;

/// <summary>Runs commands as processes of this machine.</summary>
/// <param name="time">The clock of time limits.</param>
internal sealed class CliWrapRunner(TimeProvider time) : IToolRunner
{
    /// <inheritdoc/>
    public async Task<ToolResult> RunAsync(ToolCommand command, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        using var limit = new CancellationTokenSource(command.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var process = Cli.Wrap(command.Tool)
            .WithArguments(command.Arguments)
            .WithEnvironmentVariables(command.Environment)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(command.Input is { } input ? PipeSource.FromString(input) : PipeSource.Null)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line =>
            {
                error.Append(line).Append('\n');
                onLine?.Invoke(line);
            }));
        try
        {
            var result = await process.ExecuteAsync(either.Token).ConfigureAwait(false);
            return new ToolResult(result.ExitCode, output.ToString(), error.ToString());
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ToolException(string.Create(
                CultureInfo.InvariantCulture, $"'{command}' took longer than {command.Limit.TotalSeconds:0} s and was ended. {LastLine(error)}").TrimEnd());
        }
        catch (Win32Exception exception)
        {
            throw new ToolException(ToolInfo.Missing(command.Tool), exception) { IsMissing = true };
        }
    }

    private static string LastLine(StringBuilder error) =>
        error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() is { } line ? $"Its last words: {line}" : "";
}
