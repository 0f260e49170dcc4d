using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FogInfra.Clusters.Tools;

/// <summary>
/// Finds and ends processes that an earlier run of this program started and that have outlived it, because it was killed. They are
/// known by a variable of their environment, which their own children inherit.
/// </summary>
internal static class MarkedProcesses
{
    /// <summary>The variable.</summary>
    public const string Variable = "FOGINFRA_MARK";

    /// <summary>Ends every process with a mark, and waits until it is gone.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> EndAsync(string mark, CancellationToken cancellationToken)
    {
        var ended = 0;
        // One of them may have started another while they were being ended; so until there is none.
        while (Find(mark) is { Count: > 0 } found)
        {
            foreach (var process in found)
            {
                using (process)
                {
                    process.Kill();
                    await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                    ended++;
                }
            }
        }

        return ended;
    }

    // Linux shows the environment of the own user's processes. Elsewhere a killed run's children end by themselves, or fail.
    private static List<Process> Find(string mark)
    {
        var found = new List<Process>();
        if (!OperatingSystem.IsLinux())
        {
            return found;
        }

        var wanted = Encoding.UTF8.GetBytes($"{Variable}={mark}");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
            {
                continue;
            }

            try
            {
                if (Contains(File.ReadAllBytes(Path.Combine(folder, "environ")), wanted))
                {
                    found.Add(Process.GetProcessById(id));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // It has ended meanwhile, or is another user's.
            }
        }

        return found;
    }

    private static bool Contains(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> wanted)
    {
        foreach (var range in environment.Split((byte)0))
        {
            if (environment[range].SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }
}
