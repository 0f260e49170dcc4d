namespace FogInfra.Embedded.Engine.Backend;

/// <summary>Writes files so that a reader sees the old content or the new, never a part; readable for their owner only.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string TemporaryEnd = ".tmp";
    private const int UniqueLength = 32;

    /// <summary>Writes a file; its folder is made where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All that it is to hold.</param>
    /// <param name="cancellationToken">Leaves the file as it was.</param>
    /// <param name="observer">Told of each change before it is made; null for nobody.</param>
    /// <param name="toDisk">Whether the content is on the disk itself before it gets its name, which takes some milliseconds.</param>
    public static async Task WriteAsync(
        string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken, IWriteObserver? observer = null, bool toDisk = true)
    {
        var temporary = TemporaryFor(path);
        try
        {
            observer?.Before(FileChange.Write, temporary, content);
            await using (var stream = OpenPrivate(temporary, FileMode.CreateNew))
            {
                await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: toDisk);
            }

            observer?.Before(FileChange.Rename, path, default);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // There only when writing or moving failed.
        }
    }

    /// <summary>Copies a file to another name in the same way.</summary>
    public static void Copy(string from, string to, IWriteObserver? observer = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        var temporary = TemporaryFor(to);
        observer?.Before(FileChange.Copy, from, default);
        File.Copy(from, temporary); // Keeps the mode.
        observer?.Before(FileChange.Rename, to, default);
        File.Move(temporary, to, overwrite: true);
    }

    /// <summary>Deletes what writers of files in a folder have left there that were killed.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="isOurs">Whether nobody else writes a file of that name now.</param>
    public static void DeleteLeftovers(string folder, Func<string, bool> isOurs)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, ".*" + TemporaryEnd) : [])
        {
            var name = Path.GetFileName(file.AsSpan());
            var end = name.Length - TemporaryEnd.Length - UniqueLength - 1;
            if (end > 1 && name[end] == '.' && isOurs(name[1..end].ToString()))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Opens a file to write that only its owner can read; its folder is made where it is missing.</summary>
    public static FileStream OpenPrivate(string path, FileMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions
        {
            Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    private static string TemporaryFor(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{TemporaryEnd}");
}
