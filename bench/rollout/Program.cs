using System.Diagnostics;
using System.Globalization;
using FogInfra.Bench.Rollout;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Simulation;

// Plans and simulates a rollout over a large fleet, several times; prints the middle of each. FIRST ARGUMENT: how many clusters.
var clusters = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
const int Rings = 6;
const int Rounds = 5;

var fleet = LargeFleet.Of(clusters, Rings);
var deployed = LargeFleet.Deployed(fleet, "1.0.0");
var wanted = new[] { LargeFleet.Application("2.0.0") };
var model = new FleetModel { Seed = 7, Offline = 0.05, OfflineFor = TimeSpan.FromHours(3), Failing = 0.01, Flaky = 0.02 };
var plan = Planner.Plan(fleet, wanted, deployed);
var simulation = RolloutSimulation.Run(plan, model);

Print("clusters", $"{clusters}");
Print("rings (parts)", $"{Rings} ({plan.Rings.Length})");
Print("outcome", $"{simulation.Report.Outcome}, {simulation.Events} events, {simulation.Report.Duration:c} of virtual time");
Print("most exposed", string.Create(CultureInfo.InvariantCulture, $"{simulation.MostExposed} ({simulation.MostExposedPercent:0.#}%)"));
Print("planned in", Middle(() => Planner.Plan(fleet, wanted, deployed)));
Print("estimated in", Middle(() => PlanEstimate.Of(plan, new UpdateTimes())));
Print("simulated in", Middle(() => RolloutSimulation.Run(plan, model)));
Print("memory allocated by one simulation", Megabytes(Allocated(() => RolloutSimulation.Run(plan, model))));
Print("most memory of the process", Megabytes(Process.GetCurrentProcess().PeakWorkingSet64));
return 0;

static string Middle(Func<object> action)
{
    var times = new List<double>();
    for (var round = 0; round < Rounds; round++)
    {
        var started = Stopwatch.GetTimestamp();
        GC.KeepAlive(action());
        times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    return string.Create(CultureInfo.InvariantCulture, $"{times.Order().ElementAt(Rounds / 2):0.000} s");
}

static long Allocated(Func<object> action)
{
    var before = GC.GetTotalAllocatedBytes();
    GC.KeepAlive(action());
    return GC.GetTotalAllocatedBytes() - before;
}

static string Megabytes(long bytes) => $"{bytes / (1024 * 1024)} MB";

static void Print(string what, string value) => Console.WriteLine($"{what,-36} {value}");
