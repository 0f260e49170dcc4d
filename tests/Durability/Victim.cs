using System.Diagnostics;
using System.Globalization;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Secrets;

namespace FogInfra.Durability;

/// <summary>A command that runs in a process of its own, to be killed.</summary>
/// <param name="Root">The site's folder.</param>
/// <param name="Command">The command: up, refresh or destroy.</param>
/// <param name="Seed">Of the program.</param>
/// <param name="KillAt">The process kills itself before the change of a file that has this number, from 1; 0 for never.</param>
/// <param name="Torn">It first writes half of what was to be written.</param>
/// <param name="Parallel">How many operations run at a time.</param>
/// <param name="FailureRate">How many calls of a thousand fail.</param>
internal sealed record Victim(string Root, string Command, int Seed, int KillAt, bool Torn, int Parallel, int FailureRate)
{
    /// <summary>The line that says that the update is under way.</summary>
    public const string Marker = "@under way";

    private const string Verb = "victim";
    private const string KeyVariable = "ENGINE_KILLS_KEY";

    /// <summary>The arguments of the command, for this process or another.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        Command, "--stack", "dev", "--yes", "--skip-preview", "--debug", "--parallel", Parallel.ToString(CultureInfo.InvariantCulture),
        "--event-log", "events.log",
    ];

    /// <summary>Reads the victim that this process is to be; null when it is none.</summary>
    public static Victim? TryParse(string[] arguments) => arguments is [Verb, var root, var command, var seed, var killAt, var torn, var parallel, var failures]
        ? new Victim(root, command, Number(seed), Number(killAt), torn == "torn", Number(parallel), Number(failures))
        : null;

    /// <summary>Starts it in a process of its own, which gets the stack's key so that it need not spend a second on deriving it.</summary>
    public async Task<Process> StartAsync(Site site)
    {
        string[] arguments =
        [
            Verb, Root, Command, Text(Seed), Text(KillAt), Torn ? "torn" : "whole", Text(Parallel), Text(FailureRate),
        ];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[KeyVariable] = await site.ExportKeyAsync();
        return Process.Start(start)!;
    }

    /// <summary>Does it in this process.</summary>
    public async Task<int> RunAsync()
    {
        var site = new Site(Root, new PassphraseKeyCache());
        site.ImportKey(Environment.GetEnvironmentVariable(KeyVariable)!);
        var told = 0;
        var outcome = await site.RunAsync(
            Arguments,
            new Revision(Seed),
            new Random(Seed),
            FailureRate,
            () =>
            {
                if (Interlocked.Exchange(ref told, 1) == 0)
                {
                    Console.Out.WriteLine(Marker);
                    Console.Out.Flush();
                }
            },
            new Reaper(KillAt, Torn));
        await Console.Out.WriteLineAsync(outcome.Out);
        await Console.Error.WriteLineAsync(outcome.Error);
        return outcome.ExitCode;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Kills the process at a change of a file, and says at its end how many there were.</summary>
    private sealed class Reaper(int killAt, bool torn) : IWriteObserver
    {
        private int _changes;

        public void Before(FileChange change, string path, ReadOnlyMemory<byte> content)
        {
            var number = Interlocked.Increment(ref _changes);
            if (killAt == 0)
            {
                Console.Out.WriteLine(FormattableString.Invariant($"@change {number} {change}"));
            }

            if (number != killAt)
            {
                return;
            }

            if (torn && !content.IsEmpty)
            {
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                file.Write(content.Span[..(content.Length / 2)]);
            }

            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite); // Until the signal is there.
        }
    }
}
