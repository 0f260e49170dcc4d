using System.Text;

namespace CliWrap.EventStream;

/// <summary>Runs commands and tells what happens as it happens; the commands' own pipes get the output too.</summary>
public static partial class EventStreamCommandExtensions
{
    private static Command Tee(
        Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        Func<CommandEvent, CancellationToken, Task> publishAsync) => command
        .WithStandardOutputPipe(PipeTarget.Merge(
            command.StandardOutputPipe,
            PipeTarget.ToDelegate((line, token) => publishAsync(new StandardOutputCommandEvent(line), token), standardOutputEncoding)))
        .WithStandardErrorPipe(PipeTarget.Merge(
            command.StandardErrorPipe,
            PipeTarget.ToDelegate((line, token) => publishAsync(new StandardErrorCommandEvent(line), token), standardErrorEncoding)));
}
