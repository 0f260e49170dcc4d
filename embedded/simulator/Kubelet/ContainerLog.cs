using System.Text;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>What a simulated container has printed: a few lines that tell its story, the same each time they are read.</summary>
internal static class ContainerLog
{
    /// <summary>The log of a container; null when it has not started yet.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="previous">Whether the run before the present one is meant.</param>
    /// <param name="tail">How many lines from the end; null for all.</param>
    /// <param name="timestamps">Whether each line begins with its time.</param>
    public static string? Read(JsonMap pod, string container, bool previous, long? tail, bool timestamps)
    {
        var status = pod.Maps("status", "containerStatuses").Concat(pod.Maps("status", "initContainerStatuses")).FirstOrDefault(one => one.Text("name") == container);
        if (status is null) return null;
        var ended = status.At(previous ? "lastState" : "state", "terminated") ?? (previous ? null : status.At("lastState", "terminated"));
        var running = previous ? null : status.At("state", "running");
        var run = running ?? ended;
        if (run is null) return null;

        var lines = new List<(string Time, string Text)> { (run.Text("startedAt") ?? "", $"simulated container {container} of image {status.Text("image")} started") };
        if (running is not null && status.Flag("ready")) lines.Add((run.Text("startedAt") ?? "", "ready"));
        if (running is null) lines.Add((run.Text("finishedAt") ?? "", $"ended with exit code {run.Long("exitCode")}"));
        var text = new StringBuilder();
        foreach (var (time, line) in lines.TakeLast((int)Math.Clamp(tail ?? lines.Count, 0, lines.Count)))
        {
            if (timestamps) text.Append(time).Append(' ');
            text.Append(line).Append('\n');
        }
        return text.ToString();
    }
}
