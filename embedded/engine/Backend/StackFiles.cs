using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>The files of one stack in a file backend.</summary>
/// <param name="root">The folder of the backend.</param>
/// <param name="name">The stack.</param>
/// <param name="observer">Who is told of each change before it is made; null for nobody.</param>
internal sealed class StackFiles(string root, StackName name, IWriteObserver? observer = null)
{
    /// <summary>The stack.</summary>
    public StackName Name { get; } = name;

    /// <summary>Whether the stack exists.</summary>
    public bool Exists => File.Exists(CheckpointFile);

    /// <summary>When the stack's state was last written.</summary>
    public DateTimeOffset LastWritten => File.GetLastWriteTimeUtc(CheckpointFile);

    /// <summary>The folder of the stack's locks.</summary>
    public string LockDirectory => Path.Combine(root, "locks", StackName.Organization, Name.Project, Name.Name);

    private string CheckpointFile => Path.Combine(root, "stacks", Name.Project, $"{Name.Name}.json");

    private string BackupFile => CheckpointFile + ".bak";

    private string JournalFile => CheckpointFile + ".journal";

    private string TagsFile => Path.Combine(root, "stacks", Name.Project, $"{Name.Name}.pulumi-tags");

    private string HistoryDirectory => Path.Combine(root, "history", Name.Project, Name.Name);

    private string BackupDirectory => Path.Combine(root, "backups", Name.Project, Name.Name);

