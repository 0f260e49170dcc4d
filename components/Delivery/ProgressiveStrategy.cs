using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FogInfra.Components;

/// <summary>How pods of a new version take over inside one cluster.</summary>
public abstract record ProgressiveStrategy
{
    private ProgressiveStrategy()
    {
    }

    /// <summary>
    /// All pods of the new version start beside those of the old one and can be looked at under a name of their own. When they pass, all
    /// requests go to them at once; going back is as fast while the old ones still run.
    /// </summary>
    public sealed record BlueGreen : ProgressiveStrategy
    {
        /// <summary>Whether requests go over by themselves; otherwise a person says so.</summary>
        public bool AutoPromotion { get; init; }

        /// <summary>How many seconds the old pods run on after that.</summary>
        public int ScaleDownDelaySeconds { get; init; } = 30;
    }

    /// <summary>Requests go over a share at a time.</summary>
    public sealed record Canary : ProgressiveStrategy
    {
        /// <summary>The steps, in their order.</summary>
        public ImmutableArray<CanaryStep> Steps { get; init; } =
        [
            new CanaryStep(20, TimeSpan.FromMinutes(2), Analyse: true),
            new CanaryStep(50, TimeSpan.FromMinutes(2)),
            new CanaryStep(100, TimeSpan.Zero),
        ];
    }

    /// <summary>The names of the Services that tell the versions apart: of the one that users reach, and of the new one.</summary>
    internal (string Current, string New) ServicesOf(string service) =>
        this is BlueGreen ? ($"{service}-active", $"{service}-preview") : ($"{service}-stable", $"{service}-canary");

    /// <summary>The strategy, as Argo Rollouts has it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="ingress">The Ingress whose requests are shared out; null to share by the number of pods.</param>
    /// <param name="templates">The analyses that a new version must pass.</param>
    internal JsonObject ToJson(string service, string? ingress, IReadOnlyCollection<string> templates)
    {
        var names = ServicesOf(service);
        if (this is BlueGreen blueGreen)
        {
            return new JsonObject
            {
                ["blueGreen"] = new JsonObject
                {
                    ["activeService"] = names.Current,
                    ["previewService"] = names.New,
                    ["autoPromotionEnabled"] = blueGreen.AutoPromotion,
                    ["scaleDownDelaySeconds"] = blueGreen.ScaleDownDelaySeconds,
                    ["prePromotionAnalysis"] = Analysis(templates),
                },
            };
        }

        var canary = new JsonObject
        {
            ["stableService"] = names.Current,
            ["canaryService"] = names.New,
            ["steps"] = new JsonArray([.. ((Canary)this).Steps.SelectMany(step => StepsOf(step, templates))]),
        };
        if (ingress is not null)
        {
            canary["trafficRouting"] = new JsonObject { ["nginx"] = new JsonObject { ["stableIngress"] = ingress } };
        }

        return new JsonObject { ["canary"] = canary };
    }

    private static IEnumerable<JsonNode> StepsOf(CanaryStep step, IReadOnlyCollection<string> templates)
    {
        yield return new JsonObject { ["setWeight"] = step.Percent };
        if (step.Pause > TimeSpan.Zero)
        {
            yield return new JsonObject
            {
                ["pause"] = new JsonObject { ["duration"] = $"{((long)step.Pause.TotalSeconds).ToString(CultureInfo.InvariantCulture)}s" },
            };
        }

        if (step.Analyse)
        {
            yield return new JsonObject { ["analysis"] = Analysis(templates) };
        }
    }

    private static JsonObject Analysis(IEnumerable<string> templates) =>
        new() { ["templates"] = new JsonArray([.. templates.Select(template => (JsonNode)new JsonObject { ["templateName"] = template })]) };
}

/// <summary>A step of a canary.</summary>
/// <param name="Percent">Which share of the requests the new version then takes, from 0 to 100.</param>
/// <param name="Pause">How long it stays so.</param>
/// <param name="Analyse">Whether it must pass the analyses after that.</param>
public sealed record CanaryStep(int Percent, TimeSpan Pause, bool Analyse = false);
