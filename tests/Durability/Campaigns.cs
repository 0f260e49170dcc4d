using System.Diagnostics;
using FogInfra.Embedded.Engine.Secrets;

namespace FogInfra.Durability;

/// <summary>Kills commands at random moments, and at each write, and has each aftermath checked.</summary>
internal sealed class Campaigns(string root, int seed, PassphraseKeyCache keys, Tally tally, TextWriter log)
{
    private const int Attempts = 5;

    private static readonly string[] Commands = ["up", "up", "up", "up", "up", "up", "up", "up", "refresh", "destroy"];

    /// <summary>One stack that lives through so many kills at random moments.</summary>
    /// <param name="number">Which of several; each has its own seed.</param>
    /// <param name="kills">How many kills.</param>
    public async Task KillAtRandomAsync(int number, int kills)
    {
        var site = await NewSiteAsync($"random{number}");
        var random = new Random(seed + number);
        var span = 400.0; // Milliseconds in which the kill comes; follows how long commands take.
        var done = 0;
        for (var turn = 0; done < kills; turn++)
        {
            var victim = new Victim(
                Path.Combine(root, $"random{number}"), Commands[random.Next(Commands.Length)], random.Next(), 0, false, random.Next(2) == 0 ? 8 : 2,
                random.Next(10) == 0 ? 20 : 0);
            var revision = new Revision(victim.Seed);
            var after = new Aftermath(site, tally);
            var wasKilled = false;
            try
            {
                wasKilled = await KillAfterAsync(site, victim, TimeSpan.FromMilliseconds(random.NextDouble() * span), after);
                span = Math.Clamp(span * (wasKilled ? 1.02 : 0.9), 50, 3000);
                await after.CheckAsync(victim, revision);
                if (victim.Command != "refresh")
                {
                    after.CheckEnd(victim.Command, revision, []);
                }

                if (turn % 10 == 0)
                {
                    await ExpectNoChangesAsync(site, victim, revision);
                    after.SearchFiles();
                }
            }
            catch (CheckException exception)
            {
                Fail($"random kill {number}.{turn} of {victim.Command} (seed {victim.Seed})", exception.Message);
                if (!wasKilled || tally.Failures.Count > 20)
                {
                    return;
                }

                site = await NewSiteAsync($"random{number}");
            }

            if (wasKilled)
            {
                done++;
                tally.Add("kills at random moments");
                tally.Add($"kills of {victim.Command}");
                if (done % 25 == 0)
                {
                    await log.WriteLineAsync($"  stack {number}: {done} of {kills} random kills");
                }
            }
        }

        site.Delete();
    }

