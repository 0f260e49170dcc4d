using System.Globalization;
using FogInfra.Embedded.Simulator.Values;
using static FogInfra.Embedded.Simulator.Tables.Columns;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>The columns of pods.</summary>
internal static class PodColumns
{
    /// <summary>The columns.</summary>
    public static IReadOnlyList<TableColumn> All { get; } =
    [
        Name,
        Text("Ready", cell => $"{Statuses(cell.Value).Count(status => status.Flag("ready") && status.At("state", "running") is not null)}/{cell.Value.List("spec", "containers").Count}"),
        Text("Status", cell => Status(cell.Value)),
        Text("Restarts", Restarts),
        Age,
        Text("IP", cell => OrNone(cell.Value.Text("status", "podIP"))).Wide(),
        Text("Node", cell => OrNone(cell.Value.Text("spec", "nodeName"))).Wide(),
        Text("Nominated Node", cell => OrNone(cell.Value.Text("status", "nominatedNodeName"))).Wide(),
        Text("Readiness Gates", cell => Gates(cell.Value)).Wide(),
    ];

    /// <summary>One word for how a pod is: its phase, or what stands in the way of it.</summary>
    public static string Status(JsonMap pod)
    {
        var reason = pod.Text("status", "reason") ?? pod.Text("status", "phase") ?? "Unknown";
        if (pod.Condition("PodScheduled")?.Text("reason") == "SchedulingGated") reason = "SchedulingGated";
        if (InitReason(pod) is { } initializing)
        {
            reason = initializing;
        }
        else
        {
            var anyRuns = false;
            foreach (var status in Statuses(pod).Reverse())
            {
                if (status.Text("state", "waiting", "reason") is { Length: > 0 } waiting) reason = waiting;
                else if (status.At("state", "terminated") is { } ended) reason = Ended(ended);
                else if (status.Flag("ready")) anyRuns = true;
            }
            if (reason == "Completed" && anyRuns) reason = pod.IsTrue("Ready") ? "Running" : "NotReady";
        }
        if (!pod.IsDeleting) return reason;
        return pod.Text("status", "reason") == "NodeLost" ? "Unknown" : "Terminating";
    }

    private static string? InitReason(JsonMap pod)
    {
        var statuses = pod.Maps("status", "initContainerStatuses").ToList();
        for (var i = 0; i < statuses.Count; i++)
        {
            var ended = statuses[i].At("state", "terminated");
            if (ended?.Long("exitCode") == 0) continue;
            if (ended is not null) return "Init:" + Ended(ended);
            if (statuses[i].Text("state", "waiting", "reason") is { Length: > 0 } waiting and not "PodInitializing") return "Init:" + waiting;
            return $"Init:{i}/{pod.List("spec", "initContainers").Count}";
        }
        return null;
    }

    private static string Ended(JsonData ended)
    {
        if (ended.Text("reason") is { Length: > 0 } reason) return reason;
        return ended.Long("signal") is { } signal and not 0 ? $"Signal:{signal}" : $"ExitCode:{ended.Long("exitCode") ?? 0}";
    }

    private static string Restarts(CellContext cell)
    {
        var statuses = Statuses(cell.Value).ToList();
        var count = statuses.Sum(status => status.Long("restartCount") ?? 0);
        var last = statuses.Select(status => status.Text("lastState", "terminated", "finishedAt")).OfType<string>().Max(StringComparer.Ordinal);
        var number = count.ToString(CultureInfo.InvariantCulture);
        return count > 0 && last is not null ? $"{number} ({cell.Since(last)} ago)" : number;
    }

    private static string Gates(JsonMap pod)
    {
        var gates = pod.Maps("spec", "readinessGates").Select(gate => gate.Text("conditionType") ?? "").ToList();
        return gates.Count == 0 ? None : $"{gates.Count(pod.IsTrue)}/{gates.Count}";
    }

    private static IEnumerable<JsonMap> Statuses(JsonMap pod) => pod.Maps("status", "containerStatuses");
}
