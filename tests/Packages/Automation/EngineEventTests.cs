using System.Text.Json;
using Pulumi.Automation;
using Pulumi.Automation.Events;
using Pulumi.Automation.Serialization;

namespace FogInfra.Tests;

/// <summary>Events as the engine writes them.</summary>
public sealed class EngineEventTests
{
    private const string State =
        """{"type":"a:b:C","urn":"u","custom":true,"delete":true,"id":"i","parent":"p","protect":true,"inputs":{"n":1,"f":1.5,"b":true,"s":"t","z":null,"l":[1,"x"],"m":{"k":"v"}},"outputs":{"when":"2026-01-02T03:04:05Z"},"provider":"prov","initErrors":["e"]}""";

    [Fact]
    public void Read_Prelude_HasTheConfiguration()
    {
        var item = Read("""{"sequence":3,"timestamp":1755600000,"preludeEvent":{"config":{"proj:a":"1","proj:b":"[secret]"}}}""");

        Assert.Equal((3, 1755600000), (item.Sequence, item.Timestamp));
        Assert.Equal(new Dictionary<string, string> { ["proj:a"] = "1", ["proj:b"] = "[secret]" }, item.PreludeEvent!.Config);
        Assert.Null(item.SummaryEvent);
        Assert.Null(item.DiagnosticEvent);
    }

    [Fact]
    public void Read_ResourcePre_HasStatesAndDiff()
    {
        var item = Read(
            "{\"sequence\":1,\"timestamp\":1,\"resourcePreEvent\":{\"metadata\":{\"op\":\"create-replacement\",\"urn\":\"u\",\"type\":\"a:b:C\",\"old\":null,\"new\":"
            + State
            + ",\"keys\":[\"k\"],\"diffs\":[\"d1\",\"d2\"],\"detailedDiff\":{\"a.b\":{\"diffKind\":\"update-replace\",\"inputDiff\":true},\"c\":{\"kind\":\"delete\"}},\"logical\":false,\"provider\":\"prov\"},\"planning\":true}}");

        var step = item.ResourcePreEvent!.Metadata;
        Assert.True(item.ResourcePreEvent.Planning);
        Assert.Equal((OperationType.CreateReplacement, "u", "a:b:C", "prov"), (step.Op, step.Urn, step.Type, step.Provider));
        Assert.Equal(["k"], step.Keys!.Value);
        Assert.Equal(["d1", "d2"], step.Diffs!.Value);
        Assert.False(step.Logical);
        Assert.Null(step.Old);
        Assert.Equal(DiffKind.Delete, step.DetailedDiff!["c"].Kind);

        // The package does not read the key that engines write, "diffKind".
        Assert.Equal((DiffKind.Add, true), (step.DetailedDiff["a.b"].Kind, step.DetailedDiff["a.b"].InputDiff));

        var state = step.New!;
        Assert.Equal(("u", "a:b:C", "i", "p", "prov"), (state.Urn, state.Type, state.Id, state.Parent, state.Provider));
        Assert.Equal((true, true, true), (state.Custom, state.Delete, state.Protect));
        Assert.Equal(["e"], state.InitErrors!.Value);
    }

