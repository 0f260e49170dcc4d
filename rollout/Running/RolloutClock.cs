namespace FogInfra.Rollout.Running;

/// <summary>
/// The time by which a rollout goes. It starts from the wall clock and from then on counts what really passes, so that a clock that is set
/// forward ends no soak and one that is set back makes no evidence old; and it never shows less than what is already on record.
/// </summary>
/// <param name="time">The machine's clocks.</param>
/// <param name="recorded">The time of the last entry on record.</param>
internal sealed class RolloutClock(TimeProvider time, DateTimeOffset recorded)
{
    private readonly long _anchor = time.GetTimestamp();
    private readonly DateTimeOffset _start = time.GetUtcNow() is var now && now > recorded ? now : recorded;

    /// <summary>The present.</summary>
    public DateTimeOffset Now => _start + time.GetElapsedTime(_anchor);
}
