using System.Globalization;
using System.Text.Json;

namespace FogInfra.Bench.Fleet;

/// <summary>What a rollout came to, from its report and its journal.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Wall">How long the command ran.</param>
/// <param name="Seconds">How long the rollout took, by its own clock.</param>
/// <param name="Stacks">The outcome of each stack.</param>
/// <param name="Updates">How many updates it made.</param>
/// <param name="UpdateSeconds">How long one of them took, in the middle.</param>
/// <param name="OverheadMilliseconds">How much of that was before the engine's first event or after its last, in the middle.</param>
/// <param name="CriticalPathSeconds">How long the updates take at least, however many run at a time: the longest of each wave.</param>
/// <param name="LeastSeconds">How long they take at least with as many at a time as the policy allows.</param>
internal sealed record BenchReport(
    string Outcome,
    TimeSpan Wall,
    double Seconds,
    IReadOnlyList<string> Stacks,
    int Updates,
    double UpdateSeconds,
    double OverheadMilliseconds,
    double CriticalPathSeconds,
    double LeastSeconds)
{
    public int Count(string outcome) => Stacks.Count(stack => stack == outcome);

    public static BenchReport Of(JsonElement report, string journal, TimeSpan wall)
    {
        var stacks = report.GetProperty("stacks").EnumerateArray().ToList();
        var waves = stacks.ToDictionary(
            stack => stack.GetProperty("cluster").GetString()!, stack => $"{stack.GetProperty("ring").GetString()} {stack.GetProperty("layer").GetString()}");
        var updates = UpdatesOf(journal, waves).ToList();
        var overheads = updates.Where(update => update.Engine is not null).Select(update => update.Seconds - update.Engine!.Value);
        var byWave = updates.GroupBy(update => update.Wave).Select(wave => (Longest: wave.Max(update => update.Seconds), All: wave.Sum(update => update.Seconds))).ToList();
        return new BenchReport(
            report.GetProperty("outcome").GetString()!,
            wall,
            report.GetProperty("seconds").GetDouble(),
            [.. stacks.Select(stack => stack.GetProperty("outcome").GetString()!)],
            updates.Count,
            Middle(updates.Select(update => update.Seconds)),
            1000 * Middle(overheads),
            byWave.Sum(wave => wave.Longest),
            byWave.Sum(wave => Math.Max(wave.Longest, wave.All / BenchFleet.Places)));
    }

    private static IEnumerable<Update> UpdatesOf(string journal, Dictionary<string, string> waves)
    {
        foreach (var line in journal.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var entry = JsonDocument.Parse(line);
            var @event = entry.RootElement.GetProperty("event");
            if (@event.GetProperty("event").GetString() == "stackFinished")
            {
                var engine = @event.GetProperty("result").TryGetProperty("engineTime", out var time) && time.ValueKind == JsonValueKind.String ? SecondsOf(time) : (double?)null;
                yield return new Update(waves[@event.GetProperty("stack").GetProperty("cluster").GetString()!], SecondsOf(@event.GetProperty("duration")), engine);
            }
        }
    }

    private static double SecondsOf(JsonElement time) => TimeSpan.Parse(time.GetString()!, CultureInfo.InvariantCulture).TotalSeconds;

    private static double Middle(IEnumerable<double> values) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : 0;

    private sealed record Update(string Wave, double Seconds, double? Engine);
}
