using System.Diagnostics;
using System.Globalization;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests.Killing;

/// <summary>
/// Rollouts whose runner is killed with SIGKILL, or stopped, and which are taken up again from their journals. The clusters count what is
/// done to them. More kills at random moments: FOG_KILLS=200.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultKills = 10;
    private const int Exited = 128 + 9;

    private readonly string _folder = Directory.CreateTempSubdirectory("fog-kill-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task KilledAfterEachEntryOnce_Resumed_NoStepIsDoneTwice_AndTheEndIsTheSame()
    {
        var whole = Site("whole", TimeSpan.Zero);
        whole.Check([], await whole.RunAsync(journal => journal, Cancellation));
        var entries = whole.Rollout.Read().Entries.Count;

        await Parallel.ForEachAsync(Enumerable.Range(1, entries - 1), Two, async (entry, _) =>
        {
            var victim = new Victim(Path.Combine(_folder, $"after-{entry}"), entry, TimeSpan.Zero);
            Assert.Equal(Exited, await EndOfAsync(victim.Start()));
            Assert.Equal(entry, await ResumeAsync(victim));
        });
        output.WriteLine($"killed after each of {entries - 1} entries");
    }

    [Fact]
    public async Task KilledAtRandomMoments_Resumed_NoStepIsDoneTwice_AndTheEndIsTheSame()
    {
        var given = Environment.GetEnvironmentVariable("FOG_KILLS");
        var kills = given is null ? DefaultKills : int.Parse(given, CultureInfo.InvariantCulture);
        var random = new Random(20261127);
        var moments = Enumerable.Range(0, kills).Select(_ => random.Next(0, 150)).ToList();
        var inTheMiddle = 0;

        await Parallel.ForEachAsync(moments.Index(), Two, async (moment, _) =>
        {
            var victim = new Victim(Path.Combine(_folder, $"random-{moment.Index}"), 0, TimeSpan.FromMilliseconds(10));
            using var process = victim.Start();
            await process.StandardOutput.ReadLineAsync(Cancellation);
            await Task.Delay(moment.Item, Cancellation);
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
            var entries = SiteOf(victim).Rollout.Read().Entries;
            if (entries[^1].Event is not RolloutEvent.Finished)
            {
                Interlocked.Increment(ref inTheMiddle);
                await ResumeAsync(victim);
            }
        });
        output.WriteLine($"{kills} kills, {inTheMiddle} of them before the end");
        Assert.True(inTheMiddle > 0, "No kill came before the end of its rollout.");
    }

    [Fact]
    public async Task Stopped_TakenOver_IsRefusedWhenItWakes_AndNoStepIsDoneTwice()
    {
        var victim = new Victim(Path.Combine(_folder, "stopped"), 0, TimeSpan.FromMilliseconds(10));
        var site = SiteOf(victim);
        site.Clusters.HoldEdge(true); // So that it cannot come to its end before it is stopped.
        using var process = victim.Start();
        await process.StandardOutput.ReadLineAsync(Cancellation);
        while (!site.Rollout.Read().Entries.Any(entry => entry.Event is RolloutEvent.StackFinished))
        {
            await Task.Delay(5, Cancellation);
        }

        await SignalAsync("-STOP", process);
        Assert.Contains($"process {process.Id}", (await Assert.ThrowsAsync<LeaseLostException>(() => site.ResumeAsync(force: false, Cancellation))).Message, StringComparison.Ordinal);
        var before = site.Rollout.Read().Entries;
        Assert.IsNotType<RolloutEvent.Finished>(before[^1].Event);
        site.Clusters.HoldEdge(false);
        var report = await site.ResumeAsync(force: true, Cancellation);
        var journal = await File.ReadAllTextAsync(site.Rollout.Journal, Cancellation);
        await SignalAsync("-CONT", process);

        var refusal = await process.StandardError.ReadToEndAsync(Cancellation);
        Assert.Equal(Victim.Refused, await EndOfAsync(process));
        Assert.Contains($"was taken over by process {Environment.ProcessId}", refusal, StringComparison.Ordinal);
        Assert.Equal(journal, await File.ReadAllTextAsync(site.Rollout.Journal, Cancellation));
        site.Check(before, report);
    }

    [Fact]
    public async Task TwoTakeOverAtOnce_OneOfThemDoes()
    {
        var victim = new Victim(Path.Combine(_folder, "contested"), 7, TimeSpan.Zero);
        await EndOfAsync(victim.Start());

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            try
            {
                return RolloutJournal.TakeOver(SiteOf(victim).Rollout, TimeProvider.System).Journal;
            }
            catch (LeaseLostException)
            {
                return null;
            }
        }, Cancellation)));

        await using var winner = Assert.Single(attempts, journal => journal is not null);
    }

    private static ParallelOptions Two => new() { MaxDegreeOfParallelism = 2, CancellationToken = Cancellation };

    // How many entries there were before.
    private static async Task<int> ResumeAsync(Victim victim)
    {
        var site = SiteOf(victim);
        var before = site.Rollout.Read().Entries;
        site.Check(before, await site.ResumeAsync(force: false, Cancellation));
        return before.Count;
    }

    private static KillSite SiteOf(Victim victim) => new(victim.Folder, TimeSpan.Zero);

    private KillSite Site(string name, TimeSpan delay) => new(Path.Combine(_folder, name), delay);

    private static async Task<int> EndOfAsync(Process process)
    {
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode;
    }

    private static async Task SignalAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }
}
