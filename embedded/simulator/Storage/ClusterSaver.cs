using System.Diagnostics;
using System.Threading.Channels;
using FogInfra.Embedded.Simulator.Clusters;
using Microsoft.Extensions.Logging;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>Saves a cluster a little after it has changed, and when it is stopped: many changes cost one write.</summary>
internal sealed partial class ClusterSaver : IAsyncDisposable
{
    private const int RestPerWork = 10; // A cluster that takes long to write is written more seldom, so that saving takes a tenth of the time at most.

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(300);

    private readonly ClusterFile _file;
    private readonly ClusterSpec _spec;
    private readonly ObjectStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _run;
    private long _savedRevision = -1;
    private bool _isForgotten;

    /// <summary>Starts to save a cluster.</summary>
    public ClusterSaver(ClusterFile file, ClusterSpec spec, ObjectStore store, TimeProvider time, ILogger logger)
    {
        (_file, _spec, _store, _time, _logger) = (file, spec, store, time, logger);
        store.Observe(_ => _changed.Writer.TryWrite(true));
        _changed.Writer.TryWrite(true);
        _run = Task.Run(RunAsync);
    }

    /// <summary>Stops without saving, and removes the file: the cluster is deleted.</summary>
    public async Task ForgetAsync()
    {
        _isForgotten = true;
        await DisposeAsync().ConfigureAwait(false);
        File.Delete(_file.Path);
    }

    /// <summary>Saves what was not saved yet, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        if (!_isForgotten) await SaveAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _changed.Reader.WaitToReadAsync(_stopping.Token).ConfigureAwait(false))
            {
                _changed.Reader.TryRead(out _);
                var started = Stopwatch.GetTimestamp();
                await SaveAsync().ConfigureAwait(false);
                var pause = Stopwatch.GetElapsedTime(started) * RestPerWork;
                await Task.Delay(pause > ShortestPause ? pause : ShortestPause, _time, _stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The last save follows.
        }
    }

    private async Task SaveAsync()
    {
        var revision = _store.Revision;
        if (revision == _savedRevision) return;
        try
        {
            await _file.WriteAsync(_spec, _store, CancellationToken.None).ConfigureAwait(false);
            _savedRevision = revision;
        }
        catch (IOException error)
        {
            LogNotSaved(_logger, error, _spec.Name); // A full disk must not stop the cluster; the next change tries again.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cluster {Name} could not be saved")]
    private static partial void LogNotSaved(ILogger logger, Exception error, string name);
}
