using System.Text.Json.Serialization;

namespace FogInfra.Rollout.Running;

/// <summary>What a person wants of a running rollout. It is recorded with who and why.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Reject), "reject")]
[JsonDerivedType(typeof(Abort), "abort")]
[JsonDerivedType(typeof(Rollback), "rollback")]
[JsonDerivedType(typeof(Retry), "retry")]
[JsonDerivedType(typeof(Skip), "skip")]
[JsonDerivedType(typeof(Hold), "hold")]
[JsonDerivedType(typeof(Release), "release")]
public abstract record OperatorCommand(string By, string Why)
{
    /// <summary>Start nothing more; let what runs end; look at no gate.</summary>
    public sealed record Pause(string By, string Why) : OperatorCommand(By, Why);

    /// <summary>Go on after a pause; also after it was cancelled.</summary>
    public sealed record Resume(string By, string Why) : OperatorCommand(By, Why);

    /// <summary>Let a ring pass a gate that asks for a person or is undecided.</summary>
    /// <param name="By">Who.</param>
    /// <param name="Why">Why.</param>
    /// <param name="Gate">The gate's name; null for every gate that the running ring waits for.</param>
    public sealed record Approve(string By, string Why, string? Gate = null) : OperatorCommand(By, Why);

    /// <summary>Fail the gate, and so the rollout.</summary>
    /// <param name="By">Who.</param>
    /// <param name="Why">Why.</param>
    /// <param name="Gate">The gate's name; null for every gate that the running ring waits for.</param>
    public sealed record Reject(string By, string Why, string? Gate = null) : OperatorCommand(By, Why);

    /// <summary>End the rollout where it is; put nothing back.</summary>
    public sealed record Abort(string By, string Why) : OperatorCommand(By, Why);

    /// <summary>End the rollout and put back what it changed; also after it was held, aborted or cancelled.</summary>
    public sealed record Rollback(string By, string Why) : OperatorCommand(By, Why);

    /// <summary>Try a failed cluster again; also after the rollout was held.</summary>
    /// <param name="By">Who.</param>
    /// <param name="Why">Why.</param>
    /// <param name="Cluster">The cluster; null for every one that failed.</param>
    public sealed record Retry(string By, string Why, string? Cluster = null) : OperatorCommand(By, Why);

    /// <summary>Leave a cluster out. What hangs on it is left out too.</summary>
    public sealed record Skip(string By, string Why, string Cluster) : OperatorCommand(By, Why);

    /// <summary>Do not update a cluster for a while, because it is not safe there now.</summary>
    /// <param name="By">Who.</param>
    /// <param name="Why">Why.</param>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Until">When the hold ends by itself.</param>
    public sealed record Hold(string By, string Why, string Cluster, DateTimeOffset Until) : OperatorCommand(By, Why);

    /// <summary>A cluster may be updated again.</summary>
    public sealed record Release(string By, string Why, string Cluster) : OperatorCommand(By, Why);
}
