using System.Text;
using CliWrap.Processes;

namespace CliWrap;

/// <summary>Where a process's output, or error output, goes.</summary>
public abstract class PipeTarget
{
    private const int BufferSize = 1024;

    /// <summary>Nowhere: nobody reads the pipe, and the process that writes into it finds it closed.</summary>
    public static PipeTarget Null { get; } = Create(_ => { });

    /// <summary>A target that reads the given stream itself.</summary>
    public static PipeTarget Create(Func<Stream, CancellationToken, Task> handlePipeAsync) => new DelegateTarget(handlePipeAsync);

    /// <summary>A target that reads the given stream itself.</summary>
    public static PipeTarget Create(Action<Stream> handlePipe) => Create((origin, _) =>
    {
        handlePipe(origin);
        return Task.CompletedTask;
    });

    /// <summary>Into a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="autoFlush">Whether each piece is flushed at once.</param>
    public static PipeTarget ToStream(Stream stream, bool autoFlush) =>
        Create((origin, cancellationToken) => StreamCopy.CopyAsync(origin, stream, autoFlush, cancellationToken));

    /// <summary>Into a stream, each piece flushed at once.</summary>
    public static PipeTarget ToStream(Stream stream) => ToStream(stream, autoFlush: true);

    /// <summary>Into a file, which is made, or emptied, when the command runs.</summary>
    public static PipeTarget ToFile(string filePath) => Create(async (origin, cancellationToken) =>
    {
        var file = File.Create(filePath);
        await using (file.ConfigureAwait(false))
        {
            await origin.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
    });

    /// <summary>Added to a text.</summary>
    public static PipeTarget ToStringBuilder(StringBuilder stringBuilder, Encoding encoding) => Create(async (origin, cancellationToken) =>
    {
        using var reader = Read(origin, encoding);
        var buffer = new char[BufferSize];
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            stringBuilder.Append(buffer, 0, count);
        }
    });

    /// <summary>Added to a text.</summary>
    public static PipeTarget ToStringBuilder(StringBuilder stringBuilder) => ToStringBuilder(stringBuilder, Encoding.Default);

    /// <summary>Calls for each line. The next line is read when the call has ended.</summary>
    public static PipeTarget ToDelegate(Func<string, CancellationToken, Task> handleLineAsync, Encoding encoding) =>
        Create(async (origin, cancellationToken) =>
        {
            using var reader = Read(origin, encoding);
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                await handleLineAsync(line, cancellationToken).ConfigureAwait(false);
            }
        });

    /// <summary>Calls for each line. The next line is read when the call has ended.</summary>
    public static PipeTarget ToDelegate(Func<string, CancellationToken, Task> handleLineAsync) =>
        ToDelegate(handleLineAsync, Encoding.Default);

    /// <summary>Calls for each line. The next line is read when the call has ended.</summary>
    public static PipeTarget ToDelegate(Func<string, Task> handleLineAsync, Encoding encoding) =>
        ToDelegate((line, _) => handleLineAsync(line), encoding);

    /// <summary>Calls for each line. The next line is read when the call has ended.</summary>
    public static PipeTarget ToDelegate(Func<string, Task> handleLineAsync) => ToDelegate(handleLineAsync, Encoding.Default);

    /// <summary>Calls for each line.</summary>
    public static PipeTarget ToDelegate(Action<string> handleLine, Encoding encoding) => ToDelegate(
        line =>
        {
            handleLine(line);
            return Task.CompletedTask;
        },
        encoding);

    /// <summary>Calls for each line.</summary>
    public static PipeTarget ToDelegate(Action<string> handleLine) => ToDelegate(handleLine, Encoding.Default);

    /// <summary>To several targets, all of the output to each.</summary>
    public static PipeTarget Merge(params IEnumerable<PipeTarget> targets)
    {
        var merged = targets
            .SelectMany(target => target is MergedTarget inner ? inner.Targets : [target])
            .Where(target => target != Null)
            .ToArray();
        return merged switch
        {
            [] => Null,
            [var only] => only,
            _ => new MergedTarget(merged),
        };
    }

    /// <summary>To several targets, all of the output to each.</summary>
    public static PipeTarget Merge(params PipeTarget[] targets) => Merge(targets.AsEnumerable());

    /// <summary>Reads all of it.</summary>
    /// <param name="origin">The process's output.</param>
    /// <param name="cancellationToken">Cancelled when the process is killed.</param>
    public abstract Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default);

    private static StreamReader Read(Stream origin, Encoding encoding) =>
        new(origin, encoding, detectEncodingFromByteOrderMarks: false, BufferSize, leaveOpen: true);

    private sealed class DelegateTarget(Func<Stream, CancellationToken, Task> copyFromAsync) : PipeTarget
    {
        public override async Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await copyFromAsync(origin, cancellationToken).ConfigureAwait(false);
        }
    }
}
