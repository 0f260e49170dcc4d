using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FogInfra.Bench;

const string usage = """
    Measures what the embedded engine itself costs: dotnet run -c Release --project bench/engine [growth|delays] [RUNS]

    growth   stacks of 100, 1,000 and 5,000 resources with a provider that answers at once
    delays   the same programs with 10 ms for each provider call
    allocations OPERATION SIZE
             what an operation allocates, by type, for example: allocations "first up" 5000
    RUNS     how often each operation is measured; the middle one counts (default 3). What takes a second or less varies more,
             and is measured five times as often: all of growth, and 100 resources of delays.
    """;
int[] sizes = [100, 1000, 5000];
var delay = TimeSpan.FromMilliseconds(10);
if (args is [ProgramProcess.Argument])
{
    await ProgramProcess.ServeAsync();
    return 0;
}

if (args is ["measure", var operation, var sizeText, var milliseconds, var runsText])
{
    // One measurement, in a process of its own.
    var taken = await Measurement.TakeAsync(operation, int.Parse(sizeText, CultureInfo.InvariantCulture),
        TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)), int.Parse(runsText, CultureInfo.InvariantCulture));
    Console.WriteLine(JsonSerializer.Serialize(taken));
    return 0;
}

if (args is ["allocations", var profiled, var profiledSize])
{
    using var sampler = new AllocationSampler();
    var total = await Measurement.TakeAsync(profiled, int.Parse(profiledSize, CultureInfo.InvariantCulture), TimeSpan.Zero, 1, sampler.Clear);
    Console.WriteLine(total);
    foreach (var (type, bytes) in sampler.Largest.Take(40))
    {
        Console.WriteLine($"{bytes / 1048576.0,10:F1} MiB  {type}");
    }

    return 0;
}

var runs = args.Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0).FirstOrDefault(number => number > 0, 3);
var kinds = args.Where(text => !int.TryParse(text, CultureInfo.InvariantCulture, out _)).ToArray();
if (kinds.Any(kind => kind is not ("growth" or "delays")))
{
    Console.Error.WriteLine(usage);
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}\n");
var failures = new List<string>();
if (kinds.Length == 0 || kinds.Contains("growth"))
{
    Console.WriteLine("A provider that answers at once\n");
    Console.WriteLine(Report.OfGrowth(await MeasureAllAsync(TimeSpan.Zero, runs), failures));
}

if (kinds.Length == 0 || kinds.Contains("delays"))
{
    // The default of the command line: what a user gets who asks for nothing.
    var parallel = 4 * Environment.ProcessorCount;
    Console.WriteLine($"{delay.TotalMilliseconds} ms for each provider call, {parallel} operations at a time\n");
    Console.WriteLine(Report.OfDelays(await MeasureAllAsync(delay, runs), parallel, failures));
}

failures.ForEach(failure => Console.WriteLine($"FAILED {failure}"));
Console.WriteLine(failures.Count == 0 ? "all within their limits" : $"{failures.Count} beyond their limits");
return failures.Count == 0 ? 0 : 1;

async Task<IReadOnlyList<Measurement>> MeasureAllAsync(TimeSpan callTime, int count)
{
    var all = new List<Measurement>();
    // Sizes that are compared are measured one after the other: a machine's speed is not the same all day.
    foreach (var name in Measurement.Operations)
    {
        foreach (var size in sizes)
        {
            Console.Error.WriteLine($"  {name}, {size} resources ...");
            var isShort = size == 100 || callTime == TimeSpan.Zero;
            all.Add(await MeasureAsync(name, size, callTime, isShort ? 5 * count : count));
        }
    }

    return all;
}

static async Task<Measurement> MeasureAsync(string name, int size, TimeSpan callTime, int count)
{
    string[] arguments =
    [
        "measure", name, size.ToString(CultureInfo.InvariantCulture),
        callTime.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture),
    ];
    var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    var output = await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
    return process.ExitCode == 0
        ? JsonSerializer.Deserialize<Measurement>(output)!
        : throw new InvalidOperationException($"measuring {name} of {size} failed with exit code {process.ExitCode}\n{output}");
}
