using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Show;

/// <summary>Plans and reports as JSON, for other programs. Fields are only ever added.</summary>
internal static class ReportJson
{
    /// <summary>Indented, and with <c>→</c> and the like as they are.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A plan.</summary>
    public static JsonObject Of(RolloutPlan plan) => new()
    {
        ["rings"] = new JsonArray([.. plan.Rings.Select(ring => new JsonObject
        {
            ["name"] = ring.Ring.Name,
            ["part"] = ring.Part,
            ["waves"] = new JsonArray([.. ring.Waves.Select(wave => new JsonObject
            {
                ["layer"] = wave.Layer.Name(),
                ["maxConcurrent"] = wave.MaxConcurrent,
                ["stacks"] = new JsonArray([.. wave.Steps.Select(Of)]),
            })]),
            ["checks"] = new JsonArray([.. ring.Ring.Checks.Select(check => (JsonNode?)check.ToString())]),
            ["gates"] = new JsonArray([.. ring.Ring.Gates.Select(gate => (JsonNode?)gate.Name)]),
        })]),
    };

    /// <summary>A plan, and what it is going to mean.</summary>
    public static JsonObject Of(RolloutPlan plan, PlanEstimate estimate)
    {
        var json = Of(plan);
        foreach (var (ring, expected) in json["rings"]!.AsArray().Zip(estimate.Rings))
        {
            ring!["clusters"] = expected.Clusters;
            ring["percentOfFleet"] = Math.Round(expected.Share, 2);
            ring["percentOfFleetAfter"] = Math.Round(expected.ShareAfter, 2);
            ring["expectedSeconds"] = Math.Round(expected.Duration.TotalSeconds, 3);
        }

        json["expectedSeconds"] = Math.Round(estimate.Duration.TotalSeconds, 3);
        json["criticalPathSeconds"] = Math.Round(estimate.CriticalPath.TotalSeconds, 3);
        json["timesAreKnown"] = estimate.HasHistory;
        return json;
    }

    /// <summary>A report.</summary>
    public static JsonObject Of(RolloutReport report) => new()
    {
        ["outcome"] = Name(report.Outcome),
        ["seconds"] = Math.Round(report.Duration.TotalSeconds, 3),
        ["failures"] = new JsonArray([.. report.Failures.Select(failure => new JsonObject
        {
            ["ring"] = failure.Ring,
            ["cluster"] = failure.Cluster,
            ["service"] = failure.Service,
            ["reason"] = failure.Reason,
        })]),
        ["stacks"] = new JsonArray([.. report.Stacks.Select(Of)]),
    };

    private static JsonObject Of(StackReport stack)
    {
        var json = Of(stack.Step);
        json["ring"] = stack.Ring;
        json["outcome"] = Name(stack.Outcome);
        json["reason"] = stack.Reason;
        json["seconds"] = Math.Round(stack.Duration.TotalSeconds, 3);
        json["changes"] = stack.Result is null ? null : new JsonObject(stack.Result.Changes.Select(change => KeyValuePair.Create(change.Key, (JsonNode?)change.Value)));
        json["outputs"] = stack.Result?.Outputs?.DeepClone();
        json["checks"] = new JsonArray([.. stack.Checks.Select(check => new JsonObject
        {
            ["check"] = check.Gate,
            ["passed"] = check.Passed,
            ["evidence"] = check.Evidence.Value,
            ["source"] = check.Evidence.Source,
        })]);
        return json;
    }

    private static JsonObject Of(StackStep step) => new()
    {
        ["application"] = step.Stack.Application,
        ["cluster"] = step.Cluster.Name,
        ["layer"] = step.Cluster.Layer.Name(),
        ["action"] = Name(step.Action),
        ["before"] = Versions(step.Deployed),
        ["wanted"] = Versions(step.Wanted),
    };

    private static JsonObject? Versions(ClusterWorkload? workload) =>
        workload is null ? null : new JsonObject(workload.Versions().Select(version => KeyValuePair.Create(version.Key, (JsonNode?)version.Value)));

    /// <summary>The name of a value in JSON.</summary>
    internal static string Name<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
