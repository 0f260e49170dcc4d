using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

/// <summary>What is on disk at any moment of an update is a state that the next one can go on from.</summary>
public sealed class CrashTests : DeployingTest
{
    private const string Checkpoint = "store/.pulumi/stacks/proj/dev.json";
    private const string Journal = Checkpoint + ".journal";

    private readonly List<(string Checkpoint, string Journal, string[] Existing)> _moments = [];
    private readonly Lock _lock = new();

    public CrashTests() => Provider.Creating = request => _created.Add((request.Urn.Name, request.MayExist));

    private Task Remember()
    {
        lock (_lock)
        {
            _moments.Add((Workspace.Read(Checkpoint), File.Exists(Workspace.PathOf(Journal)) ? Workspace.Read(Journal) : "", [.. Provider.Existing.Keys]));
        }

        return Task.CompletedTask;
    }

    private void GoBackTo(string checkpoint, string journal)
    {
        Workspace.Write(Checkpoint, checkpoint);
        if (journal.Length > 0)
        {
            Workspace.Write(Journal, journal);
        }
        else
        {
            File.Delete(Workspace.PathOf(Journal));
        }
    }

    private readonly List<(string Name, bool MayExist)> _created = [];

    // A provider that names what the program does not name, and keeps the name from then on.
    private void NameAtCheck() => Provider.OnCheck = request => CheckResult.Passed(
        request.NewInputs.With("name", request.OldInputs["name"] ?? $"{request.Urn.Name}-{Convert.ToHexStringLower([.. request.RandomSeed[..4]])}"));

    private static async Task Program(ProgramClient program, int count, double size)
    {
        Registered? last = null;
        for (var number = 0; number < count; number++)
        {
            last = await Thing(program, $"t{number}", size, request => request.AdditionalSecretOutputs.Add("size"), last is null ? [] : [last]);
        }
    }

