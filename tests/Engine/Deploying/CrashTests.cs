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
