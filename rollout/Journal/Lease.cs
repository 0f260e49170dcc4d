using System.Globalization;
using System.Text.Json;

namespace FogInfra.Rollout.Journal;

/// <summary>Who runs a rollout.</summary>
/// <param name="Host">The machine.</param>
/// <param name="Process">The process on it.</param>
/// <param name="Since">Since when.</param>
internal sealed record LeaseHolder(string Host, int Process, DateTimeOffset Since)
{
    /// <summary>This process.</summary>
    public static LeaseHolder Here(TimeProvider time) => new(Environment.MachineName, Environment.ProcessId, time.GetUtcNow());

    /// <summary><c>process 41 on gateway</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Host}");
}

/// <summary>The rollout belongs to another runner.</summary>
public sealed class LeaseLostException : IOException
{
    /// <summary>It does.</summary>
    public LeaseLostException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// The right to run a rollout: a file with a fencing number (its epoch) that only one process can make, and beside it a lock that the
/// system frees when that process ends, however it ends. Who takes over makes the file with the next number, and from then on
/// the one before is refused, also when it was only paused and does not know yet.
/// </summary>
internal sealed class Lease : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    private Lease(string folder, int epoch, FileStream @lock)
    {
        _folder = folder;
        Epoch = epoch;
        _lock = @lock;
    }

    /// <summary>The fencing number, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Whether nobody has taken over.</summary>
    public bool IsHeld => !File.Exists(FileOf(_folder, Epoch + 1));

    /// <summary>Takes the lease of a rollout, new or from one that is gone.</summary>
    /// <param name="folder">The rollout's folder.</param>
    /// <param name="holder">Who takes it.</param>
    /// <param name="force">Whether to take it also from one that still runs.</param>
    /// <exception cref="LeaseLostException">Another runs the rollout, or takes it over at this moment.</exception>
    public static Lease Take(string folder, LeaseHolder holder, bool force)
    {
        var epoch = CurrentEpoch(folder);
        if (!force && IsAlive(folder))
        {
            throw new LeaseLostException($"It is being run by {HolderOf(folder)}.");
        }

        var next = epoch + 1;
        var @lock = TryLock(folder, next) ?? throw new LeaseLostException("Another process is taking it over at this moment.");
        try
        {
            using var file = new FileStream(FileOf(folder, next), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            JsonSerializer.Serialize(file, holder, JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
            return new Lease(folder, next, @lock);
        }
        catch (IOException) when (File.Exists(FileOf(folder, next)))
        {
            @lock.Dispose();
            throw new LeaseLostException("Another process has just taken it over.");
        }
    }

    /// <summary>Whether the process that took the rollout last still is there; it may be paused.</summary>
    public static bool IsAlive(string folder)
    {
        if (CurrentEpoch(folder) is not (> 0 and var epoch))
        {
            return false;
        }

        try
        {
            // A shared look: who looks at the same time does not take the other for a runner.
            using var free = new FileStream(LockOf(folder, epoch), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true; // Its runner has it.
        }
    }

    /// <summary>Who took the rollout last; null when nobody has, or just is.</summary>
    public static LeaseHolder? HolderOf(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<LeaseHolder>(File.ReadAllText(FileOf(folder, CurrentEpoch(folder))), JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static int CurrentEpoch(string folder) => Directory.EnumerateFiles(folder, "lease.*")
        .Select(file => int.TryParse(Path.GetExtension(file).TrimStart('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0)
        .DefaultIfEmpty().Max();

    private static string FileOf(string folder, int epoch) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"lease.{epoch}"));

    private static string LockOf(string folder, int epoch) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"lock.{epoch}"));

    private static FileStream? TryLock(string folder, int epoch)
    {
        try
        {
            return new FileStream(LockOf(folder, epoch), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null; // Somebody has it.
        }
    }
}