    [Fact]
    public async Task Killed_AtEachStep_TheNextUpdateKnowsEverythingThatWasMade()
    {
        Provider.OnDiff = request => request.OldInputs.Equals(request.NewInputs) ? DiffResult.NoChanges
            : new DiffResult { Changes = DiffChanges.Some, Replaces = request.Urn.Name == "t1" ? ["size"] : [] };
        Provider.OnCreate = (_, _) => Remember();
        Provider.OnUpdate = (_, _) => Remember();
        Provider.OnDelete = (_, _) => Remember();
        Workspace.Environment["PULUMI_PARALLEL"] = "1"; // So that nothing else happens at the moments that are looked at.
        (await Workspace.UpAsync(program => Program(program, 4, 1))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, 3, 2))).ShouldSucceed();
        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview")).ShouldSucceed();
        Assert.Equal(4 + 3 + 2 + 3, _moments.Count);

        foreach (var (checkpoint, journal, existing) in _moments)
        {
            GoBackTo(checkpoint, journal);
            var export = (await Workspace.RunAsync("stack", "export")).ShouldSucceed().Json["deployment"]!;
            var ids = (export["resources"]?.AsArray() ?? []).Select(resource => resource!["id"]?.GetValue<string>()).OfType<string>().Where(id => id.StartsWith('t'));
            Assert.Equal(existing.Order(), ids.Order());
            Assert.Single(export["pending_operations"]!.AsArray()); // The step that was under way.
        }
    }

    [Fact]
    public async Task Killed_InTheMiddle_TheNextUpdateConvergesAndReportsWhatWasPending()
    {
        Provider.OnCreate = (request, _) => request.Urn.Name == "t2" ? Remember() : Task.CompletedTask;
        (await Workspace.UpAsync(program => Program(program, 4, 1))).ShouldSucceed();
        var (checkpoint, journal, _) = _moments.Single();
        GoBackTo(checkpoint, journal);
        Provider.Existing.TryRemove("t3-1", out _);

        var outcome = (await Workspace.UpAsync(program => Program(program, 4, 1))).ShouldSucceed();
        Assert.Contains("interrupted while creating", outcome.Messages("warning")[0]);
        Assert.Equal(new Dictionary<string, int> { ["create"] = 2, ["same"] = 3 }, outcome.Changes);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Cancel_JournalOfADeadUpdate_IsPutIntoTheCheckpoint()
    {
        Provider.OnCreate = (request, _) => request.Urn.Name == "t2" ? Remember() : Task.CompletedTask;
        (await Workspace.UpAsync(program => Program(program, 4, 1))).ShouldSucceed();
        GoBackTo(_moments.Single().Checkpoint, _moments.Single().Journal);
        (await Workspace.RunAsync("cancel", "--yes", "--stack", "dev")).ShouldSucceed();
        Assert.False(File.Exists(Workspace.PathOf(Journal)));
        Assert.Equal(["t0", "t1"], Workspace.Resources().Keys.Where(name => name.StartsWith('t')));
        Assert.Single(Workspace.State()["pending_operations"]!.AsArray());
    }

    [Fact]
    public async Task Killed_BeforeAnythingWasWritten_TheEmptyJournalGoes()
    {
        Workspace.Write(Journal, "");
        (await Workspace.RunAsync("cancel", "--yes", "--stack", "dev")).ShouldSucceed();
        Assert.False(File.Exists(Workspace.PathOf(Journal)));
    }

    [Fact]
    public async Task Killed_WhileCreating_TheCreateIsRepeatedWithWhatTheProviderChoseThen()
    {
        NameAtCheck();
        Provider.OnCreate = (request, _) => request.Urn.Name == "t1" ? Remember() : Task.CompletedTask;
        (await Workspace.UpAsync(program => Program(program, 2, 1))).ShouldSucceed();
        var chosen = Workspace.Resources()["t1"]["inputs"]!["name"]!.GetValue<string>();
        GoBackTo(_moments.Single().Checkpoint, _moments.Single().Journal);

        (await Workspace.UpAsync(program => Program(program, 2, 1))).ShouldSucceed();
        Assert.Equal(chosen, Workspace.Resources()["t1"]["inputs"]!["name"]!.GetValue<string>());
        Assert.Equal([("t0", false), ("t1", false), ("t1", true)], _created);
    }

    [Fact]
    public async Task Killed_WhileCreatingAReplacement_OnlyThatReplacementIsRepeated()
    {
        NameAtCheck();
        Provider.OnDiff = request => request.OldInputs.Equals(request.NewInputs) ? DiffResult.NoChanges
            : new DiffResult { Changes = DiffChanges.Some, Replaces = ["size"] };
        (await Workspace.UpAsync(program => Program(program, 1, 1))).ShouldSucceed();
        Provider.OnCreate = (_, _) => Remember();
        (await Workspace.UpAsync(program => Program(program, 1, 2))).ShouldSucceed();
        var chosen = Workspace.Resources()["t0"]["inputs"]!["name"]!.GetValue<string>();
        GoBackTo(_moments.Single().Checkpoint, _moments.Single().Journal);

        (await Workspace.UpAsync(program => Program(program, 1, 2))).ShouldSucceed();
        Assert.Equal(chosen, Workspace.Resources()["t0"]["inputs"]!["name"]!.GetValue<string>());

        // The note stays until it is cleared, but a later replacement is another matter and gets a name of its own.
        Assert.Single(Workspace.State()["pending_operations"]!.AsArray());
        (await Workspace.UpAsync(program => Program(program, 1, 3))).ShouldSucceed();
        Assert.NotEqual(chosen, Workspace.Resources()["t0"]["inputs"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Killed_WhileWritingAFile_TheNextUpdateTidiesUp()
    {
        var unfinished = Workspace.PathOf($"store/.pulumi/stacks/proj/.dev.json.{Guid.NewGuid():N}.tmp");
        var others = Workspace.PathOf($"store/.pulumi/stacks/proj/.dev.json.json.{Guid.NewGuid():N}.tmp");
        await File.WriteAllTextAsync(unfinished, "{", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(others, "{", TestContext.Current.CancellationToken);
        (await Workspace.UpAsync(program => Program(program, 1, 1))).ShouldSucceed();
        Assert.False(File.Exists(unfinished));
        Assert.True(File.Exists(others)); // Of a stack called dev.json, which may be in the middle of an update.
    }

    [Fact]
    public async Task Journal_OfAnotherCheckpoint_IsNotRead()
    {
        Provider.OnCreate = (request, _) => request.Urn.Name == "t1" ? Remember() : Task.CompletedTask;
        (await Workspace.UpAsync(program => Program(program, 2, 1))).ShouldSucceed();
        GoBackTo(Workspace.Read(Checkpoint), _moments.Single().Journal);
        (await Workspace.UpAsync(program => Program(program, 2, 1), "--expect-no-changes")).ShouldSucceed();
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task StackOutput_WhileAnUpdateRuns_ShowsWhatIsDoneSoFar()
    {
        string? seen = null;
        (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "thing");
            seen = (await Workspace.RunAsync("stack", "export")).ShouldSucceed().Out;
        })).ShouldSucceed();
        Assert.Contains("\"id\": \"thing-1\"", seen);
    }

    [Fact]
    public async Task Journal_HoldsNoSecretInPlainText()
    {
        Provider.OnCreate = (_, _) => Remember();
        (await Workspace.UpAsync(async program =>
        {
            await program.CustomAsync(Type, "a", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2"))));
            await program.CustomAsync(Type, "b", PropertyMap.Empty);
        })).ShouldSucceed();
        Assert.DoesNotContain("hunter2", string.Concat(_moments.Select(moment => moment.Journal)));
        Assert.Contains("ciphertext", _moments[^1].Journal);
    }
}
