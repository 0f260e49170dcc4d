using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FogInfra.Bench.Fleet;

// Rolls a version over many simulated clusters with the real command: some are offline, some fail. Checks that it ends as the policy says,
// and prints what the runner costs. Arguments: how many clusters (default 200), how many for the rollout without changes (default 100).
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
var unchanged = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
var (offline, failing) = (count / 20, count / 50);
using var project = new BenchProject();
var failed = false;

// The clusters that are going to fail know only images of version 1.
project.Write("failing.yaml", BenchFleet.Document(BenchFleet.Clusters(count).TakeLast(failing), "shop/*:1.*", offline: []));
project.Write("fleet.yaml", BenchFleet.Document(BenchFleet.Clusters(count), "shop/*", offline: []));
project.Write("small.yaml", BenchFleet.Document(BenchFleet.Clusters(count).Take(unchanged), "shop/*", offline: []));
await Timed("clusters started", async () =>
{
    await project.RunAsync("cluster", "start", "--fleet", "failing.yaml");
    await project.RunAsync("cluster", "start");
});

var (first, firstTime) = await UpAsync("fleet.yaml", "1.0.0");
Expect("first rollout", "succeeded", first.Outcome);
Print("first rollout", firstTime, first);

var (again, againTime) = await UpAsync("small.yaml", "1.0.0");
Expect("rollout without changes", "noChanges", again.Outcome);
Expect("updates of it", 0, again.Updates);
Print($"no change, {unchanged} stacks", againTime, again);

// The last ones before those that fail are offline: their kubeconfig names a port at which nobody listens.
var gone = BenchFleet.Clusters(count).SkipLast(failing).TakeLast(offline).Select(cluster => cluster.Name).ToHashSet();
project.MakeUnreachable(gone);
project.Write("fleet.yaml", BenchFleet.Document(BenchFleet.Clusters(count), "shop/*", gone));
var (second, secondTime) = await UpAsync("fleet.yaml", "2.0.0");
Expect("second rollout", "succeeded", second.Outcome);
Expect("deferred", offline, second.Count("deferred"));
Expect("failed", failing, second.Count("failed"));
Expect("changed", count - offline - failing, second.Count("changed"));
Print($"{offline} offline, {failing} failing", secondTime, second);

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"runner overhead per stack update: {first.OverheadMilliseconds:0} ms in the first, {second.OverheadMilliseconds:0} ms in the second rollout"));
await project.RunAsync("down");
return failed ? 1 : 0;

async Task<(BenchReport Report, TimeSpan Wall)> UpAsync(string fleet, string version)
{
    var started = Stopwatch.GetTimestamp();
    var output = await project.RunAsync("up", "--fleet", fleet, "--set", $"web={version}", "--json");
    var wall = Stopwatch.GetElapsedTime(started);
    return (BenchReport.Of(JsonDocument.Parse(output).RootElement, project.LatestJournal()), wall);
}

async Task Timed(string what, Func<Task> action)
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
