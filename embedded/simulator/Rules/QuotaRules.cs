using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Scheduling;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>What ResourceQuotas count, and when a new object would be too much.</summary>
internal static class QuotaRules
{
    private static readonly string[] Computed = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>What the objects of a namespace use of a quota.</summary>
    public static JsonMap Used(JsonMap quota, ObjectStore store, KindRegistry kinds) => JsonMap.From(quota.Map("spec", "hard").Select(limit =>
        KeyValuePair.Create(limit.Key, (JsonData)Usage(limit.Key, quota.Namespace, store, kinds).ToString())));

    /// <summary>Why a new object is too much for the quotas of its namespace, in the API server's words; null when it is not.</summary>
    public static string? Excess(ResourceKind kind, JsonMap value, ObjectStore store, KindRegistry kinds)
    {
        foreach (var quota in store.Read(Resources.ResourceQuotas).Objects.In(value.Namespace).Select(stored => stored.Value))
        {
            var hard = quota.Map("spec", "hard");
            if (kind.Resource == Resources.Pods && Unlimited(hard, value) is { } missing) return $"failed quota: {quota.Name}: must specify {missing}";
            var excess = hard.Select(limit => (limit.Key, Limit: Quantity.Read(limit.Value) ?? Quantity.Zero, Asked: Asked(limit.Key, kind, value)))
                .Where(one => one.Asked > Quantity.Zero)
                .Select(one => (one.Key, one.Limit, one.Asked, Used: Usage(one.Key, value.Namespace, store, kinds)))
                .Where(one => one.Used + one.Asked > one.Limit).OrderBy(one => one.Key, StringComparer.Ordinal).ToList();
            if (excess.Count == 0) continue;
            return $"exceeded quota: {quota.Name}, requested: {string.Join(',', excess.Select(one => $"{one.Key}={one.Asked}"))}, "
                + $"used: {string.Join(',', excess.Select(one => $"{one.Key}={one.Used}"))}, limited: {string.Join(',', excess.Select(one => $"{one.Key}={one.Limit}"))}";
        }
        return null;
    }

    private static Quantity Usage(string name, string space, ObjectStore store, KindRegistry kinds)
    {
        var total = Quantity.Zero;
        foreach (var kind in kinds.All.Where(kind => kind.Namespaced && kind.Version == kind.StorageVersion && Counts(name, kind)))
        {
            foreach (var value in store.Read(kind.Resource).Objects.In(space).Select(stored => stored.Value).Where(value => value.Text("status", "phase") is not ("Succeeded" or "Failed")))
            {
                total += Asked(name, kind, value);
            }
        }
        return total;
    }

    private static bool Counts(string name, ResourceKind kind) =>
        name == kind.Plural || name == $"count/{kind.Resource}" || (IsOfPods(name) && kind.Resource == Resources.Pods)
        || (name == "requests.storage" && kind.Resource == Resources.PersistentVolumeClaims) || (name.StartsWith("services.", StringComparison.Ordinal) && kind.Resource == Resources.Services);

    private static bool IsOfPods(string name) => Computed.Contains(Plain(name));

    private static Quantity Asked(string name, ResourceKind kind, JsonMap value)
    {
        if (!Counts(name, kind)) return Quantity.Zero;
        if (IsOfPods(name)) return Sum(value, name.StartsWith("limits.", StringComparison.Ordinal) ? "limits" : "requests", Plain(name));
        return name switch
        {
            "requests.storage" => Quantity.Read(value.At("spec", "resources", "requests", "storage")) ?? Quantity.Zero,
            "services.loadbalancers" => Quantity.Of(value.Text("spec", "type") == "LoadBalancer" ? 1 : 0),
            "services.nodeports" => Quantity.Of(value.Text("spec", "type") is "LoadBalancer" or "NodePort" ? value.List("spec", "ports").Count : 0),
            _ => Quantity.Of(1),
        };
    }

    // Where processor or memory is counted, a pod that does not say how much it takes cannot be.
    private static string? Unlimited(JsonMap hard, JsonMap pod)
    {
        var missing = hard.Keys.Where(IsOfPods).OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => (Name: name, Containers: pod.Maps("spec", "containers")
                .Where(container => container.At("resources", name.StartsWith("limits.", StringComparison.Ordinal) ? "limits" : "requests", Plain(name)) is null).Select(container => container.Text("name"))))
            .Where(one => one.Containers.Any()).Select(one => $"{one.Name} for: {string.Join(',', one.Containers)}").ToList();
        return missing.Count == 0 ? null : string.Join("; ", missing);
    }

    private static Quantity Sum(JsonMap pod, string member, string name) => member == "requests"
        ? PodRequests.Of(pod).GetValueOrDefault(name)
        : pod.Maps("spec", "containers").Aggregate(Quantity.Zero, (total, container) => total + (Quantity.Read(container.At("resources", member, name)) ?? Quantity.Zero));

    private static string Plain(string name) => name.Split('.') is ["requests" or "limits", var plain] ? plain : name;
}
