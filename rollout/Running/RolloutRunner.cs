using System.Collections.Immutable;
using System.Threading.Channels;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>What a runner needs of the world.</summary>
public sealed record RolloutSurroundings
{
    /// <summary>Brings stacks about.</summary>
    public required IStackDriver Driver { get; init; }

    /// <summary>Keeps the record.</summary>
    public IRolloutJournal? Journal { get; init; }

    /// <summary>Is shown what happens.</summary>
    public IRolloutObserver? Observer { get; init; }

    /// <summary>Where gates look.</summary>
    public ImmutableArray<IEvidenceSource> Sources { get; init; } = [new OutputEvidence()];

    /// <summary>What comes from outside.</summary>
    public ImmutableArray<IRolloutInbox> Inboxes { get; init; } = [];

    /// <summary>What other rollouts do; null when there are none.</summary>
    public IOtherRollouts? Others { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}

/// <summary>
/// Runs a rollout: asks what is to be done next, puts on record what it is about to do, does it, puts on record how that ended. All it
/// decides by itself is how; what, and when, is <see cref="RolloutDecisions"/>.
/// </summary>
public sealed class RolloutRunner(RolloutSurroundings surroundings)
{
    /// <summary>Runs a plan to its end.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends the rollout: running updates end gracefully, nothing more is started, nothing is put back.</param>
    public Task<RolloutReport> RunAsync(RolloutPlan plan, CancellationToken cancellationToken) =>
        RunAsync(null, [new RolloutEvent.Started(plan)], cancellationToken);

    /// <summary>Goes on with a rollout from its record.</summary>
    /// <param name="record">Its entries, from the start.</param>
    /// <param name="by">Who goes on with it.</param>
    /// <param name="command">What a person wants of it, before anything else is done; null for nothing in particular.</param>
    /// <param name="cancellationToken">As for a new rollout.</param>
    /// <exception cref="ArgumentException">The record does not begin with the start of a rollout.</exception>
    public Task<RolloutReport> ResumeAsync(IReadOnlyList<RolloutEntry> record, string by, OperatorCommand? command, CancellationToken cancellationToken) =>
        RolloutState.Fold(record) is { } state
            ? RunAsync(
                (state, [.. record.Select(entry => entry.Event).OfType<RolloutEvent.GateEvaluated>()]),
                command is null ? [new RolloutEvent.TakenOver(by)] : [new RolloutEvent.TakenOver(by), new RolloutEvent.Commanded(command)],
                cancellationToken)
            : throw new ArgumentException("The record has no start.", nameof(record));

    private async Task<RolloutReport> RunAsync(
        (RolloutState State, ImmutableArray<RolloutEvent.GateEvaluated> Evidence)? before, ImmutableArray<RolloutEvent> first, CancellationToken cancellationToken)
    {
        var happened = Channel.CreateUnbounded<RolloutEvent?>(new UnboundedChannelOptions { SingleReader = true });
        var record = new RolloutRecord(surroundings, before?.State, before?.Evidence ?? []);
        var work = new RolloutWork(surroundings, record, happened.Writer, cancellationToken);
        await using var working = work.ConfigureAwait(false);
        try
        {
            foreach (var @event in first)
            {
                await record.AddAsync(@event, cancellationToken).ConfigureAwait(false);
            }

            work.Listen();
            while (record.State.Outcome is null)
            {
                if (await AdvanceAsync(record, work, cancellationToken).ConfigureAwait(false) is { } wait)
                {
                    await NextAsync(happened, record, wait, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await work.EndAsync().ConfigureAwait(false);
            await TakeAsync(happened.Reader, record, CancellationToken.None).ConfigureAwait(false);
            await record.AddAsync(new RolloutEvent.Finished(RolloutOutcome.Cancelled), CancellationToken.None).ConfigureAwait(false);
        }

        return RolloutReport.Of(record.State, record.Evidence);
    }

    // Does what is decided. Null when something was put on record, so that there is more to decide.
    private async Task<DateTimeOffset?> AdvanceAsync(RolloutRecord record, RolloutWork work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var observations = surroundings.Others is { } others
            ? new Observations { ExposedElsewhere = others.ExposedOutside(record.State.Forward.Exposed) }
            : Observations.None;
        var actions = RolloutDecisions.Decide(record.State, observations, record.Now);
        if (actions is [RolloutAction.Record { Event: var @event }])
        {
            await record.AddAsync(@event, cancellationToken).ConfigureAwait(false);
            work.See(@event);
            return null;
        }

        var isRecorded = false;
        foreach (var action in actions)
        {
            isRecorded |= action is RolloutAction.Update or RolloutAction.PreStage;
            switch (action)
            {
                case RolloutAction.Update update:
                    await record.AddAsync(new RolloutEvent.StackStarted(update.Step.Stack, update.Generation), cancellationToken).ConfigureAwait(false);
                    work.Update(update.Step);
                    break;
                case RolloutAction.PreStage stage:
                    await record.AddAsync(new RolloutEvent.PreStageStarted(stage.Step.Stack), cancellationToken).ConfigureAwait(false);
                    work.PreStage(stage.Step);
                    break;
                case RolloutAction.Evaluate evaluate:
                    work.Evaluate(evaluate.Request);
                    break;
            }
        }

        // What has begun may have a time limit, of which nothing was known when this was decided.
        return isRecorded ? null : actions.OfType<RolloutAction.Wait>().Select(wait => (DateTimeOffset?)wait.Until).FirstOrDefault() ?? DateTimeOffset.MaxValue;
    }

    // Takes all that has happened; waits until something does, or until it is time to decide again, which is told by a null.
    private async Task NextAsync(Channel<RolloutEvent?> happened, RolloutRecord record, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var timer = until < DateTimeOffset.MaxValue
            ? surroundings.Time.CreateTimer(_ => happened.Writer.TryWrite(null), null, Later(until - record.Now), Timeout.InfiniteTimeSpan)
            : null;
        await happened.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        await TakeAsync(happened.Reader, record, cancellationToken).ConfigureAwait(false);
    }

    private static async Task TakeAsync(ChannelReader<RolloutEvent?> happened, RolloutRecord record, CancellationToken cancellationToken)
    {
        while (happened.TryRead(out var @event))
        {
            if (@event is not null)
            {
                await record.AddAsync(@event, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Timers take neither negative times nor very long ones; whoever wakes too early decides again.
    private static TimeSpan Later(TimeSpan wait) => wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
}
