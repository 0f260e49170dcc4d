using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>Where a container is on its way.</summary>
internal enum ContainerStage
{
    /// <summary>Nothing was done yet: volumes or init containers come first.</summary>
    Waiting,

    /// <summary>Its image is being pulled.</summary>
    Pulling,

    /// <summary>The pull has failed.</summary>
    PullFailed,

    /// <summary>The kubelet waits before it pulls again.</summary>
    PullBackOff,

    /// <summary>It cannot be pulled or created as its spec is; the kubelet looks again from time to time.</summary>
    Refused,

    /// <summary>It is being created and started.</summary>
    Starting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>It has ended, and the kubelet waits before it starts it again.</summary>
    CrashBackOff,
}

/// <summary>A container of a pod on a node, as the kubelet keeps it in mind. The kubelet's steps change it.</summary>
internal sealed class ContainerRun(JsonMap spec, PodBehaviour behaviour, bool isInit)
{
    /// <summary>The container's spec.</summary>
    public JsonMap Spec { get; } = spec;

    /// <summary>How its program behaves.</summary>
    public PodBehaviour Behaviour { get; } = behaviour;

    /// <summary>Whether it runs to its end before the others start.</summary>
    public bool IsInit { get; } = isInit;

    /// <summary>Its name.</summary>
    public string Name { get; } = spec.Text("name") ?? "";

    /// <summary>Its image as its spec names it.</summary>
    public string Image { get; } = spec.Text("image") ?? "";

    /// <summary>Where it is.</summary>
    public ContainerStage Stage { get; private set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>When the next step is due; null when only something else can bring it on.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>The reason of its waiting, where its stage has several.</summary>
    public string Reason { get; set; } = "";

    /// <summary>What its status says for people.</summary>
    public string Message { get; set; } = "";

    /// <summary>How often in a row its image could not be pulled.</summary>
    public int PullFailures { get; set; }

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; set; }

    /// <summary>How often it has ended too soon in a row.</summary>
    public int Crashes { get; set; }

    /// <summary>Whether it takes traffic.</summary>
    public bool IsReady { get; set; }

    /// <summary>Its id in the container runtime; empty before its first start.</summary>
    public string Id { get; set; } = "";

    /// <summary>How it ended, for <see cref="ContainerStage.Ended"/> and <see cref="ContainerStage.CrashBackOff"/>.</summary>
    public JsonMap? Ending { get; set; }

    /// <summary>How it ended before it was started again.</summary>
    public JsonMap? LastEnding { get; set; }

    /// <summary>Whether it has ended for good, and well.</summary>
    public bool HasSucceeded => Stage == ContainerStage.Ended && Ending?.Long("exitCode") == 0;

    /// <summary>The image's name in its parts.</summary>
    public ImageName ImageName => ImageName.Parse(Image);

    /// <summary>Goes to a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="now">The time.</param>
    /// <param name="lasts">How long until the next step is due; null when only something else can bring it on.</param>
    public void Enter(ContainerStage stage, DateTimeOffset now, TimeSpan? lasts)
    {
        (Stage, Since, Due) = (stage, now, now + lasts);
        IsReady = false;
    }

    /// <summary>Takes up a container that was there before the process was started anew: what ran runs, all else begins again.</summary>
    public void Resume(JsonMap status)
    {
        Restarts = (int)(status.Long("restartCount") ?? 0);
        LastEnding = status.At("lastState", "terminated") as JsonMap;
        if (status.Text("containerID") is { Length: > 0 } && ImageName.Parse(status.Text("image") ?? "").Full != ImageName.Full)
        {
            Restarts++; // Its image was changed: it is started anew with the other one.
            return;
        }
        if (KubernetesTime.Parse(status.Text("state", "running", "startedAt")) is { } startedAt)
        {
            (Stage, Since, Due) = (ContainerStage.Running, startedAt, startedAt);
            (IsReady, Id) = (status.Flag("ready"), status.Text("containerID") ?? "");
        }
        else if (status.At("state", "terminated") is JsonMap ending && IsInit)
        {
            (Stage, Ending) = (ContainerStage.Ended, ending);
        }
    }
}
