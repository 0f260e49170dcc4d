using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>
/// Something that has happened in a rollout, or is announced. The events of a rollout in their order, each with its time, are all there
/// is to know of it: its state is folded from them, its journal is a list of them.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(RingStarted), "ringStarted")]
[JsonDerivedType(typeof(PreStageStarted), "preStageStarted")]
[JsonDerivedType(typeof(PreStageFinished), "preStageFinished")]
[JsonDerivedType(typeof(StackStarted), "stackStarted")]
[JsonDerivedType(typeof(StackFinished), "stackFinished")]
[JsonDerivedType(typeof(StackTimedOut), "stackTimedOut")]
[JsonDerivedType(typeof(StackDeferred), "stackDeferred")]
[JsonDerivedType(typeof(StackGivenUp), "stackGivenUp")]
[JsonDerivedType(typeof(StackResumed), "stackResumed")]
[JsonDerivedType(typeof(GateEvaluated), "gateEvaluated")]
[JsonDerivedType(typeof(ApprovalAsked), "approvalAsked")]
[JsonDerivedType(typeof(RingPassed), "ringPassed")]
[JsonDerivedType(typeof(RingAdded), "ringAdded")]
[JsonDerivedType(typeof(ClusterReturned), "clusterReturned")]
[JsonDerivedType(typeof(ClusterHeld), "clusterHeld")]
[JsonDerivedType(typeof(ClusterReleased), "clusterReleased")]
[JsonDerivedType(typeof(ClusterLeft), "clusterLeft")]
[JsonDerivedType(typeof(ClusterMoved), "clusterMoved")]
[JsonDerivedType(typeof(ClustersJoined), "clustersJoined")]
[JsonDerivedType(typeof(Commanded), "commanded")]
[JsonDerivedType(typeof(TakenOver), "takenOver")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(RollbackStarted), "rollbackStarted")]
[JsonDerivedType(typeof(Finished), "finished")]
public abstract record RolloutEvent
{
    private RolloutEvent()
    {
    }

    /// <summary>A rollout begins.</summary>
    /// <param name="Plan">What it is going to do.</param>
    public sealed record Started(RolloutPlan Plan) : RolloutEvent;

    /// <summary>A ring, or a part of one, begins.</summary>
    public sealed record RingStarted(string Ring) : RolloutEvent;

    /// <summary>A stack's images are about to be pulled and its manifests tried.</summary>
    public sealed record PreStageStarted(StackId Stack) : RolloutEvent;

    /// <summary>That is done. A failure does not stop the rollout: the update itself will tell.</summary>
    public sealed record PreStageFinished(StackId Stack, ImmutableArray<StackFailure> Failures) : RolloutEvent;

    /// <summary>A stack is about to be touched. Told before it is.</summary>
    /// <param name="Stack">The stack.</param>
    /// <param name="Generation">The number of its updates in this plan, this one included.</param>
    public sealed record StackStarted(StackId Stack, int Generation) : RolloutEvent;

    /// <summary>A stack is done.</summary>
    public sealed record StackFinished(StackId Stack, StackResult Result, TimeSpan Duration) : RolloutEvent;

    /// <summary>The update of a stack takes longer than it may, and is about to be ended.</summary>
    public sealed record StackTimedOut(StackId Stack, TimeSpan Limit) : RolloutEvent;

    /// <summary>A stack is left for later; the rollout goes on without it.</summary>
    public sealed record StackDeferred(StackId Stack, DeferralCause Cause, string Reason) : RolloutEvent;

    /// <summary>A stack counts as failed although its workload was not: the ring's quorum leaves no room to defer it.</summary>
    public sealed record StackGivenUp(StackId Stack, string Reason) : RolloutEvent;

    /// <summary>A deferred stack is taken up again in the ring that it belongs to.</summary>
    public sealed record StackResumed(StackId Stack) : RolloutEvent;

    /// <summary>A gate was looked at.</summary>
    /// <param name="Ring">The ring plan.</param>
    /// <param name="Gate">The gate.</param>
    /// <param name="Verdict">What it says.</param>
    /// <param name="Evidence">What was seen.</param>
    /// <param name="Since">When the last update before the look had ended. What says something about an earlier update is set aside.</param>
    public sealed record GateEvaluated(string Ring, string Gate, Verdict Verdict, ImmutableArray<Evidence> Evidence, DateTimeOffset Since) : RolloutEvent;

