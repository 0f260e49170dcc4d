using System.Text.Json.Nodes;

namespace FogInfra.Engine.Tests.Harness;

/// <summary>What a command gave.</summary>
internal sealed record CommandOutcome(int ExitCode, string Out, string Error, IReadOnlyList<string> Events)
{
    /// <summary>The standard output as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>The events as JSON.</summary>
    public IReadOnlyList<JsonObject> EventObjects => [.. Events.Select(text => JsonNode.Parse(text)!.AsObject())];

    /// <summary>The counts of the summary event.</summary>
    public IReadOnlyDictionary<string, int> Changes =>
        EventObjects.Select(item => item["summaryEvent"]).OfType<JsonObject>().Single()["resourceChanges"]!.AsObject()
            .ToDictionary(item => item.Key, item => item.Value!.GetValue<int>());

    /// <summary>The operations of the resources by name, in the order in which they began.</summary>
    public IReadOnlyList<(string Op, string Name)> Steps =>
        [.. EventObjects.Select(item => item["resourcePreEvent"]?["metadata"]).OfType<JsonObject>()
            .Select(metadata => (metadata["op"]!.GetValue<string>(), metadata["urn"]!.GetValue<string>().Split("::")[^1]))];

    /// <summary>The texts of the messages of a severity.</summary>
    public IReadOnlyList<string> Messages(string severity) =>
        [.. EventObjects.Select(item => item["diagnosticEvent"]).OfType<JsonObject>()
            .Where(item => item["severity"]!.GetValue<string>() == severity)
            .Select(item => item["message"]!.GetValue<string>().Replace("<{%reset%}>", "").TrimEnd('\n'))];

    /// <summary>Fails the test with everything that was printed when the command failed.</summary>
    public CommandOutcome ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Error}\n{Out}");
        return this;
    }
}
