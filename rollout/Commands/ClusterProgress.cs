using System.Collections.Immutable;
using FogInfra.Clusters;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>Shows what is done with clusters, a line for each new thing.</summary>
internal sealed class ClusterProgress(IAnsiConsole console) : IProgress<string>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Report(string value)
    {
        lock (_lock)
        {
            // Waiting is told once for each cluster, not for each look.
            var (name, text) = value.Split(": ", 2) is [var before, var after] ? (before, after) : ("", value);
            var what = text.Split(':')[0];
            if (_last.GetValueOrDefault(name) != what)
            {
                _last[name] = what;
                console.WriteLine($"  {value}");
            }
        }
    }

    /// <summary>Brings clusters about, shows it, and tells what was done.</summary>
    /// <returns>What happened to clusters; null, with the reason written, when some could not be had.</returns>
    public static async Task<ImmutableSortedDictionary<string, string>?> EnsureAsync(
        LoadedFleet loaded, RolloutSession session, IReadOnlyList<string>? only, bool force, IAnsiConsole console, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            var changes = await session.Clusters.EnsureAsync(
                loaded.Fleet, loaded.Applications, only, force, new ClusterProgress(context.Error), cancellationToken).ConfigureAwait(false);
            foreach (var (verb, clusters) in changes.GroupBy(change => Done(change.Value), change => change.Key).Select(group => (group.Key, group)))
            {
                console.WriteLine($"{verb} {string.Join(", ", clusters)}.");
            }

            return changes;
        }
        catch (ClusterException exception)
        {
            context.WriteError(exception.Message);
            return null;
        }
    }

    private static string Done(string change) => change switch
    {
        "create" => "Started",
        "update" => "Put right",
        "replace" => "Made anew",
        _ => "Removed",
    };
}
