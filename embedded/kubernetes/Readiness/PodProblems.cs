using System.Text.Json;
using System.Text.RegularExpressions;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Finds what keeps a pod from being ready. Pure.</summary>
internal static partial class PodProblems
{
    /// <summary>The problems of a workload's pods.</summary>
    /// <param name="pods">All pods of the workload.</param>
    /// <param name="counts">Which of them are to become ready; the others are on their way out.</param>
    /// <param name="options">What may be put up with.</param>
    public static IEnumerable<Problem> Of(IReadOnlyCollection<KubeObject> pods, Func<KubeObject, bool> counts, ReadinessOptions options)
    {
        // A pod that is ending may take its whole grace period, and only then is its place free for a new one.
        var roomIsMade = pods.Any(pod => pod.IsDeleting);
        return pods.Where(counts).SelectMany(pod => Of(pod, options))
            .Select(problem => roomIsMade && problem.Kind == ProblemKind.Unschedulable ? problem with { Tolerance = null } : problem);
    }

    /// <summary>The problems of a pod; none of one that is ready, has succeeded or is being deleted.</summary>
    public static IEnumerable<Problem> Of(KubeObject pod, ReadinessOptions options)
    {
        if (pod.IsDeleting || pod.Text("status", "phase") == "Succeeded" || pod.Condition("Ready")?.IsTrue == true)
        {
            return [];
        }

        if (pod.Condition("PodScheduled") is { IsFalse: true } scheduled)
        {
            return [Scheduling(pod, scheduled, options)];
        }

        var containers = pod.Items("status", "initContainerStatuses").Concat(pod.Items("status", "containerStatuses"))
            .Select(status => OfContainer(pod, status, options)).OfType<Problem>().ToList();
        if (containers.Count == 0 && pod.Text("status", "phase") == "Failed")
        {
            containers.Add(new Problem($"{pod.Uid}/phase", $"pod {pod.Name}", pod.Text("status", "reason") ?? "Failed", pod.Text("status", "message") ?? ""));
        }

        return containers;
    }

    private static Problem Scheduling(KubeObject pod, ObjectCondition scheduled, ReadinessOptions options) =>
        new($"{pod.Uid}/scheduling", $"pod {pod.Name}", scheduled.Reason == "" ? "Unschedulable" : scheduled.Reason, scheduled.Message)
        {
            Kind = ProblemKind.Unschedulable,
            Pod = pod,
            Tolerance = scheduled.Reason != "Unschedulable" ? null // Held back on purpose.
                : pod.Text("status", "nominatedNodeName") is { Length: > 0 } ? null // Others are made to leave a node for it.
                : WillChangeSoon().IsMatch(scheduled.Message) ? options.UnschedulableWhileStarting
                : options.Unschedulable,
        };

    private static Problem? OfContainer(KubeObject pod, JsonElement status, ReadinessOptions options)
    {
        var name = KubeObject.TextOf(status, "name") ?? "";
        var state = KubeObject.Child(status, "state");
        if (KubeObject.Child(state, "waiting") is { ValueKind: JsonValueKind.Object } waiting)
        {
            return OfWaiting(pod, name, status, waiting, options);
        }

        if (KubeObject.Child(state, "terminated") is { ValueKind: JsonValueKind.Object } terminated)
        {
            return KubeObject.NumberOf(terminated, "exitCode") is null or 0 ? null : Make(pod, name, "end", "Terminated", Ending(terminated));
        }

        return KubeObject.Child(status, "ready").ValueKind == JsonValueKind.False && KubeObject.Child(state, "running").ValueKind == JsonValueKind.Object
            ? Make(pod, name, "probe", "NotReady", "runs, but is not ready") with { Kind = ProblemKind.NotReady }
            : null;
    }

    private static Problem? OfWaiting(KubeObject pod, string name, JsonElement status, JsonElement waiting, ReadinessOptions options)
    {
        var reason = KubeObject.TextOf(waiting, "reason") ?? "";
        var message = KubeObject.TextOf(waiting, "message") ?? "";
        return reason switch
        {
            "" or "ContainerCreating" or "PodInitializing" => null,
            "InvalidImageName" or "ErrImageNeverPull" => Make(pod, name, "image", reason, message) with { Tolerance = TimeSpan.Zero },
            "ErrImagePull" or "ImagePullBackOff" or "ImageInspectError" or "RegistryUnavailable" =>
                Make(pod, name, "image", reason, message) with
                {
                    Kind = ProblemKind.Image,
                    Tolerance = IsRefusedImage(message) ? options.ImageRefused : options.ImageNotPulled,
                },
            "CrashLoopBackOff" => Make(pod, name, "crash", reason, Crash(status)) with
            {
                Kind = ProblemKind.CrashLoop,
                Tolerance = KubeObject.NumberOf(status, "restartCount") >= options.CrashLoopRestarts ? TimeSpan.Zero : null,
            },
            _ => Make(pod, name, "create", reason, message) with { Tolerance = options.ContainerNotCreated },
        };
    }

    /// <summary>Whether the registry's words mean that trying again will not help.</summary>
    public static bool IsRefusedImage(string message) => RefusedImage().IsMatch(message);

    private static string Crash(JsonElement status)
    {
        var last = KubeObject.Child(KubeObject.Child(status, "lastState"), "terminated");
        var ending = last.ValueKind == JsonValueKind.Object ? $"{Ending(last)}; " : "";
        return $"{ending}restarted {KubeObject.NumberOf(status, "restartCount") ?? 0} times";
    }

    private static string Ending(JsonElement terminated)
    {
        var code = $"exit code {KubeObject.NumberOf(terminated, "exitCode") ?? 0}";
        var reason = KubeObject.TextOf(terminated, "reason") is { Length: > 0 } word and not "Error" ? $" ({word})" : "";
        var message = KubeObject.TextOf(terminated, "message") is { Length: > 0 } text ? $": {text}" : "";
        return code + reason + message;
    }

    private static Problem Make(KubeObject pod, string container, string what, string reason, string message) =>
        new($"{pod.Uid}/{container}/{what}", $"pod {pod.Name}, container {container}", reason, message) { Pod = pod, Container = container };

    // Nodes that have just started or that do not answer, no nodes at all yet, and volumes in the making.
    [GeneratedRegex("not-ready|unreachable|uninitialized|no nodes available|^0/0 nodes|persistentvolume", RegexOptions.IgnoreCase)]
    private static partial Regex WillChangeSoon();

    [GeneratedRegex(
        "not found|manifest unknown|name unknown|does not exist|denied|unauthorized|invalid reference|no match for platform", RegexOptions.IgnoreCase)]
    private static partial Regex RefusedImage();
}
