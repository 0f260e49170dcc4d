using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>What is under way for a rollout: updates, evaluations, listening. Each tells how it ended; none touches the state.</summary>
internal sealed class RolloutWork(
    RolloutSurroundings surroundings, RolloutRecord record, ChannelWriter<RolloutEvent?> happened, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly ConcurrentDictionary<Task, bool> _tasks = [];
    private readonly ConcurrentDictionary<StackId, CancellationTokenSource> _updates = [];
    private readonly ConcurrentDictionary<(string Ring, string Gate), bool> _evaluations = [];

    /// <summary>Hears what comes from outside.</summary>
    public void Listen()
    {
        foreach (var inbox in surroundings.Inboxes)
        {
            Run(async () =>
            {
                await foreach (var @event in inbox.ReadAsync(() => record.State, _ending.Token).ConfigureAwait(false))
                {
                    happened.TryWrite(@event);
                }
            });
        }
    }

    /// <summary>Ends the update that has been put on record as one that takes too long.</summary>
    public void See(RolloutEvent @event)
    {
        if (@event is RolloutEvent.StackTimedOut { Stack: var stack } && _updates.TryGetValue(stack, out var update))
        {
            update.Cancel();
        }
    }

    /// <summary>Brings a stack to what its step wants.</summary>
    public void Update(StackStep step)
    {
        var ending = _updates[step.Stack] = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        Run(async () =>
        {
            var started = surroundings.Time.GetTimestamp();
            var result = await ApplyAsync(step, ending.Token).ConfigureAwait(false);
            _updates.TryRemove(step.Stack, out _);
            ending.Dispose();
            happened.TryWrite(new RolloutEvent.StackFinished(step.Stack, result, surroundings.Time.GetElapsedTime(started)));
        });
    }

    /// <summary>Pre-stages a stack.</summary>
    public void PreStage(StackStep step) => Run(async () =>
    {
        ImmutableArray<StackFailure> failures;
        try
        {
            failures = await surroundings.Driver.PreStageAsync(step.Stack, step.Cluster, step.Wanted!, _ending.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever is wrong with the preparation, the update itself will tell.
        catch (Exception exception) when (!_ending.IsCancellationRequested)
#pragma warning restore CA1031
        {
            failures = [new StackFailure(null, exception.Message)];
        }

        happened.TryWrite(new RolloutEvent.PreStageFinished(step.Stack, failures));
    });

    /// <summary>Looks at a gate, unless that is under way already.</summary>
    public void Evaluate(EvidenceRequest request)
    {
        var key = (request.Ring, request.Gate.Name);
        if (_evaluations.TryAdd(key, true))
        {
            Run(async () =>
            {
                var found = await CollectAsync(request).ConfigureAwait(false);
                var (verdict, evidence) = GateRules.Judge(request, found, record.Now);
                _evaluations.TryRemove(key, out _); // Before it is told: what follows may be to look again.
                happened.TryWrite(new RolloutEvent.GateEvaluated(request.Ring, request.Gate.Name, verdict, evidence, request.Since));
            });
        }
    }

    /// <summary>Lets all that is under way end, gracefully, and waits for it.</summary>
    public async Task EndAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks.Keys.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    private async Task<StackResult> ApplyAsync(StackStep step, CancellationToken ending)
    {
        var activity = new ActivityReporter(surroundings.Observer, step.Stack);
        try
        {
            return step.Wanted is { } workload
                ? await surroundings.Driver.UpAsync(step.Stack, step.Cluster, workload, activity, ending).ConfigureAwait(false)
                : await surroundings.Driver.DestroyAsync(step.Stack, activity, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !_ending.IsCancellationRequested)
        {
            return Failed("it took longer than its time limit");
        }
#pragma warning disable CA1031 // A driver that breaks must not leave the rollout waiting for it: that is a failure like any other.
        catch (Exception exception) when (!_ending.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Failed(exception.Message);
        }
    }

    private static StackResult Failed(string reason) =>
        new() { Changes = ImmutableSortedDictionary<string, int>.Empty, Failures = [new StackFailure(null, reason)] };

    private async Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request)
    {
        try
        {
            return surroundings.Sources.FirstOrDefault(source => source.Handles(request.Gate)) is { } source
                ? await source.CollectAsync(request, _ending.Token).ConfigureAwait(false)
                : [Nothing("nobody here knows where to look for it")];
        }
#pragma warning disable CA1031 // Evidence that cannot be had is no evidence, whatever the reason.
        catch (Exception exception) when (!_ending.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return [Nothing(exception.Message)];
        }

        Evidence Nothing(string reason) => new() { Verdict = Verdict.Inconclusive, Value = reason, Source = "none", ObservedAt = record.Now };
    }

    private void Run(Func<Task> work)
    {
        var task = Task.Run(work, CancellationToken.None);
        _tasks[task] = true;
        task.ContinueWith(done => _tasks.TryRemove(done, out _), TaskScheduler.Default);
    }

    // Progress<T> would hand reports to the thread pool, where they overtake each other and the end of the update.
    private sealed class ActivityReporter(IRolloutObserver? observer, StackId stack) : IProgress<string>
    {
        public void Report(string value) => observer?.OnActivity(stack, value);
    }
}
