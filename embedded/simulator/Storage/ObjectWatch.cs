using System.Threading.Channels;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>The changes of a resource as they happen.</summary>
internal sealed class ObjectWatch(IReadOnlyList<ObjectChange> missed, ChannelReader<ObjectChange> changes, Action end) : IDisposable
{
    /// <summary>The changes between the revision asked for and the start of the watch.</summary>
    public IReadOnlyList<ObjectChange> Missed { get; } = missed;

    /// <summary>The changes since. It ends when the watcher was too slow, or the resource is no longer served.</summary>
    public ChannelReader<ObjectChange> Changes { get; } = changes;

    /// <inheritdoc/>
    public void Dispose() => end();
}
