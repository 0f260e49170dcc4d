using System.Text.Json.Nodes;
using FogInfra.Rollout.Preview;

namespace FogInfra.Tests.Preview;

public sealed class PropertyDiffsTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    [Fact]
    public void Of_WithoutPaths_ComparesLeafByLeaf()
    {
        var changes = PropertyDiffs.Of(new ResourceStates
        {
            Type = Deployment,
            OldInputs = Json("""{"a":1,"b":{"c":[1,2]},"gone":true}"""),
            NewInputs = Json("""{"a":1,"b":{"c":[1,3,4]},"new":{"x.y":"z"}}"""),
        });

        Assert.Equal(
            [
                new PropertyChange("b.c[1]", "2", "3"),
                new PropertyChange("b.c[2]", null, "4"),
                new PropertyChange("gone", "true", null),
                new PropertyChange("new[\"x.y\"]", null, "\"z\""),
            ],
            changes);
    }

    [Fact]
    public void Of_WithPaths_LooksAtThoseAlone_AndSaysWhichReplace()
    {
        var changes = PropertyDiffs.Of(new ResourceStates
        {
            Type = Deployment,
            OldInputs = Json("""{"spec":{"selector":{"app":"a"},"other":1}}"""),
            NewInputs = Json("""{"spec":{"selector":{"app":"b"},"other":2}}"""),
            Paths = [new DiffPath("spec.selector.app", Replaces: true, OfOutputs: false)],
        });

        Assert.Equal([new PropertyChange("spec.selector.app", "\"a\"", "\"b\"", Replaces: true)], changes);
    }

    [Fact]
    public void Of_Drift_ComparesWithWhatTheProviderSaw()
    {
        var changes = PropertyDiffs.Of(new ResourceStates
        {
            Type = Deployment,
            OldInputs = Json("""{"spec":{"replicas":2}}"""),
            OldOutputs = Json("""{"spec":{"replicas":7}}"""),
            NewInputs = Json("""{"spec":{"replicas":2}}"""),
            Paths = [new DiffPath("spec.replicas", Replaces: false, OfOutputs: true)],
        });

        Assert.Equal([new PropertyChange("spec.replicas", "7", "2")], changes);
    }

    [Fact]
    public void Of_UnknownValue_IsSaidToBeUnknown()
    {
        var changes = PropertyDiffs.Of(new ResourceStates { Type = Deployment, NewInputs = Json("""{"a":"04da6b54-80e4-46f7-96ec-b56ff0331ba9"}""") });

        Assert.Equal([new PropertyChange("a", null, PropertyDiffs.Unknown)], changes);
    }

    [Theory]
    [InlineData("kubernetes:core/v1:Secret", """{"data":{"password":"aHVudGVyMg=="},"stringData":{"token":"hunter2"}}""")]
    [InlineData("pulumi:providers:kubernetes", """{"kubeconfig":"token: hunter2","context":"aHVudGVyMg=="}""")]
    public void Of_WhatIsASecretWithoutBeingMarked_IsMasked(string type, string inputs)
    {
        var changes = PropertyDiffs.Of(new ResourceStates { Type = type, NewInputs = Json(inputs) });

        Assert.Equal(2, changes.Length);
        Assert.All(changes, change => Assert.Equal(PropertyDiffs.Secret, change.After));
    }

    [Fact]
    public void Of_SecretThatChanges_IsTold_ButNotShown()
    {
        var changes = PropertyDiffs.Of(new ResourceStates
        {
            Type = Deployment,
            OldInputs = Json("""{"env":"[secret]"}"""),
            NewInputs = Json("""{"env":"[secret]"}"""),
            Paths = [new DiffPath("env", Replaces: false, OfOutputs: false)],
        });

        Assert.Equal([new PropertyChange("env", "[secret]", "[secret]")], changes);
    }

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData("list[1].name", "\"y\"")]
    [InlineData("labels[\"app.kubernetes.io/name\"]", "\"web\"")]
    [InlineData("labels[\"with \\\"quotes\\\"\"]", "2")]
    [InlineData("list[7].name", null)]
    [InlineData("nowhere.at.all", null)]
    public void Find_Path(string path, string? expected)
    {
        var root = Json("""{"a":{"b":1},"list":[{"name":"x"},{"name":"y"}],"labels":{"app.kubernetes.io/name":"web","with \"quotes\"":2}}""");

        Assert.Equal(expected, PropertyLookup.Find(root, path)?.ToJsonString());
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
