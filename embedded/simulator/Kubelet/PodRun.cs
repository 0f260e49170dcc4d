using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>A pod on a node, as the kubelet keeps it in mind.</summary>
internal sealed class PodRun
{
    /// <summary>Takes up a pod: a new one, or one that was there before the process was started anew.</summary>
    public PodRun(JsonMap pod, DateTimeOffset now)
    {
        Uid = pod.Uid;
        InitContainers = [.. pod.Maps("spec", "initContainers").Select(container => Take(pod, container, isInit: true))];
        Containers = [.. pod.Maps("spec", "containers").Select(container => Take(pod, container, isInit: false))];
        StartedAt = KubernetesTime.Parse(pod.Text("status", "startTime")) ?? now;
        Address = pod.Text("status", "podIP");
    }

    /// <summary>The pod's unique id.</summary>
    public string Uid { get; }

    /// <summary>The containers that run one after another before the others.</summary>
    public IReadOnlyList<ContainerRun> InitContainers { get; }

    /// <summary>The containers.</summary>
    public IReadOnlyList<ContainerRun> Containers { get; }

    /// <summary>When the kubelet took the pod.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>The pod's address; null before it has one.</summary>
    public string? Address { get; set; }

    /// <summary>When its containers will have ended after its deletion; null while nobody has deleted it.</summary>
    public DateTimeOffset? StopsAt { get; set; }

    /// <summary>Whether all init containers have done their work.</summary>
    public bool IsInitialized => InitContainers.All(container => container.HasSucceeded);

    /// <summary>When the next step is due; null when there is none.</summary>
    public DateTimeOffset? Due => InitContainers.Concat(Containers).Min(container => container.Due);

    /// <summary>Follows a change of the pod's images.</summary>
    public bool HasImagesOf(JsonMap pod) => Containers.Select(container => container.Image).SequenceEqual(pod.Maps("spec", "containers").Select(container => container.Text("image") ?? ""));

    private static ContainerRun Take(JsonMap pod, JsonMap container, bool isInit)
    {
        var name = container.Text("name") ?? "";
        var run = new ContainerRun(container, PodBehaviour.Of(pod.Annotations, name), isInit);
        var status = pod.Maps("status", isInit ? "initContainerStatuses" : "containerStatuses").FirstOrDefault(one => one.Text("name") == name);
        if (status is not null) run.Resume(status);
        return run;
    }
}
