using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

public sealed class SecretsProviderTests : IDisposable
{
    private const string NewPassphrase = "battery staple";
    private readonly TestWorkspace _workspace = new();
    private readonly RecordingProvider _provider = new();

    public SecretsProviderTests() => _workspace.Provide("acme", () => _provider);

    public void Dispose() => _workspace.Dispose();

    private async Task WithSecretsAsync()
    {
        await _workspace.WithStackAsync();
        (await _workspace.RunAsync("config", "set", "--secret", "token", "hunter2")).ShouldSucceed();
        (await _workspace.RunAsync("config", "set", "--secret", "--path", "deep.list[0]", "hunter3")).ShouldSucceed();
        (await UpAsync()).ShouldSucceed();
    }

    private Task<CommandOutcome> UpAsync() => _workspace.UpAsync(async program =>
    {
        await program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter4"))));
        await program.ExportAsync(("token", new PropertyValue.Secret("hunter5")));
    });

    private Task<CommandOutcome> ChangeAsync(string input, string type = "passphrase") =>
        _workspace.RunAsync(["stack", "change-secrets-provider", type], TestContext.Current.CancellationToken, input);

    private async Task AssertReadableAsync()
    {
        Assert.Equal("hunter2\n", (await _workspace.RunAsync("config", "get", "token")).ShouldSucceed().Out);
        Assert.Equal("hunter3\n", (await _workspace.RunAsync("config", "get", "--path", "deep.list[0]")).ShouldSucceed().Out);
        Assert.Equal("hunter5\n", (await _workspace.RunAsync("stack", "output", "token", "--show-secrets")).ShouldSucceed().Out);
        Assert.Equal(2, (await UpAsync()).ShouldSucceed().Changes["same"]);
    }

    [Fact]
    public async Task Change_NewPassphrase_OpensSettingsAndStateAndTheOldOneNoMore()
    {
        await WithSecretsAsync();
        var before = (_workspace.Read("Pulumi.dev.yaml"), _workspace.Read("store/.pulumi/stacks/proj/dev.json"));
        var outcome = (await ChangeAsync(NewPassphrase + "\n")).ShouldSucceed();
        Assert.DoesNotContain(NewPassphrase, outcome.Out, StringComparison.Ordinal);

        var refused = await _workspace.RunAsync("config", "get", "token");
        Assert.Equal((1, "error: incorrect passphrase\n"), (refused.ExitCode, refused.Error));
        _workspace.Environment["PULUMI_CONFIG_PASSPHRASE"] = NewPassphrase;
        await AssertReadableAsync();
        foreach (var ciphertext in Ciphertexts(before.Item1).Concat(Ciphertexts(before.Item2)))
        {
            Assert.DoesNotContain(ciphertext, _workspace.Read("Pulumi.dev.yaml") + _workspace.Read("store/.pulumi/stacks/proj/dev.json"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Change_KilledBetweenSettingsAndState_TheSameCommandFinishesIt()
    {
        await WithSecretsAsync();
        var state = _workspace.Read("store/.pulumi/stacks/proj/dev.json");
        (await ChangeAsync(NewPassphrase)).ShouldSucceed();
        _workspace.Write("store/.pulumi/stacks/proj/dev.json", state); // As if it had not been written yet.

        (await ChangeAsync(NewPassphrase)).ShouldSucceed();
        _workspace.Environment["PULUMI_CONFIG_PASSPHRASE"] = NewPassphrase;
        await AssertReadableAsync();
    }

    [Fact]
    public async Task Change_WrongOldPassphrase_ChangesNothing()
    {
        await WithSecretsAsync();
        var before = (_workspace.Read("Pulumi.dev.yaml"), _workspace.Read("store/.pulumi/stacks/proj/dev.json"));
        _workspace.Environment["PULUMI_CONFIG_PASSPHRASE"] = "wrong";
        var refused = await ChangeAsync(NewPassphrase);
        Assert.Equal((1, "error: incorrect passphrase\n"), (refused.ExitCode, refused.Error));
        Assert.Equal(before, (_workspace.Read("Pulumi.dev.yaml"), _workspace.Read("store/.pulumi/stacks/proj/dev.json")));
    }

    [Theory]
    [InlineData("", "passphrase", "the new passphrase is missing")]
    [InlineData("\n", "passphrase", "the new passphrase is missing")]
    [InlineData("x", "awskms://key", "unknown secrets provider type 'awskms://key' (supported values: default, passphrase)")]
    public async Task Change_WrongInvocation_IsRefused(string input, string type, string expected)
    {
        await WithSecretsAsync();
        var refused = await ChangeAsync(input, type);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ciphertexts(string text) =>
        text.Split('"', ' ', '\n').Where(word => word.StartsWith("v1:", StringComparison.Ordinal) && word.Length > 20);
}
