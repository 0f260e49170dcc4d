using System.Diagnostics;
using System.Globalization;
using FogInfra.Durability;
using FogInfra.Embedded.Engine.Secrets;

const string usage = """
    Kills updates of a stack of 60 resources and checks what the next command makes of it.

      full     300 kills at random moments; kills before and in the middle of every write of a first update, a change and a destroy
      slice    some of them, in about a minute
      random   kills at random moments only
      writes   kills at writes only

      --seed N      what everything random is made from (default 20261127)
      --kills N     how many kills at random moments
      --every N     only each N-th write
      --jobs N      how many stacks at a time (default: the number of processors)
      --keep        leave the folders where they are
    """;
if (Victim.TryParse(args) is { } victim)
{
    return await victim.RunAsync();
}

var mode = args.FirstOrDefault() ?? "slice";
if (mode is not ("full" or "slice" or "random" or "writes"))
{
    Console.Error.WriteLine(usage);
    return 2;
}

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

var isSlice = mode == "slice";
var seed = Option("--seed", 20261127);
var kills = mode == "writes" ? 0 : Option("--kills", isSlice ? 16 : 300);
var every = Option("--every", isSlice ? 40 : 1);
var jobs = Option("--jobs", Environment.ProcessorCount);
var root = Path.Combine(Path.GetTempPath(), $"engine-kills-{Guid.NewGuid():N}");
var tally = new Tally();
var started = Stopwatch.GetTimestamp();
Console.WriteLine($"seed {seed}, {jobs} at a time, in {root}");
var campaigns = new Campaigns(root, seed, new PassphraseKeyCache(), tally, Console.Out);
await Task.WhenAll(Enumerable.Range(0, jobs).Select(number => campaigns.KillAtRandomAsync(number, (kills / jobs) + (number < kills % jobs ? 1 : 0))));
if (mode != "random")
{
    await campaigns.KillAtEachWriteAsync("first update", "up", null, every, jobs);
    await campaigns.KillAtEachWriteAsync("change", "up", seed, every, jobs);
    await campaigns.KillAtEachWriteAsync("destroy", "destroy", seed, every, jobs);
}

Console.WriteLine($"\n{tally}\n");
tally.Failures.ForEach(failure => Console.WriteLine($"FAILED {failure}"));
if (tally.Failures.Count == 0 && !args.Contains("--keep") && Directory.Exists(root))
{
    Directory.Delete(root, recursive: true);
}

var all = tally["kills at random moments"] + tally["kills at writes"];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
Console.WriteLine($"{all - tally.Failures.Count} passed, {tally.Failures.Count} failed");
return tally.Failures.Count == 0 && all > 0 ? 0 : 1;
