using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Gates;

namespace FogInfra.Tests;

public sealed class OutputChecksTests
{
    private static readonly JsonNode Outputs = JsonNode.Parse(
        """
        {
          "healthy": true,
          "layer": "edge",
          "services": {
            "web": {"version": "1.0.0", "readyReplicas": 2},
            "api": {"version": "1.1.0", "readyReplicas": 3.5}
          },
          "zones": ["a", "b"],
          "nothing": null
        }
        """)!;

    [Theory]
    [InlineData("healthy", Comparison.Is, "true", true)]
    [InlineData("healthy", Comparison.Is, "True", false)]
    [InlineData("layer", Comparison.Is, "edge", true)]
    [InlineData("layer", Comparison.IsNot, "cloud", true)]
    [InlineData("layer", Comparison.IsNot, "edge", false)]
    [InlineData("services.web.readyReplicas", Comparison.AtLeast, "2", true)]
    [InlineData("services.web.readyReplicas", Comparison.AtLeast, "2.5", false)]
    [InlineData("services.web.readyReplicas", Comparison.AtMost, "2", true)]
    [InlineData("services.*.readyReplicas", Comparison.AtLeast, "2", true)]
    [InlineData("services.*.readyReplicas", Comparison.AtLeast, "3", false)]
    [InlineData("services.*.readyReplicas", Comparison.AtMost, "3", false)]
    [InlineData("services.*.version", Comparison.Is, "1.0.0", false)]
    [InlineData("zones.1", Comparison.Is, "b", true)]
    [InlineData("zones.*", Comparison.IsNot, "c", true)]
    [InlineData("nothing", Comparison.Is, "null", true)]
    [InlineData("layer", Comparison.AtLeast, "0", false)] // A text is no number.
    [InlineData("missing", Comparison.IsNot, "x", false)] // What is missing never passes.
    [InlineData("services.*.missing", Comparison.IsNot, "x", false)]
    [InlineData("zones.2", Comparison.IsNot, "x", false)]
    [InlineData("layer.deeper", Comparison.IsNot, "x", false)]
    public void Evaluate_Check_HoldsOrNot(string output, Comparison comparison, string value, bool passed)
    {
        Assert.Equal(passed, OutputChecks.Evaluate(new OutputCheck(output, comparison, value), Outputs).Passed);
    }

    [Theory]
    [InlineData("services.*.readyReplicas", "3", "services.web.readyReplicas = 2")]
    [InlineData("services.*.readyReplicas", "1", "services.api.readyReplicas = 3.5, services.web.readyReplicas = 2")]
    [InlineData("services.*.errors", "1", "there is no output 'services.*.errors'")]
    public void Evaluate_Check_GivesTheValuesThatDecided(string output, string atLeast, string evidence)
    {
        Assert.Equal(evidence, OutputChecks.Evaluate(new OutputCheck(output, Comparison.AtLeast, atLeast), Outputs).Evidence);
    }

    [Fact]
    public void Evaluate_NoOutputs_DoesNotPass()
    {
        Assert.False(OutputChecks.Evaluate(new OutputCheck("healthy", Comparison.IsNot, "false"), null).Passed);
    }
}