    /// <summary>The checkpoint file's content, and the journal that goes on from it, if there is one.</summary>
    public async Task<(ReadOnlyMemory<byte> Checkpoint, Journal? Journal)> ReadAsync(CancellationToken cancellationToken)
    {
        var checkpoint = await ReadCheckpointAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (await ReadJournalAsync(checkpoint, cancellationToken).ConfigureAwait(false) is { } journal)
            {
                return (checkpoint, journal);
            }

            // An update that runs may have put its journal into a new checkpoint since the old one was read.
            var again = await ReadCheckpointAsync(cancellationToken).ConfigureAwait(false);
            if (again.Span.SequenceEqual(checkpoint.Span))
            {
                return (checkpoint, null);
            }

            checkpoint = again;
        }
    }

    /// <summary>The checkpoint file's content.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        await File.ReadAllBytesAsync(CheckpointFile, cancellationToken).ConfigureAwait(false);

    /// <summary>Writes the checkpoint file and keeps the one before as its backup.</summary>
    public async Task WriteCheckpointAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (Exists)
        {
            AtomicFile.Copy(CheckpointFile, BackupFile, observer);
        }

        await AtomicFile.WriteAsync(CheckpointFile, content, cancellationToken, observer).ConfigureAwait(false);
    }

    /// <summary>A run has left a journal, or one is under way.</summary>
    public bool HasJournal => File.Exists(JournalFile);

    /// <summary>Begins an empty journal, to which nothing is written but its end.</summary>
    public JournalFile CreateJournal() => new(AtomicFile.OpenPrivate(JournalFile, FileMode.Create), observer);

    /// <summary>Deletes the journal, when its changes are in the checkpoint.</summary>
    public void DeleteJournal()
    {
        if (HasJournal)
        {
            observer?.Before(FileChange.Delete, JournalFile, default);
            File.Delete(JournalFile);
        }
    }

    /// <summary>Deletes what an update that was killed while it wrote a file has left behind. The caller holds the stack's lock.</summary>
    public void DeleteLeftovers()
    {
        foreach (var file in new[] { CheckpointFile, BackupFile, TagsFile })
        {
            AtomicFile.DeleteLeftovers(Path.GetDirectoryName(file)!, name => name == Path.GetFileName(file));
        }

        AtomicFile.DeleteLeftovers(HistoryDirectory, _ => true);
        AtomicFile.DeleteLeftovers(BackupDirectory, _ => true);
    }

    private async Task<Journal?> ReadJournalAsync(ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken)
    {
        if (!HasJournal)
        {
            return null;
        }

        try
        {
            var text = await File.ReadAllTextAsync(JournalFile, cancellationToken).ConfigureAwait(false);
            return JournalJson.Open(text, FileStateStore.HashOf(checkpoint.Span));
        }
        catch (FileNotFoundException)
        {
            return null; // The update that wrote it has ended just now.
        }
    }

    /// <summary>Copies the checkpoint to the backups; done after each update.</summary>
    public void BackUp(DateTimeOffset now)
    {
        if (Exists)
        {
            AtomicFile.Copy(CheckpointFile, Path.Combine(BackupDirectory, $"{Name.Name}.{Nanoseconds(now)}.json"), observer);
        }
    }

    /// <summary>Adds an update to the history, with the checkpoint that it led to.</summary>
    public async Task AddHistoryAsync(UpdateRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var prefix = Path.Combine(HistoryDirectory, $"{Name.Name}-{Nanoseconds(now)}");
        await AtomicFile.WriteAsync(prefix + ".history.json", record.ToFile(), cancellationToken, observer).ConfigureAwait(false);
        if (Exists)
        {
            AtomicFile.Copy(CheckpointFile, prefix + ".checkpoint.json", observer);
        }
    }

    /// <summary>The updates so far, newest first.</summary>
    /// <param name="pageSize">How many to give; 0 for all.</param>
    /// <param name="page">Which page of them, from 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<UpdateRecord>> ReadHistoryAsync(int pageSize, int page, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(HistoryDirectory))
        {
            return [];
        }

        var files = Directory.EnumerateFiles(HistoryDirectory, "*.history.json").OrderDescending(StringComparer.Ordinal);
        var chosen = pageSize > 0 ? files.Skip((Math.Max(page, 1) - 1) * pageSize).Take(pageSize) : files;
        var records = new List<UpdateRecord>();
        foreach (var file in chosen)
        {
            records.Add(UpdateRecord.FromFile(file, await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)));
        }

        return records;
    }

    /// <summary>The stack's tags.</summary>
    public async Task<SortedDictionary<string, string>> ReadTagsAsync(CancellationToken cancellationToken)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(TagsFile))
        {
            var json = JsonNode.Parse(await File.ReadAllBytesAsync(TagsFile, cancellationToken).ConfigureAwait(false));
            foreach (var (tag, value) in json?["tags"] as JsonObject ?? [])
            {
                tags[tag] = value?.GetValue<string>() ?? "";
            }
        }

        return tags;
    }

    /// <summary>Sets the stack's tags.</summary>
    public Task WriteTagsAsync(IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var json = new JsonObject
        {
            ["version"] = 1,
            ["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
        };
        return AtomicFile.WriteAsync(TagsFile, JsonSerializer.SerializeToUtf8Bytes(json), cancellationToken, observer);
    }

    /// <summary>Removes the stack: its checkpoint becomes a backup, its history and tags go.</summary>
    public void Remove(bool removeBackups)
    {
        File.Move(CheckpointFile, BackupFile, overwrite: true);
        DeleteJournal();
        File.Delete(TagsFile);
        DeleteDirectory(HistoryDirectory);
        if (removeBackups)
        {
            DeleteDirectory(BackupDirectory);
            File.Delete(BackupFile);
        }
    }

    /// <summary>Gives the stack's history and tags to another name and turns its checkpoint into a backup.</summary>
    public void MoveTo(StackFiles other)
    {
        File.Move(CheckpointFile, BackupFile, overwrite: true);
        DeleteJournal();
        if (File.Exists(TagsFile))
        {
            File.Move(TagsFile, other.TagsFile, overwrite: true);
        }

        if (!Directory.Exists(HistoryDirectory))
        {
            return;
        }

        Directory.CreateDirectory(other.HistoryDirectory);
        foreach (var file in Directory.EnumerateFiles(HistoryDirectory))
        {
            var fileName = other.Name.Name + Path.GetFileName(file)[Name.Name.Length..];
            File.Move(file, Path.Combine(other.HistoryDirectory, fileName), overwrite: true);
        }

        DeleteDirectory(HistoryDirectory);
    }

    private static void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static string Nanoseconds(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
