using FogInfra.Embedded.Engine.State;
using static FogInfra.Engine.Tests.State.TestStates;

namespace FogInfra.Engine.Tests.State;

public sealed class CheckpointerTests
{
    private readonly HeldStore _store = new();
    private readonly Checkpointer _checkpointer;

    public CheckpointerTests() => _checkpointer = new Checkpointer(new StateImage(null), _store);

    private static StateChange Record(string name) => new StateChange.Recorded(new ResourceEntry(Resource(name)));

    [Fact]
    public async Task ApplyAsync_IsDoneOnlyWhenTheChangeIsWritten()
    {
        var applied = _checkpointer.ApplyAsync(Record("a"));
        await _store.Entered(1);
        Assert.False(applied.IsCompleted);
        _store.Release();
        await applied;
        Assert.Equal([["a"]], _store.Appended);
    }

    [Fact]
    public async Task ApplyAsync_WhileAnotherIsWritten_IsWrittenTogetherWithOthersNext()
    {
        var first = _checkpointer.ApplyAsync(Record("a"));
        await _store.Entered(1);
        var later = Task.WhenAll(_checkpointer.ApplyAsync(Record("b")), _checkpointer.ApplyAsync(Record("c")), _checkpointer.ApplyAsync(Record("d")));
        _store.Release();
        await first;
        await _store.Entered(2);
        _store.Release();
        await later;
        Assert.Equal([["a"], ["b", "c", "d"]], _store.Appended);
    }

    [Fact]
    public async Task ApplyLater_IsWrittenWithTheNextChange()
    {
        _checkpointer.ApplyLater(Record("a"));
        var applied = _checkpointer.ApplyAsync(Record("b"));
        await _store.Entered(1);
        _store.Release();
        await applied;
        Assert.Equal([["a", "b"]], _store.Appended);
    }

    [Fact]
    public async Task FlushAsync_WritesTheWholeStateOnce()
    {
        _checkpointer.ApplyLater(Record("a"));
        await _checkpointer.FlushAsync();
        Assert.Equal([["a"]], _store.Checkpoints);
        Assert.Empty(_store.Appended);
    }

    [Fact]
    public async Task FlushAsync_NothingChanged_WritesNothing()
    {
        await _checkpointer.FlushAsync();
        Assert.Empty(_store.Checkpoints);
    }

    [Fact]
    public async Task ApplyAsync_WriteFails_FailsForItsCallerAndLaterOnesAreWritten()
    {
        _store.Failure = new IOException("disk full");
        var failing = _checkpointer.ApplyAsync(Record("a"));
        await _store.Entered(1);
        _store.Release();
        await Assert.ThrowsAsync<IOException>(() => failing);
        _store.Failure = null;
        var applied = _checkpointer.ApplyAsync(Record("b"));
        await _store.Entered(2);
        _store.Release();
        await applied;
        Assert.Equal("b", _store.Appended[^1][^1]);
    }

    [Fact]
    public async Task ApplyAsync_JournalHasGrown_WritesACheckpoint()
    {
        _store.IsCheckpointDue = true;
        var applied = _checkpointer.ApplyAsync(Record("a"));
        await _store.Entered(1);
        _store.Release();
        await applied;
        Assert.Equal([["a"]], _store.Checkpoints);
    }

    private static StateChange Begin(OperationKind kind, bool custom) =>
        new StateChange.Started(new OperationEntry(new PendingOperation(Resource("a") with { Custom = custom }, kind)));

    [Fact]
    public async Task ApplyAsync_BeginOfACreate_IsDoneOnlyWhenItIsOnTheDisk_AndOthersDoNotWaitForThat()
    {
        var create = _checkpointer.ApplyAsync(Begin(OperationKind.Creating, custom: true));
        await _store.Entered(1);
        _store.Release();
        await _store.SyncBegun;
        var other = _checkpointer.ApplyAsync(Record("b"));
        await _store.Entered(2);
        _store.Release();
        await other;
        Assert.False(create.IsCompleted);
        _store.EndSync();
        await create;
    }

    [Theory]
    [InlineData("Creating", false)] // A component: there is nothing of it but in the state.
    [InlineData("Updating", true)]
    [InlineData("Deleting", true)]
    public async Task ApplyAsync_BeginOfWhatLeavesNothingUnknown_DoesNotWaitForTheDisk(string kind, bool custom)
    {
        var begun = _checkpointer.ApplyAsync(Begin(Enum.Parse<OperationKind>(kind), custom));
        await _store.Entered(1);
        _store.Release();
        await begun;
        Assert.False(_store.SyncBegun.IsCompleted);
    }

    [Fact]
    public async Task ApplyAsync_BeginOfAProvider_WhichIsNothingOutsideTheState_DoesNotWaitForTheDisk()
    {
        var provider = Resource("a") with { Custom = true, Type = "pulumi:providers:kubernetes" };
        var begun = _checkpointer.ApplyAsync(new StateChange.Started(new OperationEntry(new PendingOperation(provider, OperationKind.Creating))));
        await _store.Entered(1);
        _store.Release();
        await begun;
        Assert.False(_store.SyncBegun.IsCompleted);
    }

    [Fact]
    public async Task Preview_WithoutStore_ChangesTheImageOnly()
    {
        var preview = new Checkpointer(new StateImage(null), null);
        await preview.ApplyAsync(Record("a"));
        await preview.FlushAsync();
        Assert.Equal(["a"], preview.Image.ToSnapshot().Names());
    }

    /// <summary>A store whose writes wait until the test lets them go.</summary>
    private sealed class HeldStore : IStateStore
    {
        private readonly SemaphoreSlim _gate = new(0);
        private readonly SemaphoreSlim _entered = new(0);
        private int _entries;

        public List<string[]> Appended { get; } = [];

        public List<string[]> Checkpoints { get; } = [];

        public Exception? Failure { get; set; }

        public bool IsCheckpointDue { get; set; }

        public SecretsProviderState Secrets { get; } = new("none", null);

        public Manifest CreateManifest() => Manifest.Create(DateTimeOffset.UnixEpoch, "v3.260.0");

        public async Task Entered(int count)
        {
            while (_entries < count)
            {
                await _entered.WaitAsync(TestContext.Current.CancellationToken);
                _entries++;
            }
        }

        public void Release() => _gate.Release();

        public async Task AppendAsync(StateImage image, IReadOnlyList<StateChange[]> changes)
        {
            _entered.Release();
            await _gate.WaitAsync(TestContext.Current.CancellationToken);
            Appended.Add([.. changes.SelectMany(group => group).OfType<StateChange.Recorded>().Select(change => change.Entry.State.Urn.Name)]);
            if (Failure is { } failure)
            {
                throw failure;
            }
        }

        private readonly TaskCompletionSource _syncBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _syncEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task SyncBegun => _syncBegun.Task;

        public void EndSync() => _syncEnded.SetResult();

        public Task SyncAsync()
        {
            _syncBegun.TrySetResult();
            return _syncEnded.Task;
        }

        public Task WriteCheckpointAsync(Func<bool, Snapshot?> takeSnapshot)
        {
            if (takeSnapshot(Appended.Count == 0) is { } snapshot)
            {
                Checkpoints.Add([.. snapshot.Names()]);
            }

            return Task.CompletedTask;
        }
    }
}
