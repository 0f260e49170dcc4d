using System.Text.Json;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;
using Pulumi.Automation;
using Pulumi.Automation.Events;

namespace FogInfra.Tests.Preview;

/// <summary>What a preview says is what the update then does: through the engine, the provider and simulated clusters.</summary>
public sealed class PredictionTests(ITestOutputHelper output)
{
    // More of them: FOG_TEST_CHANGES=50.
    private static readonly int Changes = int.TryParse(Environment.GetEnvironmentVariable("FOG_TEST_CHANGES"), out var wanted) ? wanted : 10;

    private const int Seed = 20_26;
    private const double LeastRight = 0.99;
    private const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_OfRandomChanges_IsWhatTheUpdateDoes()
    {
        var random = new Random(Seed);
        var fleet = RandomFleets.Small();
        await using var real = await RealFleet.StartAsync(fleet, Cancellation);
        await real.UpAsync(real.Plan(fleet), Cancellation);
        var (right, wrong) = (0, new List<string>());
        var operations = new SortedDictionary<string, int>();
        for (var change = 1; change <= Changes; change++)
        {
            fleet = RandomFleets.Change(fleet, random);
            var plan = real.Plan(fleet);
            var previews = await real.PreviewAsync(plan, Cancellation);
            var updates = await real.UpAsync(plan, Cancellation);
            foreach (var preview in previews.Where(preview => preview.Events is not null))
            {
                Assert.True(preview.Failures.IsEmpty, string.Join('\n', preview.Failures));
                var predicted = Describe(preview.Events!);
                var actual = Describe(updates[preview.Task.Stack]);
                foreach (var urn in predicted.Keys.Union(actual.Keys))
                {
                    var (said, did) = (predicted.GetValueOrDefault(urn), actual.GetValueOrDefault(urn));
                    if (said is not null && did is not null && said.Operation == did.Operation && Agree(said.Inputs, did.Inputs))
                    {
                        right++;
                        operations[said.Operation] = operations.GetValueOrDefault(said.Operation) + 1;
                    }
                    else
                    {
                        wrong.Add($"change {change}, {urn}: predicted {said}, done {did}");
                    }
                }
            }
        }

        output.WriteLine($"seed {Seed}, {Changes} changes: {right} of {right + wrong.Count} resources as predicted ({string.Join(", ", operations.Select(pair => $"{pair.Value} {pair.Key}"))})");
        wrong.ForEach(output.WriteLine);
        Assert.True(right >= LeastRight * (right + wrong.Count), string.Join('\n', wrong));
        Assert.All(["create", "update", "delete"], operation => Assert.True(operations.GetValueOrDefault(operation) > 10, $"too few to say anything of: {operation}"));
    }

    // Resources, not the stack: destroying takes the stack's own entry away, too, which is nothing of the clusters.
    private static Dictionary<string, Done> Describe(StepEvents events) => events.Steps
        .Where(step => step.Type != "pulumi:pulumi:Stack" && step.Op is not (OperationType.CreateReplacement or OperationType.DeleteReplaced))
        .ToDictionary(step => step.Urn, step => new Done(step.Op.ToString().ToLowerInvariant(), Json(step.New)));

    private static JsonElement Json(StepEventStateMetadata? state) => JsonSerializer.SerializeToElement(state?.Inputs.ToDictionary(pair => pair.Key, pair => (object?)pair.Value));

    // What was predicted to be unknown may become anything; all else must be as predicted.
    private static bool Agree(JsonElement predicted, JsonElement actual) => (predicted.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.String, _) when predicted.GetString() == Unknown => true,
        (JsonValueKind.Object, JsonValueKind.Object) => predicted.EnumerateObject().Select(pair => pair.Name).Union(actual.EnumerateObject().Select(pair => pair.Name))
            .All(name => predicted.TryGetProperty(name, out var left) && actual.TryGetProperty(name, out var right) && Agree(left, right)),
        (JsonValueKind.Array, JsonValueKind.Array) => predicted.GetArrayLength() == actual.GetArrayLength()
            && predicted.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => Agree(pair.First, pair.Second)),
        _ => JsonElement.DeepEquals(predicted, actual),
    };

    private sealed record Done(string Operation, JsonElement Inputs);
}
