using FogInfra.Model;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Tests;

/// <summary>A rollout whose runner dies.</summary>
public sealed class ResumeTests
{
    private const string Sketch = "one: c1=cloud, f1=fog/c1; two: e1=edge/f1, e2=edge/f1; three: e3=edge, e4=edge";

    [Fact]
    public void Run_KilledAtEverySecond_TakesEachFinishedStepOnce_AndComesToTheSameEnd()
    {
        for (var second = 0; second < 40; second++)
        {
            var rehearsal = new Rehearsal().KillAt(second).Run(SketchedFleet.Of(Sketch));

            Assert.All(rehearsal.Outcomes(), outcome => Assert.EndsWith(" changed", outcome, StringComparison.Ordinal));
            var finished = rehearsal.Events<RolloutEvent.StackFinished>().Select(each => each.Stack).ToList();
            Assert.Equal(finished.Distinct().Count(), finished.Count);
        }
    }

    [Fact]
    public void Run_KilledDuringARollback_GoesOnWithIt()
    {
        var rehearsal = new Rehearsal { Failing = { "e3" } }.KillAt(45).Run(SketchedFleet.Of(Sketch));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Run_KilledDuringAnUpdate_BeginsItAgain_AsANewGeneration()
    {
        var rehearsal = new Rehearsal().KillAt(5).Run(SketchedFleet.Of("one: e1=edge"));

        Assert.Equal(["0 e1 2", "5 e1 2"], rehearsal.Updates);
        Assert.Equal(2, rehearsal.State.Forward.Stacks[SketchedFleet.Stack("e1")].Generation);
    }

    [Fact]
    public void Run_KilledDuringAnUpdateThatIsThenPutBack_PutsBackWhatMayHaveBeenTouched()
    {
        var rehearsal = new Rehearsal().KillAt(5).At(5, new OperatorCommand.Rollback("anna", "stop")).Run(SketchedFleet.Of("one: e1=edge, e2=edge"));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.Equal(["5 e1 1", "5 e2 1"], rehearsal.Updates.TakeLast(2));
    }

    [Fact]
    public void Fold_EveryPrefixOfARecord_IsAStateThatGoesOn()
    {
        var whole = new Rehearsal { Failing = { "e3" } }.Run(SketchedFleet.Of(Sketch)).Rollout.Entries;

        for (var length = 1; length < whole.Count; length++)
        {
            var state = RolloutState.Fold(whole.Take(length))!;

            Assert.Null(state.Outcome);
            var running = state.Active.Running > 0 || state.Active.Current?.Staged.Values.Any(done => !done) == true;
            Assert.True(running || !RolloutDecisions.Decide(state, Observations.None, whole[length - 1].At).IsEmpty, $"nothing follows entry {length}: {whole[length - 1].Event}");
        }
    }

    [Fact]
    public void Fold_RecordReadBack_GivesTheSameReport()
    {
        var rehearsal = new Rehearsal { Failing = { "e3" }, OfflineUntil = { ["e1"] = 3 } }
            .At(3, new RolloutEvent.ClusterHeld("e2", Rehearsal.Time(9), "busy"))
            .At(4, new RolloutEvent.ClusterMoved("e4", "two"))
            .At(5, new OperatorCommand.Pause("anna", "look")).At(6, new OperatorCommand.Resume("anna", "go"))
            .Run(SketchedFleet.Of(Sketch, new RolloutPolicy { SpreadOver = "site", ExposureBudget = new Amount.Percent(50), Seed = 3 }, ring => ring with
            {
                Gates = [new Gate.Soak(TimeSpan.FromSeconds(1))],
                Checks = [new OutputCheck("healthy", Comparison.Is, "true")],
            }));

        var read = rehearsal.Rollout.Entries.Select(entry => EntryJson.Read(EntryJson.Write(entry))!).ToList();

        Assert.Equal(
            ReportJson.Of(rehearsal.Report).ToJsonString(),
            ReportJson.Of(RolloutReport.Of(RolloutState.Fold(read)!, [.. read.Select(entry => entry.Event).OfType<RolloutEvent.GateEvaluated>()])).ToJsonString());
    }

    [Fact]
    public void Write_EveryEntry_IsOneLine()
    {
        var rehearsal = new Rehearsal { Failing = { "e3" } }.Run(SketchedFleet.Of(Sketch));

        Assert.All(rehearsal.Rollout.Entries, entry => Assert.DoesNotContain('\n', EntryJson.Write(entry)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"at\":\"2026-01-01T00:00:00Z\",\"event\":{\"event\":\"ringSta")]
    [InlineData("{\"at\":\"2026-01-01T00:00:00Z\",\"event\":{\"event\":\"unheardOf\"}}")]
    public void Read_TornOrStrangeLine_IsNoEntry(string line)
    {
        Assert.Null(EntryJson.Read(line));
    }

    [Theory]
    [InlineData(typeof(RolloutEvent))]
    [InlineData(typeof(OperatorCommand))]
    [InlineData(typeof(Gate))]
    [InlineData(typeof(Amount))]
    [InlineData(typeof(ClusterEngine))]
    public void Json_EveryKind_HasAName(Type type)
    {
        var named = type.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType.Name);

        Assert.Equal(type.GetNestedTypes().Where(nested => nested.IsSubclassOf(type)).Select(nested => nested.Name).Order(), named.Order());
    }

    [Fact]
    public void Fold_NoEntries_IsNoRollout()
    {
        Assert.Null(RolloutState.Fold([]));
    }

    [Fact]
    public void Fold_NoStart_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => RolloutState.Fold([new RolloutEntry(Rehearsal.Time(0), new RolloutEvent.RingPassed("one"))]));
    }
}
