using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FogInfra.Bench.Fleet;

// Rolls a version over many simulated clusters with the real command: some are offline, some fail. Checks that it ends as the policy says,
// and prints what the runner costs. Argument: how many clusters (default 200).
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
var (offline, failing) = (count / 20, count / 50);
var failed = false;
var clusters = BenchFleet.Clusters(count);
var none = new HashSet<string>();
using var project = new BenchProject();

project.Write("fleet.yaml", BenchFleet.Document(clusters, none, none));
await Timed("clusters started", () => project.RunAsync("cluster", "start"));
try
{
    return await RunAsync();
}
finally
{
    await project.RunAsync("down");
}

async Task<int> RunAsync()
{
    var (first, firstTime) = await UpAsync("1.0.0");
    Expect("first rollout", "succeeded", first.Outcome);
    Print("first rollout", firstTime, first);

    var (again, againTime) = await UpAsync("1.0.0");
    Expect("rollout without changes", "noChanges", again.Outcome);
    Expect("updates of it", 0, again.Updates);
    Print($"no change, {count} stacks", againTime, again);

    var bad = clusters.TakeLast(failing).Select(cluster => cluster.Name).ToHashSet();
    var gone = clusters.SkipLast(failing).TakeLast(offline).Select(cluster => cluster.Name).ToHashSet();
    project.MakeUnreachable(gone);
    project.Write("fleet.yaml", BenchFleet.Document(clusters, bad, gone));
    var (second, secondTime) = await UpAsync("2.0.0");
    Expect("second rollout", "succeeded", second.Outcome);
    Expect("deferred", offline, second.Count("deferred"));
    Expect("failed", failing, second.Count("failed"));
    Expect("changed", count - offline - failing, second.Count("changed"));
    Print($"{offline} offline, {failing} failing", secondTime, second);

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"runner overhead per stack update: {first.OverheadMilliseconds:0} ms in the first, {second.OverheadMilliseconds:0} ms in the second rollout"));
    return failed ? 1 : 0;
}

async Task<(BenchReport Report, TimeSpan Wall)> UpAsync(string version)
{
    var started = Stopwatch.GetTimestamp();
    var output = await project.RunAsync("up", "--set", $"web={version}", "--json");
    var wall = Stopwatch.GetElapsedTime(started);
    return (BenchReport.Of(JsonDocument.Parse(output).RootElement, project.LatestJournal()), wall);
}

async Task Timed(string what, Func<Task<string>> action)
{
    var started = Stopwatch.GetTimestamp();
    await action();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-26} {Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.0} s"));
}

void Print(string what, TimeSpan wall, BenchReport report) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{what,-26} {wall.TotalSeconds,7:0.0} s wall, {report.Seconds:0.0} s the rollout, {report.CriticalPathSeconds:0.0} s its critical path; {report.Updates} updates, {report.UpdateSeconds:0.00} s each in the middle"));

void Expect<T>(string what, T expected, T actual)
{
    if (!Equals(expected, actual))
    {
        failed = true;
        Console.WriteLine($"WRONG: {what}: expected {expected}, got {actual}");
    }
}
