using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>Evidence from a Prometheus server: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries.</summary>
internal sealed class MetricEvidence(HttpClient client) : IEvidenceSource
{
    /// <inheritdoc/>
    public bool Handles(Gate gate) => gate is Gate.Metric;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        var gate = (Gate.Metric)request.Gate;
        if (gate.Baseline is { } baseline)
        {
            return [await CompareAsync(request, gate, baseline, cancellationToken).ConfigureAwait(false)];
        }

        if (GateText.IsOfEach(gate.Query))
        {
            return await request.ForEachAsync(
                async (subject, cancellation) =>
                {
                    var answer = await AskAsync(gate, text => GateText.For(text, subject, same => same), cancellation).ConfigureAwait(false);
                    return Judge(request.About(subject, Verdict.Inconclusive, "", gate.Server), gate, answer);
                },
                cancellationToken).ConfigureAwait(false);
        }

        var whole = await AskAsync(gate, text => OfRing(text, request.Clusters()), cancellationToken).ConfigureAwait(false);
        return [Judge(request.AboutRing(Verdict.Inconclusive, "", gate.Server), gate, whole)];
    }

    private async Task<Evidence> CompareAsync(EvidenceRequest request, Gate.Metric gate, string baseline, CancellationToken cancellationToken)
    {
        var nothing = request.AboutRing(Verdict.Inconclusive, "", gate.Server);
        if (request.Baseline.IsEmpty)
        {
            return nothing with { Value = $"ring {baseline} has no cluster in this rollout to compare with" };
        }

        var ours = await AskAsync(gate, text => OfRing(text, request.Clusters()), cancellationToken).ConfigureAwait(false);
        var theirs = await AskAsync(gate, text => OfRing(text, request.Baseline), cancellationToken).ConfigureAwait(false);
        if ((ours.Problem ?? theirs.Problem) is { } problem)
        {
            return nothing with { Value = problem, ObservedAt = nothing.ObservedAt - Older(ours, theirs) };
        }

        // Nothing against nothing is the same; something against nothing is more by any factor.
        var ratio = theirs.Value == 0 ? ours.Value == 0 ? 1 : double.PositiveInfinity : ours.Value / theirs.Value;
        return nothing with
        {
            Verdict = Holds(gate, ratio) ? Verdict.Passed : Verdict.Failed,
            Value = string.Create(
                CultureInfo.InvariantCulture,
                $"{ours.Value:0.####} against {theirs.Value:0.####} of ring {baseline}: {ratio:0.###} times ({ours.Samples:0} and {theirs.Samples:0} samples)"),
            ObservedAt = nothing.ObservedAt - Older(ours, theirs),
        };
    }

    private static Evidence Judge(Evidence evidence, Gate.Metric gate, Answer answer) => evidence with
    {
        Verdict = answer.Problem is not null ? Verdict.Inconclusive : Holds(gate, answer.Value) ? Verdict.Passed : Verdict.Failed,
        Value = answer.Problem ?? string.Create(CultureInfo.InvariantCulture, $"{answer.Value:0.######}{(answer.Samples is { } samples ? $" ({samples:0} samples)" : "")}"),
        ObservedAt = evidence.ObservedAt - answer.Age,
    };

    private static bool Holds(Gate.Metric gate, double value) => gate.Comparison == Comparison.AtLeast ? value >= gate.Bound : value <= gate.Bound;

    private static TimeSpan Older(Answer one, Answer other) => one.Age > other.Age ? one.Age : other.Age;

    private static string OfRing(string query, ImmutableArray<string> clusters) => query.Replace("{clusters}", string.Join('|', clusters), StringComparison.Ordinal);

    private async Task<Answer> AskAsync(Gate.Metric gate, Func<string, string> fill, CancellationToken cancellationToken)
    {
        var value = await QueryAsync(gate.Server, fill(gate.Query), cancellationToken).ConfigureAwait(false);
        if (value.Problem is not null || gate.Samples is null)
        {
            return value;
        }

        var samples = await QueryAsync(gate.Server, fill(gate.Samples), cancellationToken).ConfigureAwait(false);
        return samples.Problem is { } problem ? value with { Problem = $"how many samples there are is not known: {problem}" }
            : samples.Value < gate.MinSamples ? value with { Problem = string.Create(CultureInfo.InvariantCulture, $"{value.Value:0.######}, of {samples.Value:0} samples only; expected {gate.MinSamples:0}") }
            : value with { Samples = samples.Value };
    }

    private async Task<Answer> QueryAsync(string server, string query, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"{server.TrimEnd('/')}/api/v1/query?query={Uri.EscapeDataString(query)}"), cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return answer.IsSuccessStatusCode ? Read(json.RootElement.GetProperty("data"), answer.Headers.Date)
                : Nothing($"status {(int)answer.StatusCode}: {(json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : "no reason")}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Nothing($"no answer: {exception.Message}");
        }
    }

    private static Answer Read(JsonElement data, DateTimeOffset? date)
    {
        var result = data.GetProperty("result");
        if (data.GetProperty("resultType").GetString() == "vector")
        {
            if (result.GetArrayLength() != 1)
            {
                return Nothing(result.GetArrayLength() == 0 ? "no data" : $"{result.GetArrayLength()} series, expected one; sum them up in the query");
            }

            result = result[0].GetProperty("value");
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)(result[0].GetDouble() * 1000));
        var value = double.Parse(result[1].GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture);

        // How old it is, by the server's own clock; that shows whole seconds.
        var age = date is { } now && now - at > TimeSpan.FromSeconds(1) ? now - at : TimeSpan.Zero;
        return double.IsNaN(value) ? Nothing("not a number") with { Age = age } : new Answer(value, null, age, null);
    }

    private static Answer Nothing(string problem) => new(0, null, TimeSpan.Zero, problem);

    private sealed record Answer(double Value, double? Samples, TimeSpan Age, string? Problem);
}
