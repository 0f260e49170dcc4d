using System.Text.Json.Nodes;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;

namespace FogInfra.Tests.Preview;

public sealed class DeploymentJsonTests
{
    private const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    private const string Encrypted = """{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","ciphertext":"v1:x"}""";

    private const string Masked = """{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","ciphertext":"[secret]"}""";

    [Theory]
    [InlineData("""{"a":1,"b":[null,"x"]}""", """{"a":1,"b":[null,"x"]}""")]
    [InlineData($$"""{"a":{{Masked}},"b":[{"c":{{Masked}}}]}""", """{"a":"[secret]","b":[{"c":"[secret]"}]}""")]
    public void WithSecretsAsText_MaskedSecrets_AreOneText(string values, string expected) =>
        Assert.Equal(expected, DeploymentJson.WithSecretsAsText(Json(values))!.ToJsonString());

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":1}""")]
    [InlineData("""{"a":"[secret]"}""", $$"""{"a":{{Encrypted}}}""", $$"""{"a":{{Encrypted}}}""")]
    [InlineData("""{"a":"[secret]"}""", """{"a":"was plain"}""", $$"""{"a":"{{Unknown}}"}""")]
    [InlineData("""{"a":["x",{"b":"[secret]"}]}""", $$"""{"a":["y",{"b":{{Encrypted}}}]}""", $$"""{"a":["x",{"b":{{Encrypted}}}]}""")]
    [InlineData("""{"a":["[secret]"]}""", "{}", $$"""{"a":["{{Unknown}}"]}""")]
    [InlineData("""{"a":null}""", "{}", """{"a":null}""")]
    public void Merge_KeepsSecretsThatWereThere_AndLeavesNewOnesUnknown(string predicted, string current, string expected) =>
        Assert.Equal(expected, DeploymentJson.Merge(Json(predicted), Json(current)).ToJsonString());

    [Fact]
    public void SetOutputs_OfAStackWithAState_ChangesNothingElse()
    {
        var export = Json("""{"version":3,"deployment":{"resources":[{"urn":"u","type":"pulumi:pulumi:Stack","outputs":{"a":1},"custom":false},{"urn":"v","type":"t"}]}}""");

        DeploymentJson.SetOutputs(export, new StackId("shop", "edge-1"), Json("""{"b":2}"""));

        Assert.Equal(
            """{"version":3,"deployment":{"resources":[{"urn":"u","type":"pulumi:pulumi:Stack","outputs":{"b":2},"custom":false},{"urn":"v","type":"t"}]}}""",
            export.ToJsonString());
    }

    [Fact]
    public void SetOutputs_OfANewStack_MakesItsResource()
    {
        var export = Json("""{"version":3,"deployment":{"manifest":{}}}""");

        DeploymentJson.SetOutputs(export, new StackId("shop", "edge-1"), Json("""{"b":2}"""));

        var resource = DeploymentJson.StackResource(export)!;
        Assert.Equal("urn:pulumi:edge-1::shop::pulumi:pulumi:Stack::shop-edge-1", (string?)resource["urn"]);
        Assert.Equal("""{"b":2}""", resource["outputs"]!.ToJsonString());
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
