using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>
/// One entry of a state that is being changed. Two entries may have one URN (a replaced resource and its replacement), so what is
/// meant is told by the entry, not by the URN.
/// </summary>
internal sealed class ResourceEntry(ResourceState state)
{
    private ResourceState _state = state;

    /// <summary>The resource as it is now.</summary>
    public ResourceState State
    {
        get => Volatile.Read(ref _state);
        internal set => Volatile.Write(ref _state, value);
    }

    /// <summary>It is not part of the state any more.</summary>
    public bool IsRemoved { get; internal set; }

    /// <summary>It was finished in this run.</summary>
    internal bool IsFinished { get; set; }

    /// <summary>Its number in the journal; given by the image.</summary>
    internal long Key { get; set; }
}

/// <summary>An operation that is under way.</summary>
internal sealed class OperationEntry(PendingOperation what)
{
    /// <summary>What is done, and to what.</summary>
    public PendingOperation What { get; } = what;

    /// <summary>Its number in the journal; given by the image.</summary>
    internal long Key { get; set; }
}

/// <summary>A change of a state. Changes are small, so that they can be written down one by one.</summary>
internal abstract record StateChange
{
    private StateChange()
    {
    }

    /// <summary>An operation begins, whose end may never be known.</summary>
    public sealed record Started(OperationEntry Operation) : StateChange;

    /// <summary>An operation has ended, well or badly.</summary>
    public sealed record Ended(OperationEntry Operation) : StateChange;

    /// <summary>A resource is finished in this run; it comes after all that were finished before, and takes along what it refers to.</summary>
    public sealed record Recorded(ResourceEntry Entry) : StateChange
    {
        /// <summary>The resource at that moment, which is what a journal says of it: a later change may have renamed what it refers to.</summary>
        public ResourceState State { get; internal set; } = Entry.State;
    }

    /// <summary>An entry has changed where it stands.</summary>
    public sealed record Changed(ResourceEntry Entry, ResourceState State) : StateChange;

    /// <summary>An entry is gone.</summary>
    public sealed record Removed(ResourceEntry Entry) : StateChange;

    /// <summary>A resource has another URN; entries that were not handled yet refer to it by the new one.</summary>
    public sealed record Renamed(Urn From, Urn To) : StateChange;
}

/// <summary>
/// The state of a stack while a run changes it: first the resources that are finished in this run, in the order in which they
/// were, then those of the state before that were not handled yet. So everything stands after what it refers to, at each moment.
/// May be used by many threads at once.
/// </summary>
internal sealed class StateImage
{
    private readonly Lock _lock = new();
    private readonly List<ResourceEntry> _before = [];
    private readonly List<ResourceEntry> _finished = [];
    private readonly Dictionary<Urn, ResourceEntry> _unhandled = [];
    private readonly List<OperationEntry> _operations = [];
    private readonly Dictionary<Urn, Urn> _renamed = [];
    private long _lastEntryKey;
    private long _lastOperationKey;

    /// <summary>Starts from a state.</summary>
    /// <param name="snapshot">The state; null for none.</param>
    /// <param name="keepsPendingCreates">Creates that an earlier run left unfinished stay noted.</param>
    public StateImage(Snapshot? snapshot, bool keepsPendingCreates = true)
    {
        KeepsPendingCreates = keepsPendingCreates;
        foreach (var resource in snapshot?.Resources ?? [])
        {
            var entry = new ResourceEntry(resource) { Key = ++_lastEntryKey };
            _before.Add(entry);
            if (!resource.Delete)
            {
                _unhandled[resource.Urn] = entry;
            }
        }

        // Only creates leave something behind that a person must look for; the others are found by their ids.
        foreach (var operation in (snapshot?.PendingOperations ?? []).Where(operation => keepsPendingCreates && operation.Kind == OperationKind.Creating))
        {
            _operations.Add(new OperationEntry(operation) { Key = ++_lastOperationKey });
        }
    }

    /// <summary>Creates that an earlier run left unfinished stay noted.</summary>
    public bool KeepsPendingCreates { get; }

