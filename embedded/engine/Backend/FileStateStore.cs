using System.Buffers;
using System.Security.Cryptography;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>
/// Keeps the state of a run in the stack's files: the checkpoint, and a journal beside it while the run goes on. Called by one
/// writer at a time; <see cref="SyncAsync"/> by anyone.
/// </summary>
internal sealed class FileStateStore : IStateStore, IDisposable
{
    // A journal may grow to this size, or to this many times that of the checkpoint, before a new checkpoint is cheaper to keep. An
    // update of thousands of resources ends before; one that goes on for days does not fill the disk.
    private const long SmallestDueJournal = 64 * 1024 * 1024;
    private const int DueFactor = 4;

    private readonly StackFiles _files;
    private readonly ISecretsManager _secrets;
    private readonly SnapshotWriter _writer;
    private readonly Func<Manifest> _createManifest;
    private readonly ArrayBufferWriter<byte> _lines = new(); // Kept, so that appending takes no new memory.
    private JournalFile? _journal;
    private string _checkpointHash;
    private long _checkpointSize;

    private FileStateStore(StackFiles files, ISecretsManager secrets, Func<Manifest> createManifest, ReadOnlyMemory<byte> checkpoint)
    {
        _files = files;
        _secrets = secrets;
        _writer = new SnapshotWriter(ValueJson.Encrypted(secrets));
        _createManifest = createManifest;
        _checkpointHash = HashOf(checkpoint.Span);
        _checkpointSize = checkpoint.Length;
    }

    /// <inheritdoc/>
    public SecretsProviderState Secrets => _secrets.State;

    /// <inheritdoc/>
    public bool IsCheckpointDue => _journal is { } journal && journal.Length > Math.Max(SmallestDueJournal, DueFactor * _checkpointSize);

    /// <summary>Opens the store of a stack. The caller holds its lock and has seen to it that there is no journal.</summary>
    public static async Task<FileStateStore> OpenAsync(
        StackFiles files, ISecretsManager secrets, Func<Manifest> createManifest, CancellationToken cancellationToken) =>
        new(files, secrets, createManifest, await files.ReadCheckpointAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>The SHA-256 of a checkpoint file, in hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> checkpoint) => Convert.ToHexStringLower(SHA256.HashData(checkpoint));

    /// <inheritdoc/>
    public Manifest CreateManifest() => _createManifest();

    /// <inheritdoc/>
    public async Task WriteCheckpointAsync(Func<bool, Snapshot?> takeSnapshot)
    {
        if (takeSnapshot(_journal is null) is not { } snapshot)
        {
            return;
        }

        var checkpoint = _writer.ToCheckpoint(_files.Name.ToString(), snapshot);
        await _files.WriteCheckpointAsync(checkpoint, CancellationToken.None).ConfigureAwait(false);
        _checkpointHash = HashOf(checkpoint.Span);
        _checkpointSize = checkpoint.Length;
        _journal?.Supersede();
        _journal = null;
        _files.DeleteJournal(); // It names another checkpoint, so it would not count even if it stayed.
    }

    /// <inheritdoc/>
    public Task AppendAsync(StateImage image, IReadOnlyList<StateChange[]> changes)
    {
        _lines.ResetWrittenCount();
        if (_journal is null)
        {
            _journal = _files.CreateJournal();
            JournalJson.WriteHeader(_lines, _checkpointHash, image.KeepsPendingCreates, _secrets.State);
        }

        foreach (var group in changes)
        {
            JournalJson.Write(_lines, group, _writer);
        }

        _journal.Append(_lines.WrittenMemory);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SyncAsync() => _journal?.SyncAsync() ?? Task.CompletedTask; // Without a journal all of it is in the checkpoint.

    /// <summary>Closes the journal. One that is left is read by the next command on the stack.</summary>
    public void Dispose() => _journal?.Dispose();
}
