using System.Text.Json.Nodes;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Preview;

/// <summary>
/// Exported states as JSON: <c>{version, deployment: {resources: [...]}}</c>, Pulumi's deployment format, version 3. Pure functions.
/// </summary>
internal static class DeploymentJson
{
    /// <summary>The type of a reference to another stack.</summary>
    public const string ReferenceType = "pulumi:pulumi:StackReference";

    private const string StackType = "pulumi:pulumi:Stack";

    // Pulumi's marks in state files: the key that marks a special value, the value that makes it a secret, and an unknown value.
    private const string SignatureKey = "4dabf18193072939515e22adb298388d";
    private const string SecretSignature = "1b47061264138c4ac30d75fd1eb44270";
    private const string UnknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>The resources of a state.</summary>
    public static IEnumerable<JsonObject> Resources(JsonObject export) =>
        export["deployment"]?["resources"] is JsonArray resources ? resources.OfType<JsonObject>() : [];

    /// <summary>The resource of the stack itself, which has its outputs; null for a stack without a state.</summary>
    public static JsonObject? StackResource(JsonObject export) =>
        Resources(export).FirstOrDefault(resource => (string?)resource["type"] == StackType && resource["delete"] is null);

    /// <summary>The outputs of the stack; a copy.</summary>
    public static JsonObject OutputsOf(JsonObject export) => StackResource(export)?["outputs"]?.DeepClone() as JsonObject ?? [];

    /// <summary>Sets the outputs of a stack in its state; a stack that has none yet gets one with nothing but the outputs.</summary>
    public static void SetOutputs(JsonObject export, StackId stack, JsonObject outputs)
    {
        if (StackResource(export) is { } found)
        {
            found["outputs"] = outputs.DeepClone();
            return;
        }

        var deployment = export["deployment"]!.AsObject();
        var resources = deployment["resources"] as JsonArray ?? [];
        resources.Insert(0, new JsonObject
        {
            ["urn"] = $"urn:pulumi:{stack.Cluster}::{stack.Application}::{StackType}::{stack.Application}-{stack.Cluster}",
            ["custom"] = false,
            ["type"] = StackType,
            ["outputs"] = outputs.DeepClone(),
        });
        deployment["resources"] = resources;
    }

    /// <summary>
    /// Outputs as an event tells them, in the form of a state file. Events mask secrets: one that was there before is taken to be
    /// the same, a new one is unknown.
    /// </summary>
    /// <param name="predicted">The outputs of the event.</param>
    /// <param name="current">The outputs of the state.</param>
    public static JsonObject Merge(JsonObject predicted, JsonObject current) => (JsonObject)Merge((JsonNode)predicted, current)!;

    /// <summary>Values of an event, every secret of which is told as <see cref="PropertyDiffs.Secret"/>, in whichever form the engine masks it.</summary>
    public static JsonNode? WithSecretsAsText(JsonNode? node) => node switch
    {
        _ when IsSecret(node) => JsonValue.Create(PropertyDiffs.Secret),
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, WithSecretsAsText(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithSecretsAsText)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Merge(JsonNode? predicted, JsonNode? current) => predicted switch
    {
        JsonValue value when value.TryGetValue(out string? text) && text == PropertyDiffs.Secret =>
            IsSecret(current) ? current!.DeepClone() : JsonValue.Create(UnknownMark),
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Merge(pair.Value, (current as JsonObject)?[pair.Key])))),
        JsonArray list => new JsonArray([.. list.Select((item, index) => Merge(item, current is JsonArray old && index < old.Count ? old[index] : null))]),
        _ => predicted?.DeepClone(),
    };

    private static bool IsSecret(JsonNode? node) => node is JsonObject map && (string?)map[SignatureKey] == SecretSignature;
}
