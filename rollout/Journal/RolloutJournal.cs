using System.Globalization;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>
/// Writes a rollout down as it happens: a file of hash-chained lines, each on the disk before the step that it announces is taken. What a
/// stack had before is among it, so that the file alone tells what to go back to. A runner whose lease was taken is refused.
/// </summary>
internal sealed class RolloutJournal : IRolloutJournal, IAsyncDisposable
{
    private readonly Lease _lease;
    private readonly FileStream _file;
    private Action? _begun;
    private string _head;
    private int _number;

    private RolloutJournal(RolloutFolder folder, Lease lease, FileStream file, string head, int number)
    {
        Folder = folder;
        _lease = lease;
        _file = file;
        _head = head;
        _number = number;
    }

    /// <summary>The rollout's folder.</summary>
    public RolloutFolder Folder { get; }

    /// <summary>Opens the journal of a rollout that begins now.</summary>
    /// <param name="journals">The project's folder of rollouts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="begun">Called when the first entry is on the disk.</param>
    public static RolloutJournal Open(string journals, TimeProvider time, Action? begun = null)
    {
        Directory.CreateDirectory(journals);
        var id = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var folder = new RolloutFolder(Path.Combine(journals, id));
        CreatePrivate(folder.Path);
        CreatePrivate(folder.Commands);
        var lease = Lease.Take(folder.Path, LeaseHolder.Here(time), force: false);
        return new RolloutJournal(folder, lease, Create(folder.Journal), JournalChain.Origin(id), 0) { _begun = begun };
    }

    /// <summary>Takes over the journal of a rollout whose runner is gone.</summary>
    /// <param name="folder">The rollout's folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="force">Whether to take it over also from a runner that is still there, such as one that is paused.</param>
    /// <returns>The journal to go on with, and what it has.</returns>
    /// <exception cref="LeaseLostException">Another runs the rollout.</exception>
    /// <exception cref="InvalidDataException">The chain is broken: what happened is not known.</exception>
    public static (RolloutJournal Journal, RecordedRollout Rollout) TakeOver(RolloutFolder folder, TimeProvider time, bool force = false)
    {
        var lease = Lease.Take(folder.Path, LeaseHolder.Here(time), force);
        try
        {
            var rollout = folder.Read();
            return rollout.Content is { Fault: { } fault }
                ? throw new InvalidDataException($"The journal of rollout {folder.Id} is broken at line {fault.Line}: {fault.Reason}.")
                : (new RolloutJournal(folder, lease, Copy(folder.Journal, rollout.Content.IntactBytes), rollout.Content.Head, rollout.Entries.Count), rollout);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(RolloutEntry entry, CancellationToken cancellationToken)
    {
        RequireLease();
        var line = EntryJson.WriteLine(new JournalLine(_number + 1, _lease.Epoch, _head, entry.At, entry.Event));

        // Not cancelled: what is announced must be on the disk, and what has happened must be told.
        await _file.WriteAsync((byte[])[.. line, (byte)'\n'], CancellationToken.None).ConfigureAwait(false);
        _file.Flush(flushToDisk: true);
        RequireLease(); // Who was paused while it wrote must not take the step either.
        (_head, _number) = (JournalChain.HashOf(line), _number + 1);
        _begun?.Invoke();
        _begun = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        _lease.Dispose();
    }

    private void RequireLease()
    {
        if (!_lease.IsHeld)
        {
            throw new LeaseLostException(
                $"Rollout {Folder.Id} was taken over by {Lease.HolderOf(Folder.Path)?.ToString() ?? "another process"}; this one does nothing more.");
        }
    }

    // A new file in the place of the old one, without what was not written to its end: the runner before has the old one open, if it is
    // still there, and what it may still write must not come between.
    private static FileStream Copy(string journal, int length)
    {
        var temporary = $"{journal}.new";
        File.Delete(temporary);
        var file = Create(temporary);
        using (var old = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            var content = new byte[length];
            old.ReadExactly(content);
            file.Write(content);
        }

        file.Flush(flushToDisk: true);
        File.Move(temporary, journal, overwrite: true);
        return file;
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // Workloads may hold values of environment variables.
        }

        return new FileStream(path, options);
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
