namespace FogInfra.Tests.Support;

/// <summary>A clock that stands still until a test moves it. Timers fire while it moves, in the order in which they are due.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_lock) _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves on to the next timer, at most to a time, and fires what is due then; false when nothing is due until that time.</summary>
    public bool MoveToNext(DateTimeOffset limit)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            var next = _timers.Select(timer => timer.Due).Where(one => one is not null).DefaultIfEmpty().Min();
            if (next is null || next > limit)
            {
                _now = limit;
                return false;
            }
            if (next > _now) _now = next.Value;
            due = _timers.FindAll(timer => timer.Due <= _now);
        }
        foreach (var timer in due) timer.Fire();
        return true;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
                _period = period;
            }
            return true;
        }

        public void Fire()
        {
            lock (time._lock) Due = _period > TimeSpan.Zero ? Due + _period : null;
            callback(state);
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
