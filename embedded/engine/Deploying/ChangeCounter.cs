using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Steps;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Counts the steps that count. May be used by many threads at once.</summary>
internal sealed class ChangeCounter
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<StepOp, int> _counts = [];

    /// <summary>How many steps there were in all.</summary>
    public int Total
    {
        get
        {
            lock (_lock)
            {
                return _counts.Values.Sum();
            }
        }
    }

    /// <summary>Whether anything changed.</summary>
    public bool HasChanges
    {
        get
        {
            lock (_lock)
            {
                return _counts.Keys.Any(op => op.IsChange());
            }
        }
    }

    /// <summary>Counts a step.</summary>
    public void Add(StepOp op)
    {
        lock (_lock)
        {
            _counts[op] = _counts.GetValueOrDefault(op) + 1;
        }
    }

    /// <summary>The counts by the operations' names.</summary>
    public ImmutableSortedDictionary<string, int> ToCounts()
    {
        lock (_lock)
        {
            return _counts.ToImmutableSortedDictionary(item => item.Key.Name(), item => item.Value, StringComparer.Ordinal);
        }
    }
}
