using System.Security.Cryptography;
using System.Text;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>What a pod's status says about a container.</summary>
internal static class ContainerStatus
{
    /// <summary>The status of a container.</summary>
    /// <param name="run">The container.</param>
    /// <param name="hasInitContainers">Whether the pod has init containers, which come first.</param>
    public static JsonMap Of(ContainerRun run, bool hasInitContainers)
    {
        var image = run.ImageName;
        return JsonMap.Of(
            ("name", run.Name),
            ("state", State(run, hasInitContainers)),
            ("lastState", LastState(run)),
            ("ready", run.IsInit ? run.HasSucceeded : run.IsReady),
            ("restartCount", run.Restarts),
            ("image", run.Id.Length == 0 ? run.Image : image.Full),
            ("imageID", run.Id.Length == 0 ? "" : ImageId(image)),
            ("containerID", run.Id.Length == 0 ? null : run.Id),
            ("started", run.Stage == ContainerStage.Running && (run.IsReady || !run.Spec.ContainsKey("startupProbe"))));
    }

    /// <summary>The id of an image: that of its content.</summary>
    public static string ImageId(ImageName image) => $"{image.Full.Split('@')[0].Split(':' + image.Tag)[0]}@{image.Digest ?? "sha256:" + Hash(image.Full)}";

    /// <summary>The size of an image in bytes: made up, but always the same.</summary>
    public static long ImageSize(ImageName image) => 20_000_000 + (Convert.ToInt64(Hash(image.Full)[..6], 16) * 10);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static JsonMap State(ContainerRun run, bool hasInitContainers) => run.Stage switch
    {
        ContainerStage.Running => JsonMap.Of(("running", JsonMap.Of(("startedAt", KubernetesTime.Format(run.Since))))),
        ContainerStage.Ended => JsonMap.Of(("terminated", run.Ending)),
        ContainerStage.Starting when run.Ending is not null => JsonMap.Of(("terminated", run.Ending)),
        ContainerStage.CrashBackOff => Waiting("CrashLoopBackOff", run.Message),
        ContainerStage.PullFailed => Waiting("ErrImagePull", run.Message),
        ContainerStage.PullBackOff => Waiting("ImagePullBackOff", run.Message),
        ContainerStage.Refused => Waiting(run.Reason, run.Message),
        _ => Waiting(hasInitContainers ? "PodInitializing" : "ContainerCreating", null),
    };

    private static JsonMap LastState(ContainerRun run)
    {
        var last = run.Stage == ContainerStage.CrashBackOff ? run.Ending : run.LastEnding;
        return last is null ? JsonMap.Empty : JsonMap.Of(("terminated", last));
    }

    private static JsonMap Waiting(string reason, string? message) => JsonMap.Of(("waiting", JsonMap.Of(("reason", reason), ("message", message))));
}
