using System.Runtime.ExceptionServices;
using System.Text.Json;
using Pulumi.Automation.Serialization;

namespace Pulumi.Automation.Events;

/// <summary>Reads events and tells of them, by one thread at a time.</summary>
/// <param name="onEvent">Called for each event, until it throws.</param>
internal sealed class EventSink(Action<EngineEvent> onEvent)
{
    private readonly LocalSerializer _serializer = new();
    private Exception? _failure;

    /// <summary>Tells of an event.</summary>
    /// <param name="json">The event; what is no JSON is passed over.</param>
    public void Publish(string json)
    {
        if (_failure is not null || string.IsNullOrWhiteSpace(json) || !_serializer.IsValidJson(json))
        {
            return;
        }

        try
        {
            onEvent(_serializer.DeserializeJson<EngineEvent>(json));
        }
#pragma warning disable CA1031 // What the caller's own method throws is the caller's to see, when the command has ended.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = exception is JsonException
                ? new JsonException($"The engine sent an event that cannot be read: {exception.Message}", exception)
                : exception;
        }
    }

    /// <summary>Throws what went wrong with an event, if something did, with its own stack trace.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }
}
