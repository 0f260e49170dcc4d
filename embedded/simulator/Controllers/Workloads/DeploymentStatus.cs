using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>What a Deployment says about its rollout: pure arithmetic over it and its ReplicaSets.</summary>
internal static class DeploymentStatus
{
    /// <summary>The reason of the condition Progressing once a rollout has come to its end.</summary>
    public const string Finished = "NewReplicaSetAvailable";

    private const string TimedOut = "ProgressDeadlineExceeded";

    /// <summary>The status.</summary>
    /// <param name="deployment">The Deployment with the status it has.</param>
    /// <param name="sets">All its ReplicaSets.</param>
    /// <param name="fresh">The one of its present template; null before there is one.</param>
    /// <param name="conditions">The conditions so far.</param>
    /// <param name="now">The time.</param>
    public static JsonMap Of(JsonMap deployment, IReadOnlyList<JsonMap> sets, JsonMap? fresh, JsonList conditions, DateTimeOffset now)
    {
        var sizes = RollingUpdate.Of(deployment.Map("spec"));
        var available = sets.Sum(set => set.Long("status", "availableReplicas") ?? 0);
        var total = sets.Sum(set => set.Long("spec", "replicas") ?? 0);
        var isAvailable = available >= sizes.Replicas - sizes.MaxUnavailable;
        conditions = Conditions.Set(conditions, "Available", isAvailable,
            isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
            KubernetesTime.Format(now), withUpdateTime: true);
        var failure = new[] { fresh }.Concat(sets).OfType<JsonMap>().Select(set => set.Condition("ReplicaFailure")).FirstOrDefault(condition => condition is not null);
        conditions = failure is null
            ? Conditions.Remove(conditions, "ReplicaFailure")
            : Conditions.SetOnce(conditions, "ReplicaFailure", isTrue: true, failure.Text("reason"), failure.Text("message"), KubernetesTime.Format(now), withUpdateTime: true);
        var status = JsonMap.Of(
            ("observedGeneration", deployment.Generation),
            ("replicas", Counts.OrAbsent(sets.Sum(set => set.Long("status", "replicas") ?? 0))),
            ("updatedReplicas", Counts.OrAbsent(fresh?.Long("status", "replicas") ?? 0)),
            ("readyReplicas", Counts.OrAbsent(sets.Sum(set => set.Long("status", "readyReplicas") ?? 0))),
            ("availableReplicas", Counts.OrAbsent(available)),
            ("unavailableReplicas", Counts.OrAbsent(Math.Max(0, total - available))),
            ("terminatingReplicas", sets.Sum(set => set.Long("status", "terminatingReplicas") ?? 0)),
            ("collisionCount", deployment.At("status", "collisionCount")));
        return status.With("conditions", Progress(deployment, status, fresh, conditions, now));
    }

    /// <summary>Whether all wanted pods are of the present template and available.</summary>
    public static bool IsComplete(JsonMap deployment, JsonMap status)
    {
        var wanted = deployment.Long("spec", "replicas") ?? 1;
        return Count(status, "updatedReplicas") == wanted && Count(status, "replicas") == wanted && Count(status, "availableReplicas") == wanted
            && status.Long("observedGeneration") >= deployment.Generation;
    }

    /// <summary>The time until the rollout counts as stuck; null when it has ended or has no deadline.</summary>
    public static TimeSpan? UntilStuck(JsonMap deployment, JsonMap status, DateTimeOffset now)
    {
        var progress = status.Maps("conditions").FirstOrDefault(condition => condition.Text("type") == "Progressing");
        if (progress?.Text("reason") is null or Finished or TimedOut || deployment.Flag("spec", "paused") || Deadline(deployment) is not { } deadline) return null;
        return (KubernetesTime.Parse(progress.Text("lastUpdateTime")) ?? now) + deadline - now + TimeSpan.FromSeconds(1);
    }

    private static JsonList Progress(JsonMap deployment, JsonMap status, JsonMap? fresh, JsonList conditions, DateTimeOffset now)
    {
        var current = conditions.Maps().FirstOrDefault(condition => condition.Text("type") == "Progressing");
        if (Deadline(deployment) is not { } deadline) return Conditions.Remove(conditions, "Progressing");
        if (Count(status, "replicas") == Count(status, "updatedReplicas") && current?.Text("reason") == Finished && deployment.Generation == deployment.Long("status", "observedGeneration")) return conditions;

        var name = fresh is null ? $"Deployment \"{deployment.Name}\"" : $"ReplicaSet \"{fresh.Name}\"";
        if (IsComplete(deployment, status)) return Set(Finished, isTrue: true, $"{name} has successfully progressed.");
        if (HasMoved(deployment.Map("status"), status))
        {
            // Every step forward sets the clock of the deadline back.
            var moved = Set("ReplicaSetUpdated", isTrue: true, $"{name} is progressing.");
            return moved.ChangeMaps(condition => condition.Text("type") == "Progressing" ? condition.With("lastUpdateTime", KubernetesTime.Format(now)) : condition);
        }
        var isStuck = current?.Text("reason") is { } reason and not Finished && !deployment.Flag("spec", "paused")
            && (reason == TimedOut || (KubernetesTime.Parse(current.Text("lastUpdateTime")) ?? now) + deadline < now);
        return isStuck ? Set(TimedOut, isTrue: false, $"{name} has timed out progressing.") : conditions;

        JsonList Set(string reason, bool isTrue, string message) =>
            Conditions.Set(conditions, "Progressing", isTrue, reason, message, KubernetesTime.Format(now), withUpdateTime: true);
    }

    private static bool HasMoved(JsonMap before, JsonMap after) =>
        Count(after, "updatedReplicas") > Count(before, "updatedReplicas")
        || Count(after, "replicas") - Count(after, "updatedReplicas") < Count(before, "replicas") - Count(before, "updatedReplicas")
        || Count(after, "readyReplicas") > Count(before, "readyReplicas")
        || Count(after, "availableReplicas") > Count(before, "availableReplicas");

    private static TimeSpan? Deadline(JsonMap deployment) =>
        deployment.Long("spec", "progressDeadlineSeconds") is { } seconds and < int.MaxValue ? TimeSpan.FromSeconds(seconds) : null;

    private static long Count(JsonMap status, string name) => status.Long(name) ?? 0;
}
