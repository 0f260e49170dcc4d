using System.Collections.Immutable;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>The rollouts of a project that run at present.</summary>
internal static class ActiveRollouts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the right to begin a rollout: one at a time looks at the others and then puts its own start on record.</summary>
    /// <returns>The right; to be given back when the start is on record.</returns>
    /// <exception cref="IOException">Another rollout has been about to begin for too long.</exception>
    public static async Task<IDisposable> StartAsync(string journals, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(journals);
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(journals, "starting"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Why a plan must not be run now, in one sentence: a rollout that runs changes the same services in the same clusters. Null when it may.</summary>
    public static string? Objection(string journals, RolloutPlan plan)
    {
        foreach (var (folder, state) in Read(journals))
        {
            if (Conflicts.Between(plan, state.Forward.Plan) is [var first, ..])
            {
                return $"Rollout {folder.Id}, run by {Lease.HolderOf(folder.Path)}, is changing {first}. See how it stands: fog why, fog watch.";
            }
        }

        return null;
    }

    /// <summary>The rollouts that run, with where they are.</summary>
    public static IEnumerable<(RolloutFolder Folder, RolloutState State)> Read(string journals) =>
        from folder in RolloutFolder.List(journals)
        where folder.IsAlive
        let state = folder.Read().State
        where state is { Outcome: null }
        select (folder, state);
}

/// <summary>What the other rollouts of a project expose, as their journals tell it.</summary>
/// <param name="journals">The project's folder of rollouts.</param>
/// <param name="own">The id of the rollout that asks.</param>
/// <param name="time">The clock.</param>
internal sealed class OtherRollouts(string journals, string own, TimeProvider time) : IOtherRollouts
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long? _readAt;
    private ImmutableHashSet<string> _exposed = [];

    /// <inheritdoc/>
    public int ExposedOutside(ImmutableHashSet<string> exposedHere)
    {
        if (_readAt is not { } readAt || time.GetElapsedTime(readAt) >= Interval)
        {
            _exposed = [.. ActiveRollouts.Read(journals).Where(other => other.Folder.Id != own).SelectMany(other => other.State.Forward.Exposed)];
            _readAt = time.GetTimestamp();
        }

        return _exposed.Except(exposedHere).Count;
    }
}