    [Fact]
    public void Read_Values_ArePlainObjects()
    {
        var item = Read(
            "{\"sequence\":1,\"timestamp\":1,\"resOutputsEvent\":{\"metadata\":{\"op\":\"update\",\"urn\":\"u\",\"type\":\"t\",\"old\":" + State
            + ",\"new\":null,\"detailedDiff\":null,\"provider\":\"\"}}}");

        var step = item.ResourceOutputsEvent!.Metadata;
        var inputs = step.Old!.Inputs;
        Assert.Equal(1L, inputs["n"]);
        Assert.Equal(1.5, inputs["f"]);
        Assert.Equal(true, inputs["b"]);
        Assert.Equal("t", inputs["s"]);
        Assert.Null(inputs["z"]);
        Assert.Equal([1L, "x"], Assert.IsType<object[]>(inputs["l"]));
        Assert.Equal("v", Assert.IsType<Dictionary<string, object>>(inputs["m"])["k"]);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), step.Old.Outputs["when"]);
        Assert.Null(step.New);
        Assert.Null(step.Keys);
        Assert.Null(step.DetailedDiff);
        Assert.Null(item.ResourceOutputsEvent.Planning);
    }

    [Fact]
    public void Read_Failure_HasStatusAndSteps()
    {
        var item = Read(
            """{"sequence":1,"timestamp":1,"resOpFailedEvent":{"metadata":{"op":"create","urn":"u","type":"t","old":null,"new":null,"provider":""},"status":2,"steps":5}}""");

        var failed = item.ResourceOperationFailedEvent!;
        Assert.Equal((OperationType.Create, 2, 5), (failed.Metadata.Op, failed.Status, failed.Steps));
    }

    [Fact]
    public void Read_Diagnostic_HasItsParts()
    {
        var item = Read(
            """{"sequence":1,"timestamp":1,"diagnosticEvent":{"urn":"u","prefix":"error: ","message":"broken\n","color":"raw","severity":"error","streamID":3,"ephemeral":true}}""");

        var diagnostic = item.DiagnosticEvent!;
        Assert.Equal(("u", "error: ", "broken\n"), (diagnostic.Urn, diagnostic.Prefix, diagnostic.Message));
        Assert.Equal(("raw", "error", true), (diagnostic.Color, diagnostic.Severity, diagnostic.Ephemeral));
        Assert.Null(diagnostic.StreamId);
    }

    [Fact]
    public void Read_OtherEvents_HaveTheirParts()
    {
        var output = Read("""{"sequence":1,"timestamp":1,"stdoutEvent":{"message":"hello","color":"never"}}""").StandardOutputEvent!;
        var summary = Read(
            """{"sequence":1,"timestamp":1,"summaryEvent":{"maybeCorrupt":true,"durationSeconds":12,"resourceChanges":{"create":1,"same":2,"frobnicate":3},"PolicyPacks":{"p":"1"}}}""")
            .SummaryEvent!;
        var policy = Read(
            """{"sequence":1,"timestamp":1,"policyEvent":{"resourceUrn":"u","message":"m","color":"raw","policyName":"n","policyPackName":"pp","policyPackVersion":"1","policyPackVersionTag":"one","enforcementLevel":"mandatory"}}""")
            .PolicyEvent!;

        Assert.NotNull(Read("""{"sequence":1,"timestamp":1,"cancelEvent":{}}""").CancelEvent);
        Assert.Equal(("hello", "never"), (output.Message, output.Color));
        Assert.Equal((true, 12), (summary.MaybeCorrupt, summary.DurationSeconds));
        Assert.Equal(3, summary.ResourceChanges[OperationType.Unknown]);
        Assert.Equal(2, summary.ResourceChanges[OperationType.Same]);
        Assert.Empty(summary.PolicyPacks);
        Assert.Equal(("u", "m", "raw", "n"), (policy.ResourceUrn, policy.Message, policy.Color, policy.PolicyName));
        Assert.Equal(
            ("pp", "1", "one", "mandatory"), (policy.PolicyPackName, policy.PolicyPackVersion, policy.PolicyPackVersionTag, policy.EnforcementLevel));
    }

    [Fact]
    public void Read_KindOfEventIsUnknown_IsAnEventWithoutContent()
    {
        var item = Read("""{"sequence":9,"timestamp":1,"progressEvent":{"type":"plugin-download","id":"x"}}""");

        Assert.Equal(9, item.Sequence);
        Assert.Null(item.StandardOutputEvent);
    }

    [Theory]
    [InlineData("same", OperationType.Same)]
    [InlineData("create", OperationType.Create)]
    [InlineData("update", OperationType.Update)]
    [InlineData("delete", OperationType.Delete)]
    [InlineData("replace", OperationType.Replace)]
    [InlineData("create-replacement", OperationType.CreateReplacement)]
    [InlineData("delete-replaced", OperationType.DeleteReplaced)]
    [InlineData("read", OperationType.Read)]
    [InlineData("read-replacement", OperationType.ReadReplacement)]
    [InlineData("refresh", OperationType.Refresh)]
    [InlineData("discard", OperationType.ReadDiscard)]
    [InlineData("discard-replaced", OperationType.DiscardReplaced)]
    [InlineData("remove-pending-replace", OperationType.RemovePendingReplace)]
    [InlineData("import", OperationType.Import)]
    [InlineData("import-replacement", OperationType.ImportReplacement)]
    [InlineData("frobnicate", OperationType.Unknown)]
    public void Read_Operation_IsThis(string name, OperationType expected)
    {
        var item = Read(
            """{"sequence":1,"timestamp":1,"resourcePreEvent":{"metadata":{"op":"OP","urn":"u","type":"t","provider":""}}}"""
                .Replace("OP", name, StringComparison.Ordinal));

        Assert.Equal(expected, item.ResourcePreEvent!.Metadata.Op);
    }

    [Theory]
    [InlineData("""{"sequence":1,"timestamp":1,"resourcePreEvent":{"metadata":{"op":"same","new":{"urn":"u","type":"t","outputs":{}}}}}""")]
    [InlineData("""{"sequence":1,"timestamp":1,"resourcePreEvent":{"metadata":{"op":"same","new":{"urn":"u","type":"t","inputs":null,"outputs":{}}}}}""")]
    [InlineData("""{"sequence":1,"timestamp":1,"resourcePreEvent":{"metadata":{"op":"same","new":{"urn":"u","type":"t","inputs":{}}}}}""")]
    [InlineData("""{"sequence":1,"timestamp":1,"resourcePreEvent":{"metadata":{"op":"same","detailedDiff":{"a":{"kind":"sideways"}}}}}""")]
    [InlineData("""{"sequence":1,"timestamp":1,"diagnosticEvent":{"message":"m","streamId":3}}""")]
    [InlineData("""{"sequence":1,"timestamp":1.5}""")]
    [InlineData("""{"sequence":1,"timestamp":3000000000}""")]
    public void Read_WhatThePackageCannotRead_IsAnError(string json) => Assert.ThrowsAny<Exception>(() => Read(json));

    [Fact]
    public void IsValidJson_AnyText_TellsWhetherItBeginsWithAValue()
    {
        var serializer = new LocalSerializer();

        Assert.True(serializer.IsValidJson("""{"a":1}"""));
        Assert.False(serializer.IsValidJson("""{"a":"""));
        Assert.False(serializer.IsValidJson("error: no"));
    }

    [Fact]
    public void BuildJsonSerializerOptions_IsTheWayEventsAreRead()
    {
        var options = LocalSerializer.BuildJsonSerializerOptions();

        var item = JsonSerializer.Deserialize<EngineEvent>("""{"sequence":4,"timestamp":1,"cancelEvent":{},}""", options);

        Assert.Equal(4, item!.Sequence);
    }

    private static EngineEvent Read(string json) => new LocalSerializer().DeserializeJson<EngineEvent>(json);
}
