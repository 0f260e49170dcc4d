using System.Text.Json;
using Pulumi;

namespace FogInfra.Tests;

public sealed class ConfigTests : EngineTest
{
    private static readonly JsonSerializerOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    [Fact]
    public async Task Get_EachType_GivesTheValue()
    {
        Configure(new()
        {
            ["proj:name"] = "n",
            ["proj:flag"] = "true",
            ["proj:count"] = "-3",
            ["proj:ratio"] = "1.5",
            ["proj:object"] = """{"Name":"o"}""",
            ["proj:lower"] = """{"name":"l"}""",
        });

        await RunAsync(async () =>
        {
            var config = new Config();
            Assert.Equal("n", config.Get("name"));
            Assert.True(config.GetBoolean("flag"));
            Assert.Equal(-3, config.GetInt32("count"));
            Assert.Equal(1.5, config.GetDouble("ratio"));
            Assert.Equal(new Named("o"), config.GetObject<Named>("object"));
            Assert.Equal(new Named("l"), config.GetObject<Named>("lower", IgnoreCase));
            Assert.Equal("n", config.Require("name"));
            Assert.True(config.RequireBoolean("flag"));
            Assert.Equal(-3, config.RequireInt32("count"));
            Assert.Equal(1.5, config.RequireDouble("ratio"));
            Assert.Equal(new Named("o"), config.RequireObject<Named>("object"));
            Assert.Equal(new Named("l"), config.RequireObject<Named>("lower", IgnoreCase));
            await AssertSecretAsync("n", config.GetSecret("name"), config.RequireSecret("name"));
            await AssertSecretAsync(true, config.GetSecretBoolean("flag"), config.RequireSecretBoolean("flag"));
            await AssertSecretAsync(-3, config.GetSecretInt32("count"), config.RequireSecretInt32("count"));
            await AssertSecretAsync(1.5, config.GetSecretDouble("ratio"), config.RequireSecretDouble("ratio"));
            await AssertSecretAsync(new Named("o"), config.GetSecretObject<Named>("object"), config.RequireSecretObject<Named>("object"));
            await AssertSecretAsync(
                new Named("l"), config.GetSecretObject<Named>("lower", IgnoreCase), config.RequireSecretObject<Named>("lower", IgnoreCase));
        });
    }

    [Fact]
    public async Task Get_AKeyThatIsNotSet_GivesNull()
    {
        await RunAsync(() =>
        {
            var config = new Config();
            Assert.Null(config.Get("x"));
            Assert.Null(config.GetBoolean("x"));
            Assert.Null(config.GetInt32("x"));
            Assert.Null(config.GetDouble("x"));
            Assert.Null(config.GetObject<Named>("x"));
            Assert.Null(config.GetSecret("x"));
            Assert.Null(config.GetSecretBoolean("x"));
            Assert.Null(config.GetSecretInt32("x"));
            Assert.Null(config.GetSecretDouble("x"));
            Assert.Null(config.GetSecretObject<Named>("x"));
        });
    }

    [Fact]
    public async Task Require_AKeyThatIsNotSet_FailsAndSaysHowToSetIt()
    {
        await RunAsync(() =>
        {
            var config = new Config("ns");
            Action[] uses =
            [
                () => config.Require("x"), () => config.RequireBoolean("x"), () => config.RequireInt32("x"),
                () => config.RequireDouble("x"), () => config.RequireObject<Named>("x"),
                () => config.RequireSecret("x"), () => config.RequireSecretBoolean("x"), () => config.RequireSecretInt32("x"),
                () => config.RequireSecretDouble("x"), () => config.RequireSecretObject<Named>("x"),
            ];
            foreach (var use in uses)
            {
                var message = Assert.ThrowsAny<RunException>(use).Message;
                Assert.Contains("'ns:x'", message, StringComparison.Ordinal);
                Assert.Contains("pulumi config set ns:x", message, StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [InlineData("yes", "GetBoolean")]
    [InlineData("True", "GetBoolean")]
    [InlineData("1.5", "GetInt32")]
    [InlineData("one", "GetDouble")]
    [InlineData("{", "GetObject")]
    public async Task Get_AValueOfAnotherType_FailsAndNamesTheKey(string value, string method)
    {
        Configure(new() { ["proj:x"] = value });

        await RunAsync(() =>
        {
            var config = new Config();
            var message = Assert.ThrowsAny<RunException>(() =>
            {
                _ = method switch
                {
                    "GetBoolean" => config.GetBoolean("x"),
                    "GetInt32" => config.GetInt32("x"),
                    "GetDouble" => config.GetDouble("x"),
                    _ => (object?)config.GetObject<Named>("x"),
                };
            }).Message;
            Assert.Contains("'proj:x'", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Keys_InAnyForm_AreFoundInTheirNamespace()
    {
        Configure(new() { ["proj:config:old"] = "1", ["other:new"] = "2", ["third:config:name"] = "3" });

        await RunAsync(() =>
        {
            Assert.Equal("1", new Config().Get("old"));
            Assert.Equal("1", new Config("proj:config").Get("old"));
            Assert.Equal("2", new Config("other").Get("new"));
            Assert.Equal("3", new Config("third").Get("name"));
            Assert.Null(new Config().Get("new"));
        });
    }

    [Fact]
    public async Task Get_ASecretKey_GivesThePlainText()
    {
        Configure(new() { ["proj:password"] = "p" }, "proj:password");

        await RunAsync(() => Assert.Equal("p", new Config().Get("password")));
    }

    [Fact]
    public async Task Require_InAProgram_FailsItWithTheMessageOnly()
    {
        var error = await FailAsync(() => { new Config().Require("missing"); });

        Assert.Contains("'proj:missing'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task AssertSecretAsync<T>(T expected, params Output<T>?[] outputs)
    {
        foreach (var output in outputs)
        {
            Assert.Equal(expected, await output!.ValueAsync());
            Assert.True(await output!.IsSecretAsync());
        }
    }

    private sealed record Named(string Name);
}
