namespace FogInfra.Model;

/// <summary>What happens to what a rollout has changed when it fails.</summary>
public enum FailureAction
{
    /// <summary>Every cluster that this rollout changed is taken back to its version from before.</summary>
    RollBack,

    /// <summary>All stays as it is, for a person to decide.</summary>
    Hold,
}

/// <summary>How a rollout goes about it.</summary>
public sealed record RolloutPolicy
{
    /// <summary>How many clusters of one layer of a ring are updated at a time.</summary>
    public Amount MaxConcurrent { get; init; } = new Amount.Percent(100);

    /// <summary>What happens when a cluster or a check fails.</summary>
    public FailureAction OnFailure { get; init; } = FailureAction.RollBack;
}

/// <summary>A number of clusters, absolute or as a share.</summary>
public abstract record Amount
{
    private Amount()
    {
    }

    /// <summary>How many of a total this is: at least 1; shares are rounded down.</summary>
    public abstract int Of(int total);

    /// <summary>So many.</summary>
    public sealed record Count(int Value) : Amount
    {
        /// <inheritdoc/>
        public override int Of(int total) => Math.Max(1, Math.Min(Value, total));

        /// <inheritdoc/>
        public override string ToString() => $"{Value}";
    }

    /// <summary>So many of a hundred.</summary>
    public sealed record Percent(int Value) : Amount
    {
        /// <inheritdoc/>
        public override int Of(int total) => Math.Max(1, total * Value / 100);

        /// <inheritdoc/>
        public override string ToString() => $"{Value}%";
    }
}
