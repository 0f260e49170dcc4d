using Pulumi.Automation;
using Pulumi.Automation.Events;
using Pulumi.Automation.Serialization;

namespace FogInfra.Tests;

/// <summary>What is read can be written, and read again.</summary>
public sealed class JsonContractTests
{
    private readonly LocalSerializer _serializer = new();

    [Theory]
    [InlineData("""{"sequence":1,"timestamp":2,"stdoutEvent":{"message":"m","color":"raw"}}""")]
    [InlineData("""{"sequence":1,"timestamp":2,"summaryEvent":{"maybeCorrupt":false,"durationSeconds":3,"resourceChanges":{"create-replacement":1},"policyPacks":{}}}""")]
    [InlineData("""{"sequence":1,"timestamp":2,"diagnosticEvent":{"urn":"u","message":"m","color":"raw","severity":"info#err","ephemeral":true}}""")]
    public void EngineEvent_WrittenAgain_IsTheSame(string json) =>
        Assert.Equal(json, _serializer.SerializeJson(_serializer.DeserializeJson<EngineEvent>(json)));

    [Theory]
    [InlineData("""{"value":"v","secret":true}""")]
    public void ConfigValue_WrittenAgain_IsTheSame(string json) =>
        Assert.Equal(json, _serializer.SerializeJson(_serializer.DeserializeJson<ConfigValue>(json)));

    [Theory]
    [InlineData("""{"name":"shop","runtime":"dotnet","main":"src"}""")]
    [InlineData("""{"name":"shop","runtime":{"name":"nodejs","options":{"typeScript":true}}}""")]
    public void ProjectSettings_WrittenAgain_IsTheSame(string json) =>
        Assert.Equal(json, _serializer.SerializeJson(_serializer.DeserializeJson<ProjectSettings>(json)));

    [Fact]
    public void ProjectSettings_WithoutRuntime_IsOneOfNode()
    {
        Assert.Equal(ProjectRuntimeName.NodeJS, _serializer.DeserializeJson<ProjectSettings>("""{"name":"shop"}""").Runtime.Name);
        Assert.Equal(ProjectRuntimeName.NodeJS, _serializer.DeserializeYaml<ProjectSettings>("name: shop\n").Runtime.Name);
    }

    [Fact]
    public void StackSettings_WrittenAgain_IsTheSame()
    {
        const string json = """{"encryptionsalt":"v1:abc","config":{"a":"1","b":{"secure":"v1:x"}}}""";

        Assert.Equal(json, _serializer.SerializeJson(_serializer.DeserializeJson<StackSettings>(json)));
    }
}
