using System.Text;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;
using WireSeverity = FogInfra.Embedded.Protocol.Messages.LogSeverity;

namespace FogInfra.Engine.Tests.Commands;

/// <summary>Secrets are found nowhere: not in a file, not on a screen, not in an event.</summary>
public sealed class SecrecyTests : IDisposable
{
    private static readonly string[] Secrets = ["swordfish-config", "swordfish-input", "swordfish-output", "swordfish-export", "swordfish-nested", TestWorkspace.Passphrase];

    private readonly TestWorkspace _workspace = new();
    private readonly RecordingProvider _provider = new();
    private readonly StringBuilder _shown = new();

    public SecrecyTests() => _workspace.Provide("acme", () => _provider);

    public void Dispose() => _workspace.Dispose();

    private async Task<CommandOutcome> Show(Task<CommandOutcome> command)
    {
        var outcome = await command;
        _shown.AppendLine(outcome.Out).AppendLine(outcome.Error).AppendJoin('\n', outcome.Events);
        return outcome;
    }

    private static async Task Program(ProgramClient program, double size)
    {
        Assert.Equal("swordfish-config", program.Run.Config["proj:token"]);
        var thing = await program.CustomAsync(
            "acme:index:Thing",
            "thing",
            PropertyMap.Of(
                ("size", size),
                ("pw", new PropertyValue.Secret("swordfish-input")),
                ("map", PropertyMap.Of(("deep", PropertyValue.ListOf(new PropertyValue.Secret("swordfish-nested")))))),
            request => request.AdditionalSecretOutputs.Add("made"));
        await program.LogAsync(WireSeverity.Warning, "the program quotes swordfish-config", thing.Urn);
        await program.LogAsync(WireSeverity.Info, "and swordfish-input");
        await program.ExportAsync(("token", new PropertyValue.Secret("swordfish-export")), ("made", thing.Outputs["made"] ?? PropertyValue.Null));
    }

    [Fact]
    public async Task EveryCommand_LeavesNoSecretBehind()
    {
        _provider.OnCheck = request => CheckResult.Passed(request.NewInputs.With("made", new PropertyValue.Secret("swordfish-output")));
        await _workspace.WithStackAsync();
        await Show(_workspace.RunAsync("config", "set", "--secret", "token", "swordfish-config"));
        (await Show(_workspace.PreviewAsync(program => Program(program, 1)))).ShouldSucceed();
        (await Show(_workspace.PreviewAsync(program => Program(program, 1), "--json", "--diff"))).ShouldSucceed();
        (await Show(_workspace.UpAsync(program => Program(program, 1), "--event-log", "events.log", "--debug"))).ShouldSucceed();
        (await Show(_workspace.UpAsync(program => Program(program, 2), "--json"))).ShouldSucceed();
        _provider.OnUpdate = (request, _) => throw new ProviderException($"cannot log in with {request.NewInputs.GetText("pw")} to {request.NewInputs.GetText("made")}");
        Assert.Equal(1, (await Show(_workspace.UpAsync(program => Program(program, 3)))).ExitCode);
        (await Show(_workspace.RunAsync("refresh", "--yes", "--skip-preview"))).ShouldSucceed();
        foreach (var line in new[] { "stack", "stack output", "stack output --json", "stack export", "stack history --json", "stack history", "config", "config --json", "stack ls --json", "about" })
        {
            (await Show(_workspace.RunAsync(line.Split(' ')))).ShouldSucceed();
        }

        (await Show(_workspace.RunAsync("stack", "rename", "renamed"))).ShouldSucceed();
        (await Show(_workspace.RunAsync("destroy", "--yes", "--skip-preview"))).ShouldSucceed();

        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, _shown.ToString());
            Assert.All(Directory.EnumerateFiles(_workspace.Root, "*", SearchOption.AllDirectories), file =>
                Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, $"{secret} is in {file}"));
        }

        Assert.Contains("the program quotes [secret]", _shown.ToString());
        Assert.Contains("cannot log in with [secret] to [secret]", _shown.ToString());
    }

    [Fact]
    public async Task FailedDelete_QuotesASecretOfTheState_IsRedacted()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(program => program.CustomAsync(
            "acme:index:Thing", "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("swordfish-input")))))).ShouldSucceed();
        _provider.OnDelete = (request, _) => throw new ProviderException($"cannot log in with {request.OldInputs.GetText("pw")}");
        Assert.Equal(1, (await Show(_workspace.UpAsync(_ => Task.CompletedTask, "--event-log", "events.log"))).ExitCode);
        Assert.Contains("cannot log in with [secret]", _shown.ToString());
        Assert.DoesNotContain("swordfish", _shown.ToString());
        Assert.DoesNotContain("swordfish", _workspace.Read("events.log"));
    }

    [Fact]
    public async Task FailedCheck_QuotesASecretOfTheProgram_IsRedacted()
    {
        await _workspace.WithStackAsync();
        _provider.OnCheck = request => throw new ProviderException($"cannot log in with {request.NewInputs.GetText("pw")}");
        Assert.Equal(1, (await Show(_workspace.UpAsync(program => program.CustomAsync(
            "acme:index:Thing", "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("swordfish-input"))))))).ExitCode);
        Assert.Contains("cannot log in with [secret]", _shown.ToString());
        Assert.DoesNotContain("swordfish", _shown.ToString());
    }
}
