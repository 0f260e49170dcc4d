using System.Text.Json;

namespace FogInfra.Bench.Fleet;

/// <summary>What a rollout came to, from its report and its journal.</summary>
internal sealed record BenchReport(
    string Outcome, double Seconds, IReadOnlyList<string> Stacks, int Updates, double UpdateSeconds, double OverheadMilliseconds, double CriticalPathSeconds)
{
    public int Count(string outcome) => Stacks.Count(stack => stack == outcome);

    public static BenchReport Of(JsonElement report, string journal)
    {
        var updates = new List<Update>();
        var layers = report.GetProperty("stacks").EnumerateArray().ToDictionary(
            stack => stack.GetProperty("cluster").GetString()!, stack => $"{stack.GetProperty("ring").GetString()} {stack.GetProperty("layer").GetString()}");
        foreach (var line in journal.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var entry = JsonDocument.Parse(line);
            var @event = entry.RootElement.GetProperty("event");
            if (@event.GetProperty("event").GetString() == "stackFinished")
            {
                var result = @event.GetProperty("result");
                var seconds = TimeSpan.Parse(@event.GetProperty("duration").GetString()!, System.Globalization.CultureInfo.InvariantCulture).TotalSeconds;
                var engine = result.TryGetProperty("engineTime", out var time) ? TimeSpan.Parse(time.GetString()!, System.Globalization.CultureInfo.InvariantCulture).TotalSeconds : (double?)null;
                updates.Add(new Update(layers[@event.GetProperty("stack").GetProperty("cluster").GetString()!], seconds, engine));
            }
        }

        var reached = updates.Where(update => update.Engine is not null).ToList();
        return new BenchReport(
            report.GetProperty("outcome").GetString()!,
            report.GetProperty("seconds").GetDouble(),
            [.. report.GetProperty("stacks").EnumerateArray().Select(stack => stack.GetProperty("outcome").GetString()!)],
            updates.Count,
            Middle(updates.Select(update => update.Seconds)),
            1000 * Middle(reached.Select(update => update.Seconds - update.Engine!.Value)),
            updates.GroupBy(update => update.Wave).Sum(wave => wave.Max(update => update.Seconds)));
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : 0;

    private sealed record Update(string Wave, double Seconds, double? Engine);
}
