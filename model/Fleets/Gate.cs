using System.Globalization;
using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>Whether a gate stands before a ring or after it.</summary>
public enum GateMoment
{
    /// <summary>After the last update of the ring, before the next ring.</summary>
    After,

    /// <summary>Before the first update of the ring.</summary>
    Before,
}

/// <summary>
/// Something that must be so before a rollout goes on. A kind of gate is one more record here, a source of evidence for it in the
/// runner, and its fields in the reader of documents; how evidence decides is the same for all.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "gate")]
[JsonDerivedType(typeof(Output), "output")]
[JsonDerivedType(typeof(Soak), "soak")]
[JsonDerivedType(typeof(Approval), "approval")]
[JsonDerivedType(typeof(Window), "window")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Http), "http")]
[JsonDerivedType(typeof(Metric), "prometheus")]
[JsonDerivedType(typeof(ClusterJob), "job")]
[JsonDerivedType(typeof(LocalCommand), "command")]
public abstract partial record Gate
{
    /// <summary>What identifies it in its ring, and says what it asks for.</summary>
    [JsonIgnore]
    public string Name => Title ?? Words;

    /// <summary>Its name, where the document gives it one. Null: what it asks for is its name.</summary>
    public string? Title { get; init; }

    /// <summary>Whether what it asks about goes on changing by itself, so that it is looked at again while the ring soaks.</summary>
    [JsonIgnore]
    public virtual bool IsWatched => false;

    /// <summary>What it asks for.</summary>
    protected abstract string Words { get; }

    /// <summary>Where it stands.</summary>
    public GateMoment Moment { get; init; }

    /// <summary>Whether it only reports, and never stops a rollout.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long it may stay undecided, from the moment that it is first asked; then it has failed. Null: until a person decides.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>After how long it is asked again while it is undecided.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How old evidence may be, at most. Null: as old as the last update that it is about.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>A condition on the outputs of the stacks.</summary>
    /// <param name="Check">The condition.</param>
    public sealed record Output(OutputCheck Check) : Gate
    {
        /// <inheritdoc/>
        protected override string Words => Check.ToString();
    }

    /// <summary>A time to pass since the last update of the ring.</summary>
    /// <param name="Duration">How long.</param>
    public sealed record Soak(TimeSpan Duration) : Gate
    {
        /// <inheritdoc/>
        protected override string Words => string.Create(CultureInfo.InvariantCulture, $"soak {Duration:c}");
    }

    /// <summary>A person's word.</summary>
    public sealed record Approval : Gate
    {
        /// <inheritdoc/>
        protected override string Words => Moment == GateMoment.Before ? "approval before" : "approval";
    }
}