    /// <summary>A person's word is waited for.</summary>
    public sealed record ApprovalAsked(string Ring, string Gate) : RolloutEvent;

    /// <summary>All of a ring, or of a part of one, is done, and its gates have passed.</summary>
    public sealed record RingPassed(string Ring) : RolloutEvent;

    /// <summary>Some stacks are taken out of where they were, and form a ring of their own.</summary>
    /// <param name="Ring">The new ring plan.</param>
    /// <param name="Before">The name of the ring plan that it goes before; null for the end.</param>
    /// <param name="Reason">Why.</param>
    public sealed record RingAdded(RingPlan Ring, string? Before, string Reason) : RolloutEvent;

    /// <summary>A cluster that was offline can be reached again.</summary>
    public sealed record ClusterReturned(string Cluster) : RolloutEvent;

    /// <summary>A cluster asks not to be updated until it is safe.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Until">When the hold ends by itself.</param>
    /// <param name="Reason">Why.</param>
    public sealed record ClusterHeld(string Cluster, DateTimeOffset Until, string Reason) : RolloutEvent;

    /// <summary>A cluster may be updated again.</summary>
    public sealed record ClusterReleased(string Cluster) : RolloutEvent;

    /// <summary>A cluster is not of the fleet any more.</summary>
    public sealed record ClusterLeft(string Cluster, string Reason) : RolloutEvent;

    /// <summary>A cluster changed its ring.</summary>
    public sealed record ClusterMoved(string Cluster, string Ring) : RolloutEvent;

    /// <summary>Clusters joined the fleet. They catch up at the end.</summary>
    public sealed record ClustersJoined(ImmutableArray<StackStep> Steps) : RolloutEvent;

    /// <summary>A person intervened.</summary>
    /// <param name="Command">What is wanted.</param>
    /// <param name="Id">The name of the message that said so, by which it is taken once only; null when it was no message.</param>
    public sealed record Commanded(OperatorCommand Command, string? Id = null) : RolloutEvent;

    /// <summary>A runner takes the rollout over from one that is gone. What that one had begun and not ended is begun again.</summary>
    public sealed record TakenOver(string By) : RolloutEvent;

    /// <summary>The rollout does not go on.</summary>
    /// <param name="Failures">Why: one or more reasons.</param>
    public sealed record Stopped(ImmutableArray<RolloutFailure> Failures) : RolloutEvent;

    /// <summary>What the rollout changed is going to be put back.</summary>
    /// <param name="Plan">The stacks, in the order in which they are put back.</param>
    public sealed record RollbackStarted(RolloutPlan Plan) : RolloutEvent;

    /// <summary>The rollout has ended.</summary>
    public sealed record Finished(RolloutOutcome Outcome) : RolloutEvent;
}

/// <summary>An event and when it was.</summary>
/// <param name="At">The time, by the runner's clock, which never goes back.</param>
/// <param name="Event">What happened.</param>
public sealed record RolloutEntry(DateTimeOffset At, RolloutEvent Event);

/// <summary>Why a stack is left for later.</summary>
public enum DeferralCause
{
    /// <summary>Its cluster cannot be reached.</summary>
    Offline,

    /// <summary>Its cluster asked not to be updated now.</summary>
    Held,

    /// <summary>The cluster that it hangs on is not updated.</summary>
    Parent,
}

/// <summary>Where and why a rollout failed.</summary>
/// <param name="Ring">The ring.</param>
/// <param name="Cluster">The cluster; null when it concerns the ring as a whole.</param>
/// <param name="Service">The service; null when it concerns the whole stack.</param>
/// <param name="Reason">The reason, in one line.</param>
public sealed record RolloutFailure(string Ring, string? Cluster, string? Service, string Reason)
{
    /// <summary><c>ring pilot, cluster edge-1, service web: REASON</c>.</summary>
    public override string ToString() =>
        $"ring {Ring}{(Cluster is null ? "" : $", cluster {Cluster}")}{(Service is null ? "" : $", service {Service}")}: {Reason}";
}
