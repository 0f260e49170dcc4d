using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Events;

/// <summary>Receives the events of an operation, one after the other.</summary>
internal interface IEventListener : IAsyncDisposable
{
    /// <summary>Takes an event. Must not wait for anything.</summary>
    /// <param name="engineEvent">The event.</param>
    /// <param name="json">Its JSON text, made when it is first asked for.</param>
    void Receive(EngineEvent engineEvent, Lazy<string> json);
}

/// <summary>Numbers the events of an operation and hands them to listeners. May be used by many threads at once.</summary>
internal sealed class EventStream(IReadOnlyCollection<IEventListener> listeners, TimeProvider clock, ValueJson values)
{
    private readonly Lock _lock = new();
    private int _sequence;

    /// <summary>Hands an event to all listeners.</summary>
    public void Emit(EngineEvent engineEvent)
    {
        lock (_lock)
        {
            var sequence = _sequence++;
            var json = new Lazy<string>(
                () => EventJson.ToText(engineEvent, sequence, clock.GetUtcNow().ToUnixTimeSeconds(), values), LazyThreadSafetyMode.None);
            foreach (var listener in listeners)
            {
                listener.Receive(engineEvent, json);
            }
        }
    }
}
