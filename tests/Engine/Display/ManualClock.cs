namespace FogInfra.Engine.Tests.Display;

/// <summary>A clock that stands still until it is told otherwise.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(() => callback(state));
        _alarms.Add(alarm);
        return alarm;
    }

    /// <summary>Lets time pass; each timer goes off once.</summary>
    public void Advance(TimeSpan time)
    {
        _now += time;
        foreach (var alarm in _alarms.Where(alarm => alarm.IsSet).ToArray())
        {
            alarm.GoOff();
        }
    }

    private sealed class Alarm(Action goOff) : ITimer
    {
        public bool IsSet { get; private set; } = true;

        public void GoOff() => goOff();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => IsSet = false;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