    /// <summary>A command that is killed before each of its writes, and in the middle of each, always from the same start.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="command">The command.</param>
    /// <param name="before">The seed of the program that made the stack; null to start from nothing.</param>
    /// <param name="every">Only each so-manieth write.</param>
    /// <param name="workers">How many at a time.</param>
    public async Task KillAtEachWriteAsync(string name, string command, int? before, int every, int workers)
    {
        var start = await NewSiteAsync($"{name}-start");
        var victim = new Victim("", command, seed + 1, 0, false, 1, 0);
        if (before is { } made)
        {
            await start.RunAsync(victim.Arguments.Select(item => item == command ? "up" : item).ToArray(), new Revision(made), new Random(made), 0, () => { }, null);
        }

        var changes = await CountChangesAsync(start, victim with { Root = Path.Combine(root, $"{name}-count") });
        var points = changes.SelectMany((change, at) => IsTornToo(change, at) ? new[] { (at + 1, false), (at + 1, true) } : [(at + 1, false)])
            .Where((_, at) => at % every == 0).ToArray();
        await log.WriteLineAsync($"  {name}: {changes.Count} writes, of which {changes.Count(change => change == "Append")} to the journal; {points.Length} kills");
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            while (Interlocked.Increment(ref next) is var at && at < points.Length)
            {
                var (killAt, torn) = points[at];
                await KillAtWriteAsync(name, start, victim with { Root = Path.Combine(root, $"{name}-{worker}"), KillAt = killAt, Torn = torn }, changes[killAt - 1]);
            }
        }));
        start.Delete();
    }

    // Every write is tried whole; of the journal's, which are all alike, every fourth is also torn in two.
    private static bool IsTornToo(string change, int at) => change == "Write" || (change == "Append" && at % 4 == 0);

    private async Task KillAtWriteAsync(string name, Site start, Victim victim, string change)
    {
        var site = new Site(victim.Root, keys);
        var revision = new Revision(victim.Seed);
        var after = new Aftermath(site, tally);
        try
        {
            for (var attempt = 1; !await IsKilledAsync(site, start, victim, after); attempt++)
            {
                if (attempt == Attempts)
                {
                    throw new CheckException($"it was not killed {Attempts} times: there were always fewer writes");
                }
            }

            tally.Add($"kills {(victim.Torn ? "in the middle of" : "before")} {change}");
            tally.Add("kills at writes");
            await after.CheckAsync(victim, revision);
            after.CheckEnd(victim.Command, revision, []);
            after.SearchFiles();
            site.Delete();
        }
        catch (CheckException exception)
        {
            Fail($"{name}: kill {(victim.Torn ? "in the middle of" : "before")} write {victim.KillAt} ({change}), seed {victim.Seed}", exception.Message);
        }
    }

    // Whether the kill came. What is noted at the same moment shares a write, so that one time or another there are fewer of them.
    private static async Task<bool> IsKilledAsync(Site site, Site start, Victim victim, Aftermath after)
    {
        site.CopyFrom(start);
        using var process = await victim.StartAsync(site);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        after.Search(output + await error, "the output of the killed command");
        return process.ExitCode != 0;
    }

    private async Task<IReadOnlyList<string>> CountChangesAsync(Site start, Victim victim)
    {
        var site = new Site(victim.Root, keys);
        site.CopyFrom(start);
        using var process = await victim.StartAsync(site);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Trace.Assert(process.ExitCode == 0, output + await error);
        site.Delete();
        return [.. output.Split('\n').Where(line => line.StartsWith("@change ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[2])];
    }

    private async Task<bool> KillAfterAsync(Site site, Victim victim, TimeSpan wait, Aftermath after)
    {
        using var process = await victim.StartAsync(site);
        var error = process.StandardError.ReadToEndAsync();
        string? line;
        var shown = new List<string>();
        while ((line = await process.StandardOutput.ReadLineAsync()) is not null && line != Victim.Marker)
        {
            shown.Add(line);
        }

        var rest = process.StandardOutput.ReadToEndAsync();
        await Task.Delay(wait);
        process.Kill();
        await process.WaitForExitAsync();
        after.Search(string.Join('\n', shown) + await rest + await error, "the output of the killed command");
        return process.ExitCode == 128 + 9;
    }

    private static async Task ExpectNoChangesAsync(Site site, Victim victim, Revision revision)
    {
        if (victim.Command != "up")
        {
            return;
        }

        var outcome = await site.RunAsync([.. victim.Arguments, "--expect-no-changes"], revision, new Random(0), 0, () => { }, null);
        if (outcome.ExitCode != 0)
        {
            throw new CheckException($"a second update after the one that converged still has changes:\n{outcome.Error}{outcome.Out}");
        }
    }

    private async Task<Site> NewSiteAsync(string name)
    {
        var folder = Path.Combine(root, name);
        if (Directory.Exists(folder))
        {
            Directory.Move(folder, $"{folder}-failed-{tally.Failures.Count}");
        }

        var site = new Site(folder, keys);
        await site.CreateAsync();
        return site;
    }

    private void Fail(string what, string message)
    {
        tally.Fail($"{what}: {message}");
        log.WriteLine($"FAILED {what}\n  {message.Replace("\n", "\n  ", StringComparison.Ordinal)}");
    }
}
