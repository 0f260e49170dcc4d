using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Engine.Tests.Projects;

public sealed class ConfigTests
{
    private static readonly ImmutableSortedDictionary<ConfigKey, ConfigValue> Empty = ImmutableSortedDictionary<ConfigKey, ConfigValue>.Empty;

    private static ConfigPath Path(string text) => ConfigPath.TryParse(text, isPath: true, "proj")!;

    private static ImmutableSortedDictionary<ConfigKey, ConfigValue> Set(params (string Path, string Value)[] values) =>
        values.Aggregate(Empty, (config, item) => ConfigPaths.Set(config, Path(item.Path), ConfigValue.Plain(item.Value)));

    [Theory]
    [InlineData("a", "proj:a")]
    [InlineData("ns:a", "ns:a")]
    [InlineData("ns:config:a", "ns:a")]
    public void ConfigKey_Text_HasANamespace(string text, string expected) => Assert.Equal(expected, ConfigKey.TryParse(text, "proj")!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData(":a")]
    [InlineData("a:")]
    [InlineData("a:b:c")]
    public void ConfigKey_Malformed_GivesNull(string text) => Assert.Null(ConfigKey.TryParse(text, "proj"));

    [Fact]
    public void Set_PathsIntoObjectsAndLists_MakesThemAndTypesTheValues()
    {
        var config = Set(("ns:a.b", "true"), ("ns:a.list[0]", "7"), ("ns:a.list[1].x", "text"), ("ns:a[\"x.y\"]", "1.5"));
        Assert.Equal("""{"b":true,"list":[7,{"x":"text"}],"x.y":"1.5"}""", config[ConfigKey.TryParse("ns:a", "proj")!].Decrypt(null));
    }

    [Fact]
    public void Set_WholeKey_StaysAText() => Assert.Equal("true", Set(("a", "true")).Values.Single().Decrypt(null));

    [Theory]
    [InlineData("a[2]", "past the end of a list of 1")]
    [InlineData("a.x", "is no index of a list")]
    [InlineData("a[0].y", "leads into a value that is no object or list")]
    public void Set_PathThatDoesNotFit_SaysWhy(string path, string message) => Assert.Contains(
        message, Assert.Throws<FormatException>(() => Set(("a[0]", "first"), (path, "x"))).Message);

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData("a.list[1]", "y")]
    [InlineData("a", """{"b":1,"list":["x","y"]}""")]
    public void Get_Path_GivesWhatIsThere(string path, string expected) => Assert.Equal(
        expected, ConfigPaths.Get(Set(("a.b", "1"), ("a.list[0]", "x"), ("a.list[1]", "y")), Path(path))!.Decrypt(null));

    [Theory]
    [InlineData("b")]
    [InlineData("a.c")]
    [InlineData("a.b.c")]
    [InlineData("a[0]")]
    public void Get_PathToNothing_GivesNull(string path) => Assert.Null(ConfigPaths.Get(Set(("a.b", "1")), Path(path)));

    [Fact]
    public void Remove_Path_RemovesOnlyThat()
    {
        var config = ConfigPaths.Remove(Set(("a.b", "1"), ("a.list[0]", "x"), ("a.list[1]", "y")), Path("a.list[0]"));
        Assert.Equal("""{"b":1,"list":["y"]}""", config.Values.Single().Decrypt(null));
        Assert.Empty(ConfigPaths.Remove(config, Path("a")));
    }

    [Theory]
    [InlineData("string", "1", true)]
    [InlineData("integer", "\"1\"", true)]
    [InlineData("integer", "1.0", true)]
    [InlineData("integer", "1.5", false)]
    [InlineData("boolean", "\"true\"", true)]
    [InlineData("boolean", "\"yes\"", false)]
    [InlineData("object", "{}", true)]
    [InlineData("object", "[]", false)]
    [InlineData("array<integer>", "[1,\"2\"]", true)]
    [InlineData("array<integer>", "[1,\"x\"]", false)]
    [InlineData("array<string>", "\"[]\"", true)]
    public void ConfigType_Accepts_WhatSpellsAValueOfIt(string type, string json, bool expected)
    {
        var parts = type.Split('<', '>');
        Assert.Equal(expected, new ConfigType(parts[0], parts.Length > 1 ? new ConfigType(parts[1]) : null).Accepts(JsonNode.Parse(json)));
    }

    private static ProjectFile Declare(string config) => ProjectReader.Read("/p/Pulumi.yaml", $"name: proj\nruntime: dotnet\nconfig:\n{config}");

    [Fact]
    public void Resolve_DefaultsAndValues_FillWhatTheStackDoesNotSet()
    {
        var project = Declare("  replicas: {type: integer, default: 3}\n  region: eu\n  aws:region: {value: us}\n  list: {type: array, items: {type: string}, default: [a, b]}\n");
        var config = ConfigResolution.Resolve(project, "dev", Set(("region", "de")));
        Assert.Equal(
            ["aws:region=us", "proj:list=[\"a\",\"b\"]", "proj:region=de", "proj:replicas=3"],
            config.Select(item => $"{item.Key}={item.Value.Decrypt(null)}"));
    }

    [Fact]
    public void Resolve_Problems_AreAllTold()
    {
        var project = Declare("  a: {type: string}\n  b: {type: string}\n  c: {type: string}\n  n: {type: integer}\n  s: {type: string, secret: true}\n");
        var error = Assert.Throws<ProjectException>(() => ConfigResolution.Resolve(project, "dev", Set(("n", "many"), ("s", "plain")))).Message;
        Assert.Equal(
            """
            Stack 'dev' is missing configuration values 'a', 'b' and 'c'
            Stack 'dev' with configuration key 'n' must be of type 'integer'
            Stack 'dev' with configuration key 's' must be encrypted as it's secret
            """,
            error);
    }

    [Fact]
    public void Resolve_OneMissing_IsToldInTheSingular() => Assert.Equal(
        "Stack 'dev' is missing configuration value 'a'",
        Assert.Throws<ProjectException>(() => ConfigResolution.Resolve(Declare("  a: {type: string}\n"), "dev", Empty)).Message);
}
