using System.Collections.Immutable;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Where the ring plan that runs at present is.</summary>
public sealed record RingProgress
{
    /// <summary>Since when it runs.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last update ended; its start while none has.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What waits for its turn, in the order in which it is taken.</summary>
    public ImmutableSortedDictionary<Turn, StackId> Pending { get; init; } = ImmutableSortedDictionary<Turn, StackId>.Empty;

    /// <summary>What is being updated, in the same order.</summary>
    public ImmutableSortedDictionary<Turn, RunningStack> Running { get; init; } = ImmutableSortedDictionary<Turn, RunningStack>.Empty;

    /// <summary>What is being updated and has not timed out, the oldest first.</summary>
    public ImmutableSortedSet<(DateTimeOffset StartedAt, Turn Turn)> Deadlines { get; init; } = [];

    /// <summary>The turns of its stacks.</summary>
    public ImmutableDictionary<StackId, Turn> Turns { get; init; } = ImmutableDictionary<StackId, Turn>.Empty;

    /// <summary>Whether each stack that is to be pre-staged has been begun (false) or is done (true).</summary>
    public ImmutableDictionary<StackId, bool> Staged { get; init; } = ImmutableDictionary<StackId, bool>.Empty;

    /// <summary>The gates that were asked, by name.</summary>
    public ImmutableDictionary<string, GateProgress> Gates { get; init; } = ImmutableDictionary<string, GateProgress>.Empty;

    /// <summary>The failure domains in which something is being updated.</summary>
    public ImmutableHashSet<string> BusyDomains { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The wave of which stacks may be taken; null when all are done.</summary>
    public int? Wave => (Pending.IsEmpty, Running.IsEmpty) switch
    {
        (true, true) => null,
        (false, true) => First(Pending).Wave,
        (true, false) => First(Running).Wave,
        _ => Math.Min(First(Pending).Wave, First(Running).Wave),
    };

    private static Turn First<T>(ImmutableSortedDictionary<Turn, T> stacks)
    {
        using var each = stacks.GetEnumerator();
        each.MoveNext();
        return each.Current.Key;
    }
}

/// <summary>A place in the order of a ring plan.</summary>
/// <param name="Wave">The wave's number.</param>
/// <param name="Place">The place in the wave.</param>
public readonly record struct Turn(int Wave, int Place) : IComparable<Turn>
{
    /// <inheritdoc/>
    public int CompareTo(Turn other) => Wave != other.Wave ? Wave.CompareTo(other.Wave) : Place.CompareTo(other.Place);
}

/// <summary>What is known of a gate of the ring plan that runs at present.</summary>
public sealed record GateProgress
{
    /// <summary>When it was first asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it was last looked at; null when it never was.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>What it says.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Whether a person has decided it, so that no look changes it.</summary>
    public bool ByPerson { get; init; }

    /// <summary>How often it was looked at.</summary>
    public int Rounds { get; init; }

    /// <summary>Why it says so: what was seen last, or who decided it.</summary>
    public string? Reason { get; init; }
}
