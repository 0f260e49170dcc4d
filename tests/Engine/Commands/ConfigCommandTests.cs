using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

public sealed class ConfigCommandTests : IAsyncLifetime
{
    private readonly TestWorkspace _workspace = new();

    public async ValueTask InitializeAsync() => await _workspace.WithStackAsync();

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<CommandOutcome> Run(params string[] arguments) => _workspace.RunAsync(arguments);

    private Task<CommandOutcome> Input(string input, params string[] arguments) =>
        _workspace.RunAsync(arguments, TestContext.Current.CancellationToken, input);

    [Fact]
    public async Task Set_AsTheDotnetClientDoes_AcceptsAnyValueAfterTheDashes()
    {
        (await Run("config", "set", "flag", "--plaintext", "--stack", "dev", "--non-interactive", "--", "-1")).ShouldSucceed();
        (await Run("config", "set", "empty", "--plaintext", "--stack", "dev", "--non-interactive", "--", "")).ShouldSucceed();
        (await Run("config", "set", "at", "--plaintext", "--stack", "dev", "--non-interactive", "--", "@file")).ShouldSucceed();
        Assert.Equal("-1\n", (await Run("config", "get", "flag")).ShouldSucceed().Out);
        Assert.Equal("\n", (await Run("config", "get", "empty")).ShouldSucceed().Out);
        Assert.Equal("@file\n", (await Run("config", "get", "at")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task Set_ValueFromStandardInput_IsRead()
    {
        (await Input("from stdin\n", "config", "set", "a")).ShouldSucceed();
        Assert.Equal("from stdin\n", (await Run("config", "get", "a")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task Set_Secret_IsEncryptedOnDisk()
    {
        (await Run("config", "set", "--secret", "token", "hunter2")).ShouldSucceed();
        Assert.DoesNotContain("hunter2", _workspace.Read("Pulumi.dev.yaml"));
        Assert.Matches("  proj:token:\n    secure: v1:", _workspace.Read("Pulumi.dev.yaml"));
        Assert.Equal("hunter2\n", (await Run("config", "get", "token")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task Get_Json_HasValueObjectAndSecret()
    {
        (await Run("config", "set", "--path", "o.a[0]", "1")).ShouldSucceed();
        (await Run("config", "set", "--path", "--secret", "o.b", "hunter2")).ShouldSucceed();
        var json = (await Run("config", "get", "o", "--json", "--stack", "dev")).ShouldSucceed().Json;
        Assert.Equal("""{"a":[1],"b":"hunter2"}""", json["objectValue"]!.ToJsonString());
        Assert.True(json["secret"]!.GetValue<bool>());
        Assert.Equal("1\n", (await Run("config", "get", "--path", "o.a[0]")).ShouldSucceed().Out);
        Assert.Equal("hunter2\n", (await Run("config", "get", "--path", "o.b")).ShouldSucceed().Out);
    }

    [Theory]
    [InlineData("nope", "error: configuration key 'nope' not found for stack 'dev'\n")]
    [InlineData("ns:nope", "error: configuration key 'ns:nope' not found for stack 'dev'\n")]
    public async Task Get_Missing_SaysSoInTheWordsThatClientsKnow(string key, string error)
    {
        var outcome = await Run("config", "get", key, "--json", "--stack", "dev");
        Assert.Equal((1, error), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task SetAll_ManyValues_AreSetAtOnce()
    {
        (await Run("config", "set-all", "--stack", "dev", "--plaintext", "a=1", "--plaintext", "b=x=y", "--secret", "c=hunter2")).ShouldSucceed();
        Assert.Equal(
            """
            {
              "proj:a": {
                "value": "1",
                "secret": false
              },
              "proj:b": {
                "value": "x=y",
                "secret": false
              },
              "proj:c": {
                "secret": true
              }
            }

            """,
            (await Run("config", "--json", "--stack", "dev")).ShouldSucceed().Out);
        var shown = (await Run("config", "--show-secrets", "--json", "--stack", "dev")).ShouldSucceed().Json;
        Assert.Equal("hunter2", shown["proj:c"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task SetAll_Paths_ReachIntoObjects()
    {
        (await Run("config", "set-all", "--stack", "dev", "--path", "--plaintext", "o.a=true", "--plaintext", "o.b.c=x")).ShouldSucceed();
        Assert.Equal("{\"a\":true,\"b\":{\"c\":\"x\"}}\n", (await Run("config", "get", "o")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task SetAll_Json_SetsWhatConfigJsonPrints()
    {
        (await Run("config", "set-all", "--json", """{"a":{"value":"1"},"ns:b":{"value":"hunter2","secret":true},"o":{"value":"{}","objectValue":{"x":[1]}}}""")).ShouldSucceed();
        Assert.Equal("hunter2\n", (await Run("config", "get", "ns:b")).ShouldSucceed().Out);
        Assert.Equal("{\"x\":[1]}\n", (await Run("config", "get", "o")).ShouldSucceed().Out);
        Assert.Equal(2, (await Run("config", "set-all", "--json", "no")).ExitCode);
    }

    [Fact]
    public async Task SetAll_NotAPair_DoesNotShowTheValue()
    {
        var outcome = await Run("config", "set-all", "--secret", "=hunter2");
        Assert.Equal(2, outcome.ExitCode);
        Assert.DoesNotContain("hunter2", outcome.Error);
    }

    [Fact]
    public async Task Rm_OneAndMany_RemovesThem()
    {
        (await Run("config", "set-all", "--plaintext", "a=1", "--plaintext", "b=2", "--plaintext", "c=3", "--plaintext", "d=4")).ShouldSucceed();
        (await Run("config", "rm", "a", "--stack", "dev")).ShouldSucceed();
        (await Run("config", "rm-all", "--stack", "dev", "b", "c")).ShouldSucceed();
        Assert.Equal(["proj:d"], (await Run("config", "--json")).ShouldSucceed().Json.AsObject().Select(item => item.Key));
    }

    [Fact]
    public async Task List_People_SeeMaskedSecretsAndShortKeys()
    {
        (await Run("config", "set-all", "--plaintext", "a=1", "--secret", "token=hunter2", "--plaintext", "ns:x=y")).ShouldSucceed();
        Assert.Equal(
            """
            KEY    VALUE
            ns:x   y
            a      1
            token  [secret]

            """,
            (await Run("config")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task Refresh_BringsBackTheConfigurationOfTheLastUpdate()
    {
        (await Run("config", "set", "a", "1")).ShouldSucceed();
        (await _workspace.UpAsync(_ => Task.CompletedTask)).ShouldSucceed();
        (await Run("config", "set", "a", "2")).ShouldSucceed();
        (await Run("config", "refresh", "--force", "--stack", "dev")).ShouldSucceed();
        Assert.Equal("1\n", (await Run("config", "get", "a")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task ConfigFile_Option_IsUsedInstead()
    {
        _workspace.Write("other.yaml", $"{_workspace.Read("Pulumi.dev.yaml")}config:\n  a: from elsewhere\n");
        Assert.Equal("from elsewhere\n", (await Run("config", "get", "a", "--config-file", "other.yaml")).ShouldSucceed().Out);
        (await Run("config", "set", "b", "x", "--config-file", "other.yaml")).ShouldSucceed();
        Assert.Contains("proj:b: x", _workspace.Read("other.yaml"));
    }

    [Theory]
    [InlineData("a:b:c")]
    [InlineData(":x")]
    public async Task MalformedKey_SaysWhatIsExpected(string key) => Assert.Contains(
        "(configuration keys should be of the form `<namespace>:<name>`)", (await Run("config", "set", key, "v")).Error);

    [Fact]
    public async Task Init_CopyConfig_EncryptsAnew()
    {
        (await Run("config", "set", "--secret", "token", "hunter2")).ShouldSucceed();
        (await Run("stack", "init", "copy", "--copy-config-from", "dev")).ShouldSucceed();
        Assert.Equal("hunter2\n", (await Run("config", "get", "token", "--stack", "copy")).ShouldSucceed().Out);
        Assert.NotEqual(_workspace.Read("Pulumi.dev.yaml"), _workspace.Read("Pulumi.copy.yaml"));
    }
}
