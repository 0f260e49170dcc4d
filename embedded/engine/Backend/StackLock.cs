using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>
/// A lock on a stack: a file in its lock folder. The folder is looked at before and after the own file is written, so of two who
/// come at once at least one gives way.
/// </summary>
internal sealed class StackLock : IAsyncDisposable
{
    private readonly string _file;

    private StackLock(string file) => _file = file;

    /// <summary>Locks a stack.</summary>
    /// <exception cref="BackendException">Somebody else has locked it.</exception>
    public static async Task<StackLock> AcquireAsync(StackFiles stack, TimeProvider clock, CancellationToken cancellationToken)
    {
        var file = Path.Combine(stack.LockDirectory, $"{Guid.NewGuid()}.json");
        await ThrowIfLockedAsync(stack, file, cancellationToken).ConfigureAwait(false);
        var content = new JsonObject
        {
            ["pid"] = Environment.ProcessId,
            ["username"] = Environment.UserName,
            ["hostname"] = Environment.MachineName,
            ["timestamp"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        };

        // Who holds a lock does not outlive a loss of power, so the lock need not either.
        await AtomicFile.WriteAsync(file, JsonSerializer.SerializeToUtf8Bytes(content), cancellationToken, toDisk: false).ConfigureAwait(false);
        var own = new StackLock(file);
        try
        {
            await ThrowIfLockedAsync(stack, file, cancellationToken).ConfigureAwait(false);
            return own;
        }
        catch
        {
            await own.DisposeAsync().ConfigureAwait(false); // Whatever went wrong, no lock may stay behind.
            throw;
        }
    }

    /// <summary>Deletes all locks of a stack, whoever holds them.</summary>
    public static void BreakAll(StackFiles stack)
    {
        foreach (var file in LockFiles(stack))
        {
            File.Delete(file);
        }
    }

    /// <summary>Unlocks.</summary>
    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path.GetDirectoryName(_file)))
        {
            File.Delete(_file);
        }

        return ValueTask.CompletedTask;
    }

    private static string[] LockFiles(StackFiles stack) =>
        Directory.Exists(stack.LockDirectory)
            ? [.. Directory.EnumerateFiles(stack.LockDirectory, "*.json").Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)]
            : [];

    private static async Task ThrowIfLockedAsync(StackFiles stack, string own, CancellationToken cancellationToken)
    {
        var others = LockFiles(stack).Where(file => file != own).ToArray();
        if (others.Length == 0)
        {
            return;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"the stack is currently locked by {others.Length} lock(s). ");
        text.Append("Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.");
        foreach (var file in others)
        {
            text.Append("\n  ").Append(await DescribeAsync(file, cancellationToken).ConfigureAwait(false));
        }

        throw new BackendException(text.ToString());
    }

    private static async Task<string> DescribeAsync(string file, CancellationToken cancellationToken)
    {
        var url = new Uri(file).AbsoluteUri;
        try
        {
            var json = JsonNode.Parse(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false))!;
            return $"{url}: created by {json["username"]}@{json["hostname"]} (pid {json["pid"]}) at {json["timestamp"]}";
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return url; // Unlocked at this moment, or written by something else; it is a lock all the same.
        }
    }
}
