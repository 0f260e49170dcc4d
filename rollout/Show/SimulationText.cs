using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Simulation;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>A simulation for people and for programs.</summary>
internal static class SimulationText
{
    private const int Width = 40;
    private const int Rows = 12;

    /// <summary>Writes a simulation.</summary>
    public static void Write(IAnsiConsole console, SimulationReport simulation)
    {
        var columns = new TextColumns("RING", "BEGINS", "PASSES", "UPDATES", "MOST EXPOSED");
        foreach (var ring in simulation.Rings)
        {
            columns.Add(
                ring.Ring,
                Durations.Write(ring.Begun),
                ring.Passed is { } passed ? Durations.Write(passed) : "never",
                $"{ring.Updates}",
                Clusters(ring.MostExposed, simulation.FleetSize));
        }

        columns.Write(console);
        console.WriteLine();
        console.WriteLine("clusters on versions that are not proven yet, over time:");
        foreach (var (after, clusters) in Sample(simulation))
        {
            var bar = simulation.MostExposed == 0 ? 0 : (int)Math.Ceiling((double)Width * clusters / simulation.MostExposed);
            console.WriteLine($"{Durations.Write(after),10} {new string('█', bar).PadRight(Width)} {clusters}");
        }

        console.WriteLine();
        foreach (var outcome in simulation.Report.Stacks.GroupBy(stack => stack.Outcome).OrderBy(outcome => outcome.Key))
        {
            console.WriteLine($"{Wording.Of(outcome.Key)}: {Wording.Count(outcome.Count(), "stack")}");
        }

        foreach (var failure in simulation.Report.Failures.Take(5))
        {
            console.WriteLine($"{failure}");
        }

        console.WriteLine($"{Wording.Of(simulation.Report)} Blast radius {Clusters(simulation.MostExposed, simulation.FleetSize)}, {Durations.Write(simulation.Report.Duration)}.");
    }

    /// <summary>A simulation as JSON.</summary>
    public static JsonObject ToJson(SimulationReport simulation) => new()
    {
        ["outcome"] = ReportJson.Name(simulation.Report.Outcome),
        ["seconds"] = simulation.Report.Duration.TotalSeconds,
        ["mostExposed"] = simulation.MostExposed,
        ["mostExposedPercent"] = Math.Round(simulation.MostExposedPercent, 2),
        ["rings"] = new JsonArray([.. simulation.Rings.Select(ring => new JsonObject
        {
            ["name"] = ring.Ring,
            ["begins"] = ring.Begun.TotalSeconds,
            ["passes"] = ring.Passed?.TotalSeconds,
            ["updates"] = ring.Updates,
            ["mostExposed"] = ring.MostExposed,
        })]),
        ["exposure"] = new JsonArray([.. simulation.Exposure.Select(exposure => new JsonObject { ["after"] = exposure.After.TotalSeconds, ["clusters"] = exposure.Clusters })]),
        ["stacks"] = new JsonObject(simulation.Report.Stacks.GroupBy(stack => stack.Outcome).OrderBy(outcome => outcome.Key)
            .Select(outcome => KeyValuePair.Create(ReportJson.Name(outcome.Key), (JsonNode?)outcome.Count()))),
    };

    // The highest value of each of some equal pieces of the time.
    private static IEnumerable<(TimeSpan After, int Clusters)> Sample(SimulationReport simulation)
    {
        var end = simulation.Report.Duration;
        for (var row = 0; row < Rows; row++)
        {
            var (from, to) = (end * row / Rows, end * (row + 1) / Rows);
            var before = simulation.Exposure.Where(each => each.After <= from).Select(each => each.Clusters).LastOrDefault();
            yield return (from, simulation.Exposure.Where(each => each.After > from && each.After <= to).Select(each => each.Clusters).Append(before).Max());
        }
    }

    private static string Clusters(int clusters, int fleet) =>
        string.Create(CultureInfo.InvariantCulture, $"{clusters} ({(fleet == 0 ? 0 : 100.0 * clusters / fleet):0.#}%)");
}
