using System.Runtime.CompilerServices;
using FogInfra.Model;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Commands;

/// <summary>
/// Watches the fleet document while a rollout runs, and tells it of clusters that join, leave or change their ring. Nothing else of the
/// document touches a rollout that has begun. A document with mistakes is taken for one that is being written.
/// </summary>
internal sealed class FleetDocumentInbox(LoadedFleet loaded, RolloutSession session, CommandContext context) : IRolloutInbox
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RolloutEvent> ReadAsync(Func<RolloutState> state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (fleet, known) = (loaded.Fleet, File.GetLastWriteTimeUtc(loaded.File));
        using var timer = new PeriodicTimer(Interval, context.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var written = File.GetLastWriteTimeUtc(loaded.File);
            if (written == known || Read() is not { } changed)
            {
                continue;
            }

            var joined = changed.Clusters.Select(cluster => cluster.Name).Where(name => fleet.FindCluster(name) is null).ToList();
            if (joined.Count > 0)
            {
                await session.Clusters.EnsureAsync(changed, loaded.Applications, joined, force: false, new ClusterProgress(context.Error), cancellationToken).ConfigureAwait(false);
            }

            foreach (var @event in await ChangesAsync(fleet, changed, cancellationToken).ConfigureAwait(false))
            {
                yield return @event;
            }

            (fleet, known) = (changed, written);
        }
    }

    private async Task<IEnumerable<RolloutEvent>> ChangesAsync(Fleet before, Fleet after, CancellationToken cancellationToken)
    {
        var fresh = after with { Clusters = after.Clusters.RemoveAll(cluster => before.FindCluster(cluster.Name) is not null) };
        var deployed = await session.ReadDeployedAsync(fresh, loaded.Applications, cancellationToken).ConfigureAwait(false);
        return MembershipChanges.Between(before, after, Planner.Plan(after, loaded.Applications, deployed).Steps);
    }

    private Fleet? Read()
    {
        try
        {
            return FleetReader.Read(loaded.File, File.ReadAllText(loaded.File)).Value;
        }
        catch (IOException)
        {
            return null; // It is being replaced.
        }
    }
}
