using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>What happens to what a rollout has changed when it fails.</summary>
public enum FailureAction
{
    /// <summary>Every cluster that this rollout changed is taken back to the last version that was proven in it.</summary>
    RollBack,

    /// <summary>All stays as it is, for a person to decide.</summary>
    Hold,
}

/// <summary>How a rollout goes about it. What a ring says for itself goes before.</summary>
public sealed record RolloutPolicy
{
    /// <summary>How many clusters of one layer of a ring are updated at a time.</summary>
    public Amount MaxConcurrent { get; init; } = new Amount.Percent(100);

    /// <summary>What happens when more fails than the failure budget allows, or a gate fails.</summary>
    public FailureAction OnFailure { get; init; } = FailureAction.RollBack;

    /// <summary>How many clusters of each ring go first; null for none.</summary>
    public Amount? Canaries { get; init; }

    /// <summary>The label of which never two clusters with the same value are updated at once: <c>site</c> or one of their own. Null: none.</summary>
    public string? SpreadOver { get; init; }

    /// <summary>What the order inside a wave is drawn from; the same seed gives the same order. Null: the order of the document.</summary>
    public int? Seed { get; init; }

    /// <summary>How many clusters of a ring may fail.</summary>
    public Amount RingFailureBudget { get; init; } = new Amount.Count(0);

    /// <summary>How many clusters of the fleet may fail. Null: what the rings allow.</summary>
    public Amount? FleetFailureBudget { get; init; }

    /// <summary>How many clusters of a ring must be updated; the others may be deferred while they are offline.</summary>
    public Amount Quorum { get; init; } = new Amount.Percent(90);

    /// <summary>How many clusters of the fleet may run a version that is not proven, over all rollouts at once. Null: all.</summary>
    public Amount? ExposureBudget { get; init; }

    /// <summary>How long the update of one cluster may take. Null: as long as it takes.</summary>
    public TimeSpan? ClusterTimeLimit { get; init; }

    /// <summary>How a cluster that cannot be reached is tried again.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>How a rollback goes about it.</summary>
    public RollbackPolicy Rollback { get; init; } = new();
}

/// <summary>How an operation is repeated that the transport has failed, not the workload.</summary>
public sealed record RetryPolicy
{
    /// <summary>How often it is tried, the first time included.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The wait after the first failure; it doubles each time.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>How a rollback goes about it. It never stops at a failure: what can be put back is put back.</summary>
public sealed record RollbackPolicy
{
    /// <summary>How many clusters of one layer of a ring are put back at a time.</summary>
    public Amount MaxConcurrent { get; init; } = new Amount.Percent(100);

    /// <summary>What must hold for each cluster that was put back; what does not is reported.</summary>
    public ImmutableArray<OutputCheck> Checks { get; init; } = [];
}
