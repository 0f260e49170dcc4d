using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

/// <summary>Updates by the command line: options, events, what the program is told, what is on the disk afterwards.</summary>
public sealed class UpCommandTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();
    private readonly RecordingProvider _provider = new();

    public UpCommandTests() => _workspace.Provide("acme", () => _provider);

    public void Dispose() => _workspace.Dispose();

    private Task<CommandOutcome> Run(params string[] arguments) => _workspace.RunAsync(arguments);

    private static Task Thing(ProgramClient program) => program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("size", 1d)));

    [Fact]
    public async Task EventLog_File_HasTheSameEventsAsTheCallback()
    {
        await _workspace.WithStackAsync();
        var outcome = (await _workspace.UpAsync(Thing, "--event-log", "events.json")).ShouldSucceed();
        Assert.Equal(outcome.Events, _workspace.Read("events.json").TrimEnd('\n').Split('\n'));
        Assert.Equal(Enumerable.Range(0, outcome.Events.Count), outcome.EventObjects.Select(item => item["sequence"]!.GetValue<int>()));
        Assert.All(outcome.EventObjects, item => Assert.Equal(3, item.Count));
    }

    [Fact]
    public async Task Events_OfAnUpdate_HaveTheFormThatClientsRead()
    {
        await _workspace.WithStackAsync();
        var outcome = (await _workspace.UpAsync(Thing)).ShouldSucceed();
        var kinds = outcome.EventObjects.Select(item => item.Select(pair => pair.Key).Single(key => key.EndsWith("Event", StringComparison.Ordinal))).ToArray();
        Assert.Equal("preludeEvent", kinds[0]);
        Assert.Equal(["summaryEvent", "cancelEvent"], kinds[^2..]);
        var thing = outcome.EventObjects.Select(item => item["resOutputsEvent"]?["metadata"]).Single(item => item?["type"]?.GetValue<string>() == "acme:index:Thing")!;
        Assert.Equal(
            """{"type":"acme:index:Thing","urn":"urn:pulumi:dev::proj::acme:index:Thing::thing","custom":true,"id":"thing-1","parent":"urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev","inputs":{"size":1},"outputs":{"serial":1,"size":1},"provider":"PROVIDER"}""",
            thing["new"]!.ToJsonString().Replace(thing["provider"]!.GetValue<string>(), "PROVIDER"));
        Assert.Equal(("create", "null", "null", "true"), (thing["op"]!.GetValue<string>(), thing["old"]?.ToJsonString() ?? "null", thing["detailedDiff"]?.ToJsonString() ?? "null", thing["logical"]!.ToJsonString()));
        var summary = outcome.EventObjects[^2]["summaryEvent"]!;
        Assert.Equal(
            ["maybeCorrupt", "durationSeconds", "resourceChanges", "PolicyPacks", "isPreview", "result"], summary.AsObject().Select(item => item.Key));
        Assert.Equal("{}", outcome.EventObjects[^1]["cancelEvent"]!.ToJsonString());
    }

    [Fact]
    public async Task UpJson_IsOneEventALine()
    {
        await _workspace.WithStackAsync();
        var outcome = (await _workspace.UpAsync(Thing, "--json")).ShouldSucceed();
        Assert.Equal(outcome.Events, outcome.Out.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task UpConfig_Option_IsSavedAndUsed()
    {
        await _workspace.WithStackAsync();
        string? seen = null;
        (await _workspace.UpAsync(
            program =>
            {
                seen = program.Run.Config["proj:a"];
                return Task.CompletedTask;
            },
            "--config",
            "a=1")).ShouldSucceed();
        Assert.Equal("1", seen);
        Assert.Equal("1\n", (await Run("config", "get", "a")).ShouldSucceed().Out);
    }

    [Theory]
    [InlineData("--plan", "x")]
    [InlineData("--policy-pack", "x")]
    [InlineData("--attach-debugger")]
    public async Task Up_WhatThisEngineDoesNotHave_SaysSo(params string[] flag)
    {
        await _workspace.WithStackAsync();
        var outcome = await _workspace.UpAsync(Thing, flag);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("are not supported by this engine", outcome.Error);
    }

    [Fact]
    public async Task Up_FlagsThatClientsPass_AreAccepted()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(
            Thing,
            "--diff", "--show-reads=false", "--color", "never", "--logflow", "--verbose=3", "--logtostderr", "--debug", "--suppress-outputs",
            "--suppress-progress", "--exec-agent", "x", "--parallel=2", "--refresh=false", "--emoji", "-s", "dev", "--tracing", "file:x")).ShouldSucceed();
    }

    [Fact]
    public async Task Up_MissingConfiguration_IsToldBeforeAnythingRuns()
    {
        _workspace.Write("Pulumi.yaml", "name: proj\nruntime: dotnet\nconfig:\n  a: {type: string}\n  b: {type: integer, default: 2}\n");
        await _workspace.WithStackAsync();
        var outcome = await _workspace.UpAsync(Thing);
        Assert.Equal((1, "error: Stack 'dev' is missing configuration value 'a'\n"), (outcome.ExitCode, outcome.Error));
        Assert.Empty(outcome.Events);
        (await Run("config", "set", "a", "x")).ShouldSucceed();
        string? seen = null;
        (await _workspace.UpAsync(program =>
        {
            seen = program.Run.Config["proj:b"];
            return Task.CompletedTask;
        })).ShouldSucceed();
        Assert.Equal("2", seen);
    }

    [Fact]
    public async Task Run_Request_TellsTheProgramWhatItNeeds()
    {
        await _workspace.WithStackAsync();
        (await Run("config", "set", "--secret", "ns:token", "hunter2")).ShouldSucceed();
        (await _workspace.UpAsync(program =>
        {
            var run = program.Run;
            Assert.Equal(("proj", "dev", "organization", false), (run.Project, run.Stack, run.Organization, run.DryRun));
            Assert.Equal("hunter2", run.Config["ns:token"]);
            Assert.Equal(["ns:token"], run.ConfigSecretKeys);
            Assert.Equal((_workspace.Root, _workspace.Root), (run.Pwd, run.Info.RootDirectory));
            Assert.DoesNotContain("://", run.MonitorAddress + run.Args[0]);
            return Task.CompletedTask;
        })).ShouldSucceed();
    }

    [Fact]
    public async Task Up_State_IsWrittenAtomicallyWithBackupHistoryAndNoLockLeft()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        Assert.True(File.Exists(_workspace.PathOf("store/.pulumi/stacks/proj/dev.json.bak")));
        Assert.Single(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/backups/proj/dev"), "dev.*.json"));
        Assert.Single(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/history/proj/dev"), "dev-*.history.json"));
        Assert.Single(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/history/proj/dev"), "dev-*.checkpoint.json"));
        Assert.Empty(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/locks/organization/proj/dev")));
        Assert.Empty(Directory.EnumerateFiles(_workspace.Root, "*.tmp", SearchOption.AllDirectories));
        Assert.All(Directory.EnumerateFiles(_workspace.PathOf("store"), "*.json*", SearchOption.AllDirectories), file =>
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file));
    }

    [Fact]
    public async Task Up_Unchanged_LeavesTheStateFileByteForByteButForItsTime()
    {
        await _workspace.WithStackAsync();
        Task Program(ProgramClient program) => program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2"))));
        (await _workspace.UpAsync(Program)).ShouldSucceed();
        var before = _workspace.State()["resources"]!.ToJsonString();
        (await _workspace.UpAsync(Program)).ShouldSucceed();
        Assert.Equal(before, _workspace.State()["resources"]!.ToJsonString());
    }
}
