using FogInfra.Embedded.Simulator.Values;
using static FogInfra.Embedded.Simulator.Tables.Columns;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>The columns of what runs pods.</summary>
internal static class WorkloadColumns
{
    private static readonly string[] PodSpec = ["spec", "template", "spec"];
    private static readonly string[] JobPodSpec = ["spec", "jobTemplate", "spec", "template", "spec"];

    public static IReadOnlyList<TableColumn> Deployment { get; } =
    [
        Name,
        Text("Ready", cell => $"{cell.Value.Long("status", "readyReplicas") ?? 0}/{cell.Value.Long("spec", "replicas") ?? 1}"),
        NumberAt("Up-to-date", "status", "updatedReplicas"),
        NumberAt("Available", "status", "availableReplicas"),
        Age,
        .. Containers(PodSpec),
        Selector("spec", "selector"),
    ];

    public static IReadOnlyList<TableColumn> ReplicaSet { get; } =
    [
        Name,
        Number("Desired", cell => cell.Value.Long("spec", "replicas") ?? 1),
        NumberAt("Current", "status", "replicas"),
        NumberAt("Ready", "status", "readyReplicas"),
        Age,
        .. Containers(PodSpec),
        Selector("spec", "selector"),
    ];

    public static IReadOnlyList<TableColumn> ReplicationController { get; } =
        [.. ReplicaSet.Take(ReplicaSet.Count - 1), Text("Selector", cell => Labels(cell.Value.Map("spec", "selector"))).Wide()];

    public static IReadOnlyList<TableColumn> StatefulSet { get; } =
    [
        Name,
        Text("Ready", cell => $"{cell.Value.Long("status", "readyReplicas") ?? 0}/{cell.Value.Long("spec", "replicas") ?? 1}"),
        Age,
        .. Containers(PodSpec),
    ];

    public static IReadOnlyList<TableColumn> DaemonSet { get; } =
    [
        Name,
        NumberAt("Desired", "status", "desiredNumberScheduled"),
        NumberAt("Current", "status", "currentNumberScheduled"),
        NumberAt("Ready", "status", "numberReady"),
        NumberAt("Up-to-date", "status", "updatedNumberScheduled"),
        NumberAt("Available", "status", "numberAvailable"),
        Text("Node Selector", cell => Labels(cell.Value.Map("spec", "template", "spec", "nodeSelector"))),
        Age,
        .. Containers(PodSpec),
        Selector("spec", "selector"),
    ];

    public static IReadOnlyList<TableColumn> Job { get; } =
    [
        Name,
        Text("Status", cell => JobStatus(cell.Value)),
        Text("Completions", cell => Completions(cell.Value)),
        Text("Duration", JobDuration),
        Age,
        .. Containers(PodSpec),
        Selector("spec", "selector"),
    ];

    public static IReadOnlyList<TableColumn> CronJob { get; } =
    [
        Name,
        TextAt("Schedule", "spec", "schedule"),
        Text("Timezone", cell => OrNone(cell.Value.Text("spec", "timeZone"))),
        Text("Suspend", cell => cell.Value.Flag("spec", "suspend") ? "True" : "False"),
        Number("Active", cell => cell.Value.List("status", "active").Count),
        Text("Last Schedule", cell => cell.Value.Text("status", "lastScheduleTime") is { } time ? cell.Since(time) : None),
        Age,
        .. Containers(JobPodSpec),
        Selector("spec", "jobTemplate", "spec", "selector"),
    ];

    public static IReadOnlyList<TableColumn> PodTemplate { get; } =
        [Name, .. Containers("template", "spec").Select(column => column with { IsWide = false }), Text("Pod Labels", cell => Labels(cell.Value.Map("template", "metadata", "labels")))];

    public static IReadOnlyList<TableColumn> ControllerRevision { get; } =
    [
        Name,
        Text("Controller", cell => cell.Value.Controller is { } owner ? Owner(owner) : None),
        NumberAt("Revision", "revision"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> Autoscaler { get; } =
    [
        Name,
        Text("Reference", cell => $"{cell.Value.Text("spec", "scaleTargetRef", "kind")}/{cell.Value.Text("spec", "scaleTargetRef", "name")}"),
        Text("Targets", cell => OrNone(string.Join(", ", cell.Value.Maps("spec", "metrics").Select(Target)))),
        Text("MinPods", cell => cell.Value.Long("spec", "minReplicas")?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "<unset>"),
        NumberAt("MaxPods", "spec", "maxReplicas"),
        NumberAt("Replicas", "status", "currentReplicas"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> DisruptionBudget { get; } =
    [
        Name,
        Text("Min Available", cell => cell.Value.At("spec", "minAvailable") is { } value ? Plain(value) : "N/A"),
        Text("Max Unavailable", cell => cell.Value.At("spec", "maxUnavailable") is { } value ? Plain(value) : "N/A"),
        NumberAt("Allowed Disruptions", "status", "disruptionsAllowed"),
        Age,
    ];

    private static string Owner(JsonMap reference)
    {
        var group = (reference.Text("apiVersion") ?? "").Split('/') is [var name, _] ? "." + name : "";
        return $"{reference.Text("kind")?.ToLowerInvariant()}{group}/{reference.Text("name")}";
    }

    private static string JobStatus(JsonMap job)
    {
        if (job.IsTrue("Complete")) return "Complete";
        if (job.IsTrue("Failed")) return "Failed";
        if (job.IsDeleting) return "Terminating";
        if (job.IsTrue("Suspended")) return "Suspended";
        if (job.IsTrue("FailureTarget")) return "FailureTarget";
        return job.IsTrue("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string Completions(JsonMap job)
    {
        var done = job.Long("status", "succeeded") ?? 0;
        if (job.Long("spec", "completions") is { } wanted) return $"{done}/{wanted}";
        return job.Long("spec", "parallelism") is { } parallel and > 1 ? $"{done}/1 of {parallel}" : $"{done}/1";
    }

    private static string JobDuration(CellContext cell)
    {
        if (KubernetesTime.Parse(cell.Value.Text("status", "startTime")) is not { } start) return "";
        var end = KubernetesTime.Parse(cell.Value.Text("status", "completionTime")) ?? cell.Now;
        return HumanDuration.Format(end - start);
    }

    private static string Target(JsonMap metric)
    {
        var target = metric.Map("resource", "target");
        return target.Long("averageUtilization") is { } load ? $"{metric.Text("resource", "name")}: <unknown>/{load}%" : $"<unknown>/{(target["averageValue"] is { } value ? Plain(value) : "<auto>")}";
    }

    private static string Plain(JsonData value) => value.AsText ?? value.ToString();
}
