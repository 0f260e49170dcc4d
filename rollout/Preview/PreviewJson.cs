using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Rollout.Preview;

/// <summary>A preview for programs: every stack and resource, and how they fold.</summary>
internal static class PreviewJson
{
    /// <summary>The JSON of a preview.</summary>
    public static JsonObject Of(FleetPreview preview)
    {
        var blocks = PreviewFold.Fold(preview.Stacks);
        var verdict = PreviewVerdict.Of(preview, blocks);
        return new JsonObject
        {
            ["fleet"] = preview.Fleet,
            ["verdict"] = verdict.Conclusion.ToString().ToLowerInvariant(),
            ["headline"] = verdict.Headline,
            ["expectedDuration"] = preview.ExpectedDuration,
            ["rings"] = Array(preview.Rings, ring => new JsonObject { ["name"] = ring.Name, ["gates"] = Texts(ring.Gates) }),
            ["table"] = Array(PreviewTable.Of(preview, blocks), ToJson),
            ["blocks"] = Array(blocks, ToJson),
            ["stacks"] = Array(preview.Stacks, ToJson),
        };
    }

    private static JsonObject ToJson(PreviewRow row) => new()
    {
        ["ring"] = row.Ring,
        ["layer"] = row.Layer.Name(),
        ["clusters"] = row.Clusters,
        ["changed"] = row.Changed,
        ["create"] = row.Create,
        ["update"] = row.Update,
        ["replace"] = row.Replace,
        ["delete"] = row.Delete,
        ["risks"] = new JsonObject(row.Risks.Select(risk => KeyValuePair.Create(risk.Risk.Name(), (JsonNode?)risk.Clusters))),
    };

    private static JsonObject ToJson(PreviewBlock block) => new()
    {
        ["application"] = block.Application,
        ["layer"] = block.Layer.Name(),
        ["clusters"] = Texts(block.Stacks.Select(stack => stack.Stack.Cluster)),
        ["peers"] = block.Peers,
        ["outlier"] = block.IsOutlier,
        ["diff"] = Texts(block.Lines.Select(line => $"{line}")),
        ["failures"] = Texts(block.Failures),
    };

    private static JsonObject ToJson(StackPreview stack) => new()
    {
        ["application"] = stack.Stack.Application,
        ["cluster"] = stack.Stack.Cluster,
        ["ring"] = stack.Ring,
        ["layer"] = stack.Layer.Name(),
        ["unchanged"] = stack.Unchanged,
        ["risks"] = Texts(PreviewRisks.Of(stack).Select(PreviewRisks.Name)),
        ["failures"] = Texts(stack.Failures),
        ["changes"] = Array(stack.Changes, change => new JsonObject
        {
            ["operation"] = change.Operation.Verb(),
            ["type"] = change.Type,
            ["name"] = change.Name,
            ["properties"] = Array(change.Properties, property => new JsonObject
            {
                ["path"] = property.Path,
                ["before"] = property.Before,
                ["after"] = property.After,
                ["replaces"] = property.Replaces,
            }),
        }),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => Array(texts, text => JsonValue.Create(text));

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> toJson) => [.. items.Select(toJson)];
}