    /// <summary>The entries as they are now, in the order of the state.</summary>
    public ImmutableArray<ResourceEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return Ordered();
            }
        }
    }

    /// <summary>The resources that are being created, in the order in which that began.</summary>
    public ImmutableArray<ResourceState> PendingCreates
    {
        get
        {
            lock (_lock)
            {
                return [.. _operations.Select(operation => operation.What).Where(what => what.Kind == OperationKind.Creating).Select(what => what.Resource)];
            }
        }
    }

    /// <summary>Makes changes, all or none of which a reader sees.</summary>
    public void Apply(params ReadOnlySpan<StateChange> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes)
            {
                ApplyOne(change);
            }
        }
    }

    /// <summary>The state as it is now.</summary>
    public Snapshot ToSnapshot(Manifest manifest, SecretsProviderState? secrets)
    {
        lock (_lock)
        {
            return new Snapshot
            {
                Manifest = manifest,
                SecretsProvider = secrets,
                Resources = [.. Ordered().Select(entry => entry.State)],
                PendingOperations = [.. _operations.Select(operation => operation.What)],
            };
        }
    }

    /// <summary>The state as it is now, with entries and operations numbered anew from 1, as one who reads that state numbers them.</summary>
    public Snapshot ToRenumberedSnapshot(Manifest manifest, SecretsProviderState? secrets)
    {
        lock (_lock)
        {
            _lastEntryKey = 0;
            foreach (var entry in Ordered())
            {
                entry.Key = ++_lastEntryKey;
            }

            _lastOperationKey = 0;
            foreach (var operation in _operations)
            {
                operation.Key = ++_lastOperationKey;
            }

            return ToSnapshot(manifest, secrets);
        }
    }

    private void ApplyOne(StateChange change)
    {
        switch (change)
        {
            case StateChange.Started started:
                started.Operation.Key = ++_lastOperationKey;
                _operations.Add(started.Operation);
                break;
            case StateChange.Ended ended:
                _operations.Remove(ended.Operation);
                break;
            case StateChange.Recorded recorded:
                recorded.Entry.Key = ++_lastEntryKey;
                recorded.Entry.State = recorded.State = WithNewNames(recorded.Entry.State);
                Finish(recorded.Entry);
                break;
            case StateChange.Changed changed:
                changed.Entry.State = changed.State;
                break;
            case StateChange.Removed removed:
                removed.Entry.IsRemoved = true;
                break;
            case StateChange.Renamed renamed:
                Rename(renamed.From, renamed.To);
                break;
        }
    }

    // What was finished early may refer to what was made anew later in its place: a resource that is deleted and then created, say.
    private ImmutableArray<ResourceEntry> Ordered() => ReferenceOrder.Of([.. Current()]);

    private IEnumerable<ResourceEntry> Current() =>
        _finished.Where(entry => !entry.IsRemoved).Concat(_before.Where(entry => !entry.IsRemoved && !entry.IsFinished));

    // What a finished resource refers to and this run has not touched (it may be no target) comes before it all the same. What waits
    // for its delete is not meant: the resource that has taken its place is finished.
    private void Finish(ResourceEntry entry)
    {
        foreach (var urn in entry.State.References)
        {
            if (_unhandled.TryGetValue(urn, out var other) && other is { IsRemoved: false, IsFinished: false, State.Delete: false } && other != entry)
            {
                Finish(other);
            }
        }

        entry.IsFinished = true;
        _finished.Add(entry);
    }

    // A resource that is no target is recorded as it was, and what it refers to may have been renamed meanwhile.
    private ResourceState WithNewNames(ResourceState state)
    {
        if (_renamed.Count == 0 || !state.References.Any(_renamed.ContainsKey))
        {
            return state;
        }

        var present = Current().Select(entry => entry.State.Urn).ToHashSet();
        return state.MapReferences(urn => !present.Contains(urn) && _renamed.TryGetValue(urn, out var to) ? to : urn);
    }

    private void Rename(Urn from, Urn to)
    {
        _renamed[from] = to;
        foreach (var entry in Current().Where(entry => entry.State.References.Contains(from)).ToArray())
        {
            entry.State = entry.State.MapReferences(urn => urn == from ? to : urn);
        }
    }
}
