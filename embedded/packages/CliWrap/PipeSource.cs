using System.Text;
using CliWrap.Processes;

namespace CliWrap;

/// <summary>What a process reads as its standard input.</summary>
public abstract class PipeSource
{
    /// <summary>Nothing: the process finds its input closed.</summary>
    public static PipeSource Null { get; } = Create(_ => { });

    /// <summary>A source that writes into the given stream itself.</summary>
    public static PipeSource Create(Func<Stream, CancellationToken, Task> handlePipeAsync) => new DelegateSource(handlePipeAsync);

    /// <summary>A source that writes into the given stream itself.</summary>
    public static PipeSource Create(Action<Stream> handlePipe) => Create((destination, _) =>
    {
        handlePipe(destination);
        return Task.CompletedTask;
    });

    /// <summary>The rest of a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="autoFlush">Whether each piece is sent on at once.</param>
    public static PipeSource FromStream(Stream stream, bool autoFlush) =>
        Create((destination, cancellationToken) => StreamCopy.CopyAsync(stream, destination, autoFlush, cancellationToken));

    /// <summary>The rest of a stream, each piece sent on at once.</summary>
    public static PipeSource FromStream(Stream stream) => FromStream(stream, autoFlush: true);

    /// <summary>A file's content; it is opened when the command runs.</summary>
    public static PipeSource FromFile(string filePath) => Create(async (destination, cancellationToken) =>
    {
        var file = File.OpenRead(filePath);
        await using (file.ConfigureAwait(false))
        {
            await file.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        }
    });

    /// <summary>The given bytes.</summary>
    public static PipeSource FromBytes(ReadOnlyMemory<byte> data) =>
        Create((destination, cancellationToken) => destination.WriteAsync(data, cancellationToken).AsTask());

    /// <summary>The given bytes.</summary>
    public static PipeSource FromBytes(byte[] data) => FromBytes(data.AsMemory());

    /// <summary>A text.</summary>
    public static PipeSource FromString(string str, Encoding encoding) => FromBytes(encoding.GetBytes(str));

    /// <summary>A text in the console's encoding.</summary>
    public static PipeSource FromString(string str) => FromString(str, Console.InputEncoding);

    /// <summary>The output of another command, which runs at the same time, after a change.</summary>
    /// <param name="command">The command.</param>
    /// <param name="copyStreamAsync">Reads the first stream, the command's output, and writes what it makes of it into the second.</param>
    public static PipeSource FromCommand(Command command, Func<Stream, Stream, CancellationToken, Task> copyStreamAsync) =>
        Create((destination, cancellationToken) => command
            .WithStandardOutputPipe(PipeTarget.Create((output, outputToken) => copyStreamAsync(output, destination, outputToken)))
            .ExecuteAsync(cancellationToken));

    /// <summary>The output of another command, which runs at the same time.</summary>
    public static PipeSource FromCommand(Command command) =>
        FromCommand(command, (output, destination, cancellationToken) => output.CopyToAsync(destination, cancellationToken));

    /// <summary>Writes all of it.</summary>
    /// <param name="destination">The process's standard input.</param>
    /// <param name="cancellationToken">Cancelled when the process has ended or is killed.</param>
    public abstract Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default);

    private sealed class DelegateSource(Func<Stream, CancellationToken, Task> copyToAsync) : PipeSource
    {
        public override async Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await copyToAsync(destination, cancellationToken).ConfigureAwait(false);
        }
    }
}
