using System.Text;

namespace Pulumi.Automation.Events;

/// <summary>Receives events from a file that the engine writes, one line for each.</summary>
internal sealed class EventFile : IEventReceiver
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly EventSink _sink;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("automation-logs-");
    private readonly CancellationTokenSource _commandEnded = new();
    private readonly List<byte> _begunLine = [];
    private readonly Task _following;
    private long _position;

    /// <param name="sink">Where the events go.</param>
    /// <param name="time">Says when to look at the file.</param>
    public EventFile(EventSink sink, TimeProvider time)
    {
        _sink = sink;
        Location = Path.Combine(_folder.FullName, "eventlog.txt");
        _following = FollowAsync(time);
    }

    public string Location { get; }

    public async ValueTask DisposeAsync()
    {
        await StopFollowingAsync().ConfigureAwait(false);
        _commandEnded.Dispose();
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // It is in the system's temporary folder, and will be cleaned up there.
        }
    }

    public async Task CompleteAsync()
    {
        await StopFollowingAsync().ConfigureAwait(false);
        await ReadAsync().ConfigureAwait(false);
        PublishLine(); // The last line may lack its end.
    }

    private async Task FollowAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_commandEnded.Token).ConfigureAwait(false))
            {
                await ReadAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_commandEnded.IsCancellationRequested)
        {
            // The rest is read once more, by the one who stopped this.
        }
    }

    private async Task StopFollowingAsync()
    {
        await _commandEnded.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        if (!File.Exists(Location))
        {
            return;
        }

        var file = new FileStream(Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite) { Position = _position };
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[64 * 1024];
            while (await file.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            {
                _position += count;
                Take(buffer.AsSpan(0, count));
            }
        }
    }

    // The engine may be in the middle of a line; its beginning is kept until the end comes.
    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _begunLine.AddRange(bytes[..end]);
            PublishLine();
            bytes = bytes[(end + 1)..];
        }

        _begunLine.AddRange(bytes);
    }

    private void PublishLine()
    {
        var line = Encoding.UTF8.GetString([.. _begunLine]);
        _begunLine.Clear();
        _sink.Publish(line);
    }
}
