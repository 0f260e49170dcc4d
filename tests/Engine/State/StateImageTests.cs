using FogInfra.Embedded.Engine.State;
using static FogInfra.Engine.Tests.State.TestStates;

namespace FogInfra.Engine.Tests.State;

public sealed class StateImageTests
{
    [Fact]
    public void ToSnapshot_FinishedResources_ComeFirstInTheOrderInWhichTheyFinished()
    {
        var image = new StateImage(Snapshot(Resource("a"), Resource("b"), Resource("c")));
        var (b, a) = (image.Entries[1], image.Entries[0]);
        image.Apply(new StateChange.Removed(b), new StateChange.Recorded(new ResourceEntry(Resource("b"))));
        image.Apply(new StateChange.Removed(a), new StateChange.Recorded(new ResourceEntry(Resource("a"))));
        Assert.Equal(["b", "a", "c"], image.ToSnapshot().Names());
    }

    [Fact]
    public void Recorded_ReferenceThatWasNotHandled_ComesBeforeIt()
    {
        var image = new StateImage(Snapshot(Resource("base"), Resource("middle", "base"), Resource("other")));
        image.Apply(new StateChange.Recorded(new ResourceEntry(Resource("new", "middle"))));
        Assert.Equal(["base", "middle", "new", "other"], image.ToSnapshot().Names());
        Assert.Empty(SnapshotIntegrity.Check(image.ToSnapshot()));
    }

    [Fact]
    public void Recorded_ReferenceThatIsReplacedTwiceOver_StaysBeforeWhatRefersToIt()
    {
        // "middle" waits for its delete and still refers to "base", which is deleted and made anew.
        var image = new StateImage(Snapshot(Resource("base"), Resource("middle", "base"), Resource("top", "middle")));
        var (oldBase, oldMiddle) = (image.Entries[0], image.Entries[1]);
        image.Apply(new StateChange.Changed(oldBase, oldBase.State with { PendingReplacement = true }));
        image.Apply(
            new StateChange.Changed(oldMiddle, oldMiddle.State with { Delete = true }), new StateChange.Recorded(new ResourceEntry(Resource("middle"))));
        image.Apply(new StateChange.Recorded(new ResourceEntry(Resource("top", "middle"))));
        image.Apply(new StateChange.Removed(oldBase), new StateChange.Recorded(new ResourceEntry(Resource("base"))));
        Assert.DoesNotContain(SnapshotIntegrity.Check(image.ToSnapshot()), problem => !problem.StartsWith("duplicate", StringComparison.Ordinal));
    }

    [Fact]
    public void ToSnapshot_WhatWasTakenAlongRefersToWhatIsMadeAnewLater_IsPutAfterIt()
    {
        var image = new StateImage(Snapshot(Resource("base"), Resource("untouched", "base")));
        var oldBase = image.Entries[0];
        image.Apply(new StateChange.Recorded(new ResourceEntry(Resource("user", "untouched"))));
        image.Apply(new StateChange.Removed(oldBase), new StateChange.Recorded(new ResourceEntry(Resource("base"))));
        Assert.Equal(["base", "untouched", "user"], image.ToSnapshot().Names());
        Assert.Empty(SnapshotIntegrity.Check(image.ToSnapshot()));
    }

    [Fact]
    public void Renamed_ReferencesOfUnhandledResources_Follow()
    {
        var image = new StateImage(Snapshot(Resource("old"), Resource("user", "old")));
        image.Apply(
            new StateChange.Renamed(Thing("old"), Thing("new")),
            new StateChange.Removed(image.Entries[0]),
            new StateChange.Recorded(new ResourceEntry(Resource("new"))));
        Assert.Equal([Thing("new")], image.ToSnapshot().Resources[1].Dependencies);
        Assert.Empty(SnapshotIntegrity.Check(image.ToSnapshot()));
    }

    [Fact]
    public void Recorded_RefersToWhatWasRenamedMeanwhile_Follows()
    {
        var image = new StateImage(Snapshot(Resource("old"), Resource("user", "old")));
        var user = new ResourceEntry(image.Entries[1].State);
        image.Apply(
            new StateChange.Renamed(Thing("old"), Thing("new")),
            new StateChange.Removed(image.Entries[0]),
            new StateChange.Recorded(new ResourceEntry(Resource("new"))));
        image.Apply(new StateChange.Removed(image.Entries[1]), new StateChange.Recorded(user));
        Assert.Equal([Thing("new")], image.ToSnapshot().Resources[1].Dependencies);
        Assert.Empty(SnapshotIntegrity.Check(image.ToSnapshot()));
    }

    [Fact]
    public void Started_UntilEnded_IsPending()
    {
        var image = new StateImage(null);
        var operation = new OperationEntry(new PendingOperation(Resource("a"), OperationKind.Updating));
        image.Apply(new StateChange.Started(operation));
        Assert.Equal(OperationKind.Updating, Assert.Single(image.ToSnapshot().PendingOperations).Kind);
        image.Apply(new StateChange.Ended(operation));
        Assert.Empty(image.ToSnapshot().PendingOperations);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void New_PendingOperationsOfBefore_OnlyCreatesStayUnlessForgotten(bool keeps, int expected)
    {
        var before = Snapshot() with
        {
            PendingOperations = [.. Enum.GetValues<OperationKind>().Select(kind => new PendingOperation(Resource("a"), kind))],
        };
        Assert.Equal(expected, new StateImage(before, keeps).ToSnapshot().PendingOperations.Length);
    }
}
