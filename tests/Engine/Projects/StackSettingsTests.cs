using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Engine.Tests.Projects;

public sealed class StackSettingsTests
{
    private const string File = "/p/Pulumi.dev.yaml";

    private const string Commented = """
        # The stack of the edge.
        config:
          # Which version is rolled out.
          shop:version: 1.0.0   # keep in step with the fleet

          replicas: 3
          shop:nested:
            # inner note
            a: [1, 2]
            b: text
          aws:region: eu-west-1
        # The end.

        """;

    private static StackSettings Parse(string text) => StackSettings.Parse(File, text, "shop");

    private static ConfigKey Key(string text) => ConfigKey.TryParse(text, "shop")!;

    private static string Write(StackSettings settings) => StackSettingsWriter.ToText(settings, "shop");

    [Fact]
    public void Parse_Values_AreTheTextsThatStandInTheFile()
    {
        var settings = Parse("encryptionsalt: v1:x\nconfig:\n  a: true\n  b: 1.50\n  shop:config:c: 'q'\n  d:\n  e: {secure: abc}\n  f: {x: [1, {secure: s}]}\n");
        Assert.Equal("v1:x", settings.EncryptionSalt);
        Assert.Equal("true", settings.Config[Key("a")].Decrypt(null));
        Assert.Equal("1.50", settings.Config[Key("b")].Decrypt(null));
        Assert.Equal("q", settings.Config[Key("shop:c")].Decrypt(null));
        Assert.Equal("", settings.Config[Key("d")].Decrypt(null));
        Assert.True(settings.Config[Key("e")].IsSecret);
        Assert.Equal("""{"x":[1,"[secret]"]}""", settings.Config[Key("f")].ToMaskedText());
    }

    [Theory]
    [InlineData("config: [1]", "line 1, column 9: config must be an object")]
    [InlineData("config:\n  a:b:c:d: 1", "line 2, column 3: could not parse 'a:b:c:d'")]
    [InlineData("encryptionsalt: {a: 1}", "encryptionsalt must be a text")]
    public void Parse_Wrong_SaysWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ProjectException>(() => Parse(text)).Message);

    [Fact]
    public void Write_Unchanged_IsTheSameText() => Assert.Equal(Commented, Write(Parse(Commented)));

    [Fact]
    public void Write_OneValueChanged_LeavesEveryOtherLineAlone()
    {
        var settings = Parse(Commented);
        settings = settings with { Config = settings.Config.SetItem(Key("replicas"), ConfigValue.Plain("5")) };
        Assert.Equal(Commented.Replace("replicas: 3", "shop:replicas: \"5\""), Write(settings));
    }

    [Fact]
    public void Write_ValuesAddedAndRemoved_KeepsTheComments()
    {
        var settings = Parse(Commented);
        settings = settings with
        {
            EncryptionSalt = "v1:salt=:v1:x",
            Config = settings.Config.Remove(Key("shop:nested")).SetItem(Key("added"), ConfigValue.Encrypted("v1:a:b")),
        };
        Assert.Equal(
            """
            encryptionsalt: v1:salt=:v1:x
            # The stack of the edge.
            config:
              # Which version is rolled out.
              shop:version: 1.0.0   # keep in step with the fleet

              replicas: 3
              aws:region: eu-west-1
              shop:added:
                secure: v1:a:b
            # The end.

            """,
            Write(settings));
    }

    [Fact]
    public void Write_NewFile_HasSaltAndConfig()
    {
        var settings = Parse("") with
        {
            EncryptionSalt = "v1:s",
            Config = Parse("").Config.SetItem(Key("x"), ConfigValue.FromJson(JsonNode.Parse("""{"a":[1,{"b":"c"}],"d":{}}"""))),
        };
        Assert.Equal("encryptionsalt: v1:s\nconfig:\n  shop:x:\n    a:\n      - 1\n      - b: c\n    d: {}\n", Write(settings));
    }

    [Fact]
    public void Write_LastValueRemoved_RemovesTheMapping()
    {
        var settings = Parse("# note\nconfig:\n  a: 1\n");
        Assert.Equal("# note\n", Write(settings with { Config = settings.Config.Clear() }));
    }

    [Theory]
    [InlineData("config: {a: 1}\n")]
    [InlineData("{config: {a: 1}}\n")]
    [InlineData("config: &x\n  a: 1\nother: *x\n")]
    public void Write_StyleThatCannotBeChangedInPlace_IsWrittenAnew(string text)
    {
        var settings = Parse(text);
        var written = Write(settings with { Config = settings.Config.SetItem(Key("b"), ConfigValue.Plain("2")) });
        Assert.Equal("config:\n  shop:a: \"1\"\n  shop:b: \"2\"\n", written);
    }

    public static TheoryData<string> AwkwardTexts => new()
    {
        "", " ", "true", "null", "~", "1", "1e5", "0x10", "- a", "a: b", "a #b", "#", "'", "\"", "\\", "@x", "%x", "&a", "*a", "!t", "|", ">", "{}", "[]",
        "line\nbreak", "tab\t", "ü€", "trailing ", "y", "no", "2026-01-01", "a:", ":a", "?", "=", "<<", ".5", "+1", "\u0007",
    };

    [Theory]
    [MemberData(nameof(AwkwardTexts))]
    public void Write_AnyText_IsReadAsThatText(string value)
    {
        var settings = Parse(Commented);
        var written = Write(settings with { Config = settings.Config.SetItem(Key("k"), ConfigValue.Plain(value)) });
        Assert.Equal(value, Parse(written).Config[Key("k")].Decrypt(null));
    }

    [Fact]
    public void Write_RandomChanges_AreReadBack()
    {
        var random = new Random(7);
        var settings = Parse(Commented);
        for (var round = 0; round < 300; round++)
        {
            var key = Key($"k{random.Next(8)}");
            var config = random.Next(3) == 0
                ? settings.Config.Remove(key)
                : settings.Config.SetItem(key, random.Next(2) == 0 ? ConfigValue.Plain($"v{round}") : ConfigValue.FromJson(JsonNode.Parse($$"""{"n":[{{round}},{"x":"y"}]}""")));
            var written = Write(settings with { Config = config });
            settings = Parse(written);
            Assert.Equal(config.Select(item => (item.Key, item.Value.Decrypt(null))), settings.Config.Select(item => (item.Key, item.Value.Decrypt(null))));
            Assert.Contains("# Which version is rolled out.", written);
        }
    }

    [Fact]
    public void Write_JsonFile_StaysJson()
    {
        var settings = StackSettings.Parse("/p/Pulumi.dev.json", """{"config":{"a":"1"}}""", "shop");
        var written = Write(settings with { Config = settings.Config.SetItem(Key("b"), ConfigValue.Plain("2")) });
        Assert.Equal("2", JsonNode.Parse(written)!["config"]!["shop:b"]!.GetValue<string>());
    }
}
