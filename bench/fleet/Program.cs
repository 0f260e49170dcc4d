using System.Globalization;
using System.Text.Json;
using FogInfra.Bench.Fleet;

// Rolls a version over many simulated clusters with the real command: some are offline, some fail. Checks that it ends as the policy says,
// and prints what the runner costs, which has limits on a machine that does nothing else. Argument: how many clusters (default 200).
const double MostOverhead = 50; // ms for each update
const double MostForNoChange = 0.1; // s for each stack
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
var (offline, failing) = (count / 20, count / 50);
var failed = false;
var clusters = BenchFleet.Clusters(count);
var bad = clusters.TakeLast(failing).Select(cluster => cluster.Name).ToHashSet();
var gone = clusters.SkipLast(failing).TakeLast(offline).Select(cluster => cluster.Name).ToHashSet();
var none = new HashSet<string>();

// Those that go offline are another project's, so that no command of this one makes, mends or removes them.
using var elsewhere = new BenchProject();
using var project = new BenchProject();
elsewhere.Write("fleet.yaml", BenchFleet.Document(clusters.Where(cluster => gone.Contains(cluster.Name)), none, none));
project.Write("fleet.yaml", BenchFleet.Document(clusters, none, gone));
try
{
    await elsewhere.RunAsync(["cluster", "start"], 0);
    Connect(reachable: true);
    PrintRun("clusters started", await project.RunAsync(["cluster", "start"], 0));
    await RolloutsAsync();
}
finally
{
    Connect(reachable: true);
    PrintRun("everything removed", await project.RunAsync(["down"], 0));
    await elsewhere.RunAsync(["down"], 0);
}

return failed ? 1 : 0;

async Task RolloutsAsync()
{
    var first = await UpAsync("first rollout", "1.0.0");
    Expect("first rollout", "succeeded", first.Outcome);

    var again = await UpAsync("rollout without changes", "1.0.0");
    Expect("rollout without changes", "noChanges", again.Outcome);
    Expect("updates of it", 0, again.Updates);
    Limit("a rollout without changes (s)", again.Wall.TotalSeconds, MostForNoChange * count);

    Connect(reachable: false);
    project.Write("fleet.yaml", BenchFleet.Document(clusters, bad, gone));
    var second = await UpAsync($"{offline} offline, {failing} failing", "2.0.0");
    Expect("second rollout", "succeeded", second.Outcome);
    Expect("deferred", offline, second.Count("deferred"));
    Expect("failed", failing, second.Count("failed"));
    Expect("changed", count - offline - failing, second.Count("changed"));
    Limit("runner's part of an update (ms)", second.OverheadMilliseconds, MostOverhead);
}

void Connect(bool reachable)
{
    foreach (var cluster in gone)
    {
        project.Write(BenchFleet.KubeconfigOf(cluster), BenchFleet.Kubeconfig(elsewhere.KubeconfigOf(cluster), reachable));
    }
}

async Task<BenchReport> UpAsync(string what, string version)
{
    var run = await project.RunAsync(["up", "--set", $"web={version}", "--json"], 0, 1);
    var report = BenchReport.Of(JsonDocument.Parse(run.Output).RootElement, project.LatestJournal(), run.Wall);
    PrintRun(what, run);
    if (report.Updates > 0)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {report.Seconds:0.0} s the rollout itself; critical path {report.CriticalPathSeconds:0.0} s, with {BenchFleet.Places} places {report.LeastSeconds:0.0} s"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {report.Updates} updates; in the middle {report.UpdateSeconds:0.00} s each, of which {report.OverheadMilliseconds:0} ms are not the engine's; {run.Processor.TotalMilliseconds / report.Updates:0} ms of processor time"));
    }

    return report;
}

void PrintRun(string what, CommandRun run) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{what,-26} {run.Wall.TotalSeconds,7:0.0} s wall, {run.Processor.TotalSeconds,7:0.0} s of processor time"));

void Limit(string what, double actual, double most)
{
    if (actual > most)
    {
        failed = true;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"OVER THE LIMIT: {what}: {actual:0.0}, at most {most:0.0}"));
    }
}

void Expect<T>(string what, T expected, T actual)
{
    if (!Equals(expected, actual))
    {
        failed = true;
        Console.WriteLine($"WRONG: {what}: expected {expected}, got {actual}");
    }
}
