using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>Turns objects from the version they are stored in into others, and back.</summary>
internal static class ObjectVersions
{
    /// <summary>A stored object in a version.</summary>
    public static JsonMap FromStorage(JsonMap value, ResourceKind kind)
    {
        if (kind.Version == kind.StorageVersion) return value;
        var result = kind.Group == "autoscaling" ? ToFirstAutoscaler(value) : value;
        return result.With("apiVersion", kind.ApiVersion);
    }

    /// <summary>An object of a version as it is stored.</summary>
    /// <param name="value">The object.</param>
    /// <param name="kind">Its kind, in its version.</param>
    /// <param name="current">What is stored now: the version may lack members of it, which stay; null for a new object.</param>
    public static JsonMap ToStorage(JsonMap value, ResourceKind kind, JsonMap? current)
    {
        if (kind.Version == kind.StorageVersion) return value;
        var result = kind.Group == "autoscaling" ? FromFirstAutoscaler(value, current) : value;
        return result.With("apiVersion", kind.Group.Length == 0 ? kind.StorageVersion : $"{kind.Group}/{kind.StorageVersion}");
    }

    // The first version of autoscalers knows the load of the CPU only.
    private static JsonMap ToFirstAutoscaler(JsonMap value)
    {
        var load = value.Maps("spec", "metrics").Where(IsCpuLoad).Select(metric => metric.At("resource", "target", "averageUtilization")).FirstOrDefault();
        return value
            .Edit("spec", spec => spec.Without("metrics").Without("behavior").With("targetCPUUtilizationPercentage", load))
            .Edit("status", status => status.Without("currentMetrics").Without("conditions").Default(0, "currentReplicas"));
    }

    private static JsonMap FromFirstAutoscaler(JsonMap value, JsonMap? current)
    {
        var others = current?.Maps("spec", "metrics").Where(metric => !IsCpuLoad(metric)) ?? [];
        var load = value.At("spec", "targetCPUUtilizationPercentage");
        var metrics = load is null ? others : others.Prepend(JsonMap.Of(("type", "Resource"), ("resource", JsonMap.Of(
            ("name", "cpu"), ("target", JsonMap.Of(("type", "Utilization"), ("averageUtilization", load)))))));
        var list = JsonList.From(metrics);
        return value
            .Edit("spec", spec => spec.Without("targetCPUUtilizationPercentage").With("metrics", list.Count == 0 ? null : list).With("behavior", current?.At("spec", "behavior")))
            .With("status", current?["status"]);
    }

    private static bool IsCpuLoad(JsonMap metric) =>
        metric.Text("type") == "Resource" && metric.Text("resource", "name") == "cpu" && metric.Text("resource", "target", "type") == "Utilization";
}
