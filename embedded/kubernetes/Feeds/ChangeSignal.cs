using System.Threading.Channels;

namespace FogInfra.Embedded.Kubernetes.Feeds;

/// <summary>Tells one waiter that something has changed. Signals that come while it does not wait are kept as one.</summary>
internal sealed class ChangeSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Tells that something has changed.</summary>
    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Waits until something has changed since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _channel.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
