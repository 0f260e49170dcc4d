using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Brings stacks about. What the runner needs of Pulumi, and no more.</summary>
public interface IStackDriver
{
    /// <summary>What a stack brought to its cluster last; null when it has never been deployed.</summary>
    Task<ClusterWorkload?> ReadAsync(StackId stack, CancellationToken cancellationToken);

    /// <summary>Brings a workload to its cluster and waits until it is ready, or fails.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="activity">Told what is being done or waited for, in a few words, as it changes.</param>
    /// <param name="cancellationToken">Ends the update as soon as its running operations are done.</param>
    Task<StackResult> UpAsync(
        StackId stack, Cluster cluster, ClusterWorkload workload, IProgress<string> activity, CancellationToken cancellationToken);

    /// <summary>Pulls the images of a workload to its cluster and tries its manifests there, without changing what runs.</summary>
    Task<ImmutableArray<StackFailure>> PreStageAsync(StackId stack, Cluster cluster, ClusterWorkload workload, CancellationToken cancellationToken);

    /// <summary>Takes everything of a stack away, and the stack itself.</summary>
    Task<StackResult> DestroyAsync(StackId stack, IProgress<string> activity, CancellationToken cancellationToken);
}

/// <summary>How an operation on a stack ended.</summary>
public sealed record StackResult
{
    /// <summary>Why it failed; empty when it succeeded.</summary>
    public ImmutableArray<StackFailure> Failures { get; init; } = [];

    /// <summary>What failed: the workload, or the way to the cluster. Without failures it means nothing.</summary>
    public FailureKind Kind { get; init; }

    /// <summary>How many resources were created, updated and so on, by the name of the operation; <c>same</c> among them.</summary>
    public required ImmutableSortedDictionary<string, int> Changes { get; init; }

    /// <summary>The outputs of the stack's cluster; null when the operation failed.</summary>
    public JsonObject? Outputs { get; init; }

    /// <summary>How long the engine worked on it, from its first event to its last; null when it was not asked.</summary>
    public TimeSpan? EngineTime { get; init; }

    /// <summary>Whether it succeeded.</summary>
    [JsonIgnore]
    public bool Succeeded => Failures.IsEmpty;

    /// <summary>Whether any resource was touched.</summary>
    [JsonIgnore]
    public bool HasChanges => Changes.Any(change => change.Key != "same" && change.Value > 0);

    /// <summary>How many resources the stack has after the operation.</summary>
    [JsonIgnore]
    public int Resources => Changes.Where(change => change.Key is not "delete").Sum(change => change.Value);
}

/// <summary>What failed in an operation on a stack.</summary>
public enum FailureKind
{
    /// <summary>The workload is not well: that counts against the failure budget.</summary>
    Health,

    /// <summary>The cluster could not be reached: that is tried again, and never counts as failed health.</summary>
    Transport,
}

/// <summary>One reason for which an operation on a stack failed.</summary>
/// <param name="Service">The service that it concerns; null when it concerns the stack as a whole.</param>
/// <param name="Reason">The reason, in one line.</param>
public sealed record StackFailure(string? Service, string Reason);
