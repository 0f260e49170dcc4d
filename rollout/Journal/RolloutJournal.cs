using System.Globalization;
using System.Text;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>
/// Writes a rollout down as it happens: a file of JSON lines, each on the disk before the step that it announces is taken. What a stack
/// had before is among it, so that the file alone tells what to go back to.
/// </summary>
internal sealed class RolloutJournal : IRolloutJournal, IAsyncDisposable
{
    private readonly FileStream _file;

    private RolloutJournal(FileStream file) => _file = file;

    /// <summary>Opens the journal of a rollout that begins now.</summary>
    /// <param name="folder">The folder of the project's journals.</param>
    /// <param name="time">The clock.</param>
    public static RolloutJournal Open(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var id = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // Workloads may hold values of environment variables.
        }

        return new RolloutJournal(new FileStream(Path.Combine(folder, $"{id}{JournalFile.Extension}"), options));
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(RolloutEntry entry, CancellationToken cancellationToken)
    {
        // Not cancelled: what is announced must be on the disk, and what has happened must be told.
        await _file.WriteAsync(Encoding.UTF8.GetBytes($"{EntryJson.Write(entry)}\n"), CancellationToken.None).ConfigureAwait(false);
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
