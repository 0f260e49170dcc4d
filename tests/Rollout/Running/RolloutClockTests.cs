using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

public sealed class RolloutClockTests
{
    private readonly TwoClocks _time = new();

    [Fact]
    public void Now_WallClockIsSetForward_GoesOnByWhatReallyPasses()
    {
        var clock = new RolloutClock(_time, DateTimeOffset.MinValue);
        var start = clock.Now;

        _time.Wall += TimeSpan.FromHours(5);
        _time.Passed += TimeSpan.FromSeconds(3);

        Assert.Equal(TimeSpan.FromSeconds(3), clock.Now - start);
    }

    [Fact]
    public void Now_WallClockIsSetBack_NeverGoesBack()
    {
        var clock = new RolloutClock(_time, DateTimeOffset.MinValue);
        var start = clock.Now;

        _time.Wall -= TimeSpan.FromHours(5);

        Assert.Equal(start, clock.Now);
    }

    [Fact]
    public void Now_RecordIsAheadOfTheWallClock_StartsFromTheRecord()
    {
        var recorded = _time.Wall.AddMinutes(7);

        Assert.Equal(recorded, new RolloutClock(_time, recorded).Now);
    }

    private sealed class TwoClocks : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
