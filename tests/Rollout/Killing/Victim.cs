using System.Diagnostics;
using System.Globalization;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests.Killing;

/// <summary>A rollout in a process of its own, which is killed from outside or, with SIGKILL too, by itself after an entry of its journal.</summary>
/// <param name="Folder">Where it runs.</param>
/// <param name="KilledAfter">The number of the entry after which it kills itself; 0 for none.</param>
/// <param name="Delay">How long each update takes.</param>
internal sealed record Victim(string Folder, int KilledAfter, TimeSpan Delay)
{
    public const int Refused = 3;
    private const string Word = "rollout-to-be-killed";

    public static Victim? TryParse(string[] arguments) => arguments is [Word, var folder, var entry, var milliseconds]
        ? new Victim(folder, int.Parse(entry, CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)))
        : null;

    /// <summary>Starts it as a process. It writes a line when its journal has begun.</summary>
    public Process Start() => Process.Start(new ProcessStartInfo("dotnet",
    [
        Path.Combine(AppContext.BaseDirectory, $"{typeof(Victim).Assembly.GetName().Name}.dll"),
        Word,
        Folder,
        KilledAfter.ToString(CultureInfo.InvariantCulture),
        ((int)Delay.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
    ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["DOTNET_TieredPGO"] = "0" },
    })!;

    public async Task<int> RunAsync()
    {
        try
        {
            await new KillSite(Folder, Delay).RunAsync(journal => new DeadlyJournal(journal, KilledAfter), CancellationToken.None);
            return 0;
        }
        catch (LeaseLostException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Refused;
        }
    }

    private sealed class DeadlyJournal(IRolloutJournal journal, int killedAfter) : IRolloutJournal
    {
        private int _entries;

        public async ValueTask AppendAsync(RolloutEntry entry, CancellationToken cancellationToken)
        {
            await journal.AppendAsync(entry, cancellationToken);
            if (++_entries == 1)
            {
                Console.WriteLine("begun");
            }

            if (_entries == killedAfter)
            {
                Process.GetCurrentProcess().Kill();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }
        }
    }
}
