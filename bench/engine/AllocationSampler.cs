using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace FogInfra.Bench;

/// <summary>Counts what is allocated, by type: the runtime tells of one object for each 100 KiB or so.</summary>
internal sealed class AllocationSampler : EventListener
{
    private const int GarbageCollectionKeyword = 1;
    private const int TypeNameField = 5;
    private const int AmountField = 3;

    private readonly ConcurrentDictionary<string, long> _bytes = new();

    /// <summary>The types of which the most is allocated, with the bytes.</summary>
    public IEnumerable<(string Type, long Bytes)> Largest => _bytes.OrderByDescending(item => item.Value).Select(item => (item.Key, item.Value));

    /// <summary>Forgets what was counted so far.</summary>
    public void Clear() => _bytes.Clear();

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, (EventKeywords)GarbageCollectionKeyword);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true && eventData.Payload is { Count: > TypeNameField } payload)
        {
            var amount = Convert.ToInt64(payload[AmountField], System.Globalization.CultureInfo.InvariantCulture);
            _bytes.AddOrUpdate(payload[TypeNameField]?.ToString() ?? "?", amount, (_, before) => before + amount);
        }
    }
}
