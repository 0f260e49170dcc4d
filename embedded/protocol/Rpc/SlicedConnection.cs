using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>
/// A connection of which the server takes a few requests at a time. A program that registers thousands of resources sends as many requests
/// at once. Kestrel by itself begins all of them before it answers the first, and so keeps thousands alive; here those that have arrived
/// get their turn on the thread pool before the next are taken. No request waits for the end of another.
/// </summary>
internal sealed class SlicedConnection : IDuplexPipe
{
    /// <summary>Bytes: a handful of requests of the usual size.</summary>
    private const int SliceSize = 8 * 1024;

    private SlicedConnection(IDuplexPipe transport) => (Input, Output) = (new Reader(transport.Input), transport.Output);

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>The middleware for the connections of a server.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate next) => connection =>
    {
        connection.Transport = new SlicedConnection(connection.Transport);
        return next(connection);
    };

    private sealed class Reader(PipeReader inner) : PipeReader
    {
        private SequencePosition _start;
        private bool _isCut;
        private bool _isTooShort;

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (_isCut)
            {
                await Task.Yield(); // To the end of the thread pool's queue, in which the requests of the last slice are.
            }

            return Cut(await inner.ReadAsync(cancellationToken).ConfigureAwait(false));
        }

        public override bool TryRead(out ReadResult result)
        {
            var isRead = inner.TryRead(out result);
            result = isRead ? Cut(result) : result;
            return isRead;
        }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            _isTooShort = _isCut && consumed.Equals(_start);
            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        // A frame that is larger than a slice, of which the last read has used nothing, is given whole.
        private ReadResult Cut(ReadResult result)
        {
            _start = result.Buffer.Start;
            _isCut = !_isTooShort && result.Buffer.Length > SliceSize;
            return _isCut ? new ReadResult(result.Buffer.Slice(0, SliceSize), result.IsCanceled, isCompleted: false) : result;
        }
    }
}
