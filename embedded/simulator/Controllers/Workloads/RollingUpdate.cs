using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>The numbers of one ReplicaSet during a rollout.</summary>
/// <param name="Wanted">The pods it is told to have.</param>
/// <param name="Available">Its pods that are available.</param>
internal readonly record struct SetSize(long Wanted, long Available)
{
    /// <summary>The numbers of a ReplicaSet. Pods that it is told to end do not count any more, even if they have not ended yet.</summary>
    public static SetSize Of(JsonMap set)
    {
        var wanted = set.Long("spec", "replicas") ?? 1;
        return new SetSize(wanted, Math.Min(wanted, set.Long("status", "availableReplicas") ?? 0));
    }
}

/// <summary>The arithmetic of a rolling update: how many pods more of the new version, how many fewer of the old ones.</summary>
/// <param name="Replicas">The pods that the Deployment wants.</param>
/// <param name="MaxSurge">How many more there may be meanwhile.</param>
/// <param name="MaxUnavailable">How many fewer may be available meanwhile.</param>
internal sealed record RollingUpdate(long Replicas, long MaxSurge, long MaxUnavailable)
{
    /// <summary>The limits of a Deployment's spec. A Deployment that is recreated has no surge.</summary>
    public static RollingUpdate Of(JsonMap spec)
    {
        var replicas = spec.Long("replicas") ?? 1;
        if (spec.Text("strategy", "type") != "RollingUpdate") return new RollingUpdate(replicas, 0, 0);
        var surge = IntOrPercent.Of(spec.At("strategy", "rollingUpdate", "maxSurge"), replicas, roundUp: true);
        var unavailable = Math.Min(replicas, IntOrPercent.Of(spec.At("strategy", "rollingUpdate", "maxUnavailable"), replicas, roundUp: false));
        // Percentages of few pods can both come to zero; without either nothing could ever move.
        return new RollingUpdate(replicas, surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    /// <summary>The pods that the new ReplicaSet is to have next.</summary>
    public long NextOfNew(SetSize fresh, IEnumerable<SetSize> old)
    {
        if (fresh.Wanted >= Replicas) return Replicas;
        var room = Replicas + MaxSurge - fresh.Wanted - old.Sum(set => set.Wanted);
        return fresh.Wanted + Math.Max(0, Math.Min(room, Replicas - fresh.Wanted));
    }

    /// <summary>The pods that each old ReplicaSet is to have next: first those go that do nothing, then as many as the rest can do without.</summary>
    /// <param name="fresh">The new ReplicaSet.</param>
    /// <param name="old">The old ones, the oldest first.</param>
    public IReadOnlyList<long> NextOfOld(SetSize fresh, IReadOnlyList<SetSize> old)
    {
        var next = old.Select(set => set.Wanted).ToArray();
        var least = Replicas - MaxUnavailable;
        var spare = fresh.Wanted + next.Sum() - least - (fresh.Wanted - fresh.Available);
        if (spare <= 0) return next;
        for (var i = 0; i < next.Length && spare > 0; i++)
        {
            var idle = Math.Min(spare, Math.Max(0, old[i].Wanted - old[i].Available));
            next[i] -= idle;
            spare -= idle;
        }
        var available = fresh.Available + old.Sum(set => set.Available);
        var surplus = Math.Max(0, available - least);
        for (var i = 0; i < next.Length && surplus > 0; i++)
        {
            var working = Math.Min(surplus, next[i]);
            next[i] -= working;
            surplus -= working;
        }
        return next;
    }

    /// <summary>The pods that each ReplicaSet is to have when the Deployment is scaled in the middle of a rollout: in proportion to what they have.</summary>
    /// <param name="sets">The ReplicaSets with pods, in the order in which rounding favours them.</param>
    /// <param name="formerMost">For each, the most pods that the Deployment could have when it was last scaled; 0 when not known.</param>
    public IReadOnlyList<long> Proportional(IReadOnlyList<long> sets, IReadOnlyList<long> formerMost)
    {
        var next = sets.ToArray();
        var most = Replicas > 0 ? Replicas + MaxSurge : 0;
        var change = most - sets.Sum();
        var left = change;
        for (var i = 0; i < next.Length && change != 0; i++)
        {
            var former = formerMost[i] > 0 ? formerMost[i] : most - change;
            var share = (former == 0 ? 0 : (long)Math.Round((decimal)sets[i] * most / former, MidpointRounding.AwayFromZero)) - sets[i];
            share = change > 0 ? Math.Clamp(share, 0, Math.Max(0, left)) : Math.Clamp(share, Math.Min(0, left), 0);
            next[i] += share;
            left -= share;
        }
        if (next.Length > 0) next[0] = Math.Max(0, next[0] + left);
        return next;
    }
}
