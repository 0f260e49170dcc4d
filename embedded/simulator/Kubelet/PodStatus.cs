using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>The status that the kubelet reports for a pod.</summary>
internal static class PodStatus
{
    /// <summary>The status.</summary>
    /// <param name="pod">The pod, with the status it has.</param>
    /// <param name="run">How it is on its node.</param>
    /// <param name="hostAddress">The address of its node.</param>
    /// <param name="now">The time.</param>
    public static JsonMap Of(JsonMap pod, PodRun run, string hostAddress, DateTimeOffset now)
    {
        var phase = Phase(run);
        return pod.Map("status")
            .With("phase", phase)
            .With("conditions", ConditionsOf(pod, run, phase, KubernetesTime.Format(now)))
            .With("observedGeneration", pod.Generation)
            .With("hostIP", hostAddress)
            .With("hostIPs", JsonList.Of([JsonMap.Of(("ip", hostAddress))]))
            .With("podIP", run.Address)
            .With("podIPs", run.Address is null ? null : JsonList.Of([JsonMap.Of(("ip", run.Address))]))
            .With("startTime", KubernetesTime.Format(run.StartedAt))
            .With("initContainerStatuses", run.InitContainers.Count == 0 ? null : JsonList.From(run.InitContainers.Select(container => ContainerStatus.Of(container, hasInitContainers: true))))
            .With("containerStatuses", JsonList.From(run.Containers.Select(container => ContainerStatus.Of(container, run.InitContainers.Count > 0))));
    }

    private static string Phase(PodRun run)
    {
        if (run.InitContainers.Any(container => container is { Stage: ContainerStage.Ended, HasSucceeded: false })) return "Failed";
        if (run.Containers.All(container => container.Stage == ContainerStage.Ended)) return run.Containers.All(container => container.HasSucceeded) ? "Succeeded" : "Failed";
        return run.Containers.All(container => container.Id.Length > 0) ? "Running" : "Pending";
    }

    private static JsonList ConditionsOf(JsonMap pod, PodRun run, string phase, string now)
    {
        var conditions = pod.List("status", "conditions");
        var unready = run.Containers.Where(container => !container.IsReady).Select(container => container.Name).ToList();
        var uninitialized = run.InitContainers.Where(container => !container.HasSucceeded).Select(container => container.Name).ToList();
        var hasEnded = phase is "Succeeded" or "Failed";
        var isReady = unready.Count == 0 && uninitialized.Count == 0;
        var (reason, message) = isReady ? (null, null)
            : phase == "Succeeded" ? ("PodCompleted", null)
            : phase == "Failed" ? ("PodFailed", null)
            : ("ContainersNotReady", (string?)$"containers with unready status: [{string.Join(' ', unready)}]");
        conditions = Set(conditions, "PodReadyToStartContainers", run.Address is not null && !hasEnded, null, null);
        conditions = uninitialized.Count == 0
            ? Set(conditions, "Initialized", true, phase == "Succeeded" ? "PodCompleted" : null, null)
            : Set(conditions, "Initialized", false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', uninitialized)}]");
        var gatesOpen = pod.Maps("spec", "readinessGates").All(gate => pod.IsTrue(gate.Text("conditionType") ?? ""));
        conditions = isReady && !gatesOpen
            ? Set(conditions, "Ready", false, "ReadinessGatesNotReady", "the status of pod readiness gates is not \"True\"")
            : Set(conditions, "Ready", isReady, reason, message);
        conditions = Set(conditions, "ContainersReady", isReady, reason, message);
        return Set(conditions, "PodScheduled", true, null, null);

        JsonList Set(JsonList list, string type, bool isTrue, string? why, string? text) => Conditions.Set(list, type, isTrue, why, text, now);
    }
}
