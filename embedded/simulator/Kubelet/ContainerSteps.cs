using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>Takes containers from one stage to the next, and tells of it in Events, in the order and the words of the kubelet and containerd.</summary>
internal sealed class ContainerSteps(ImageCatalogue images, NodeImages nodeImages, PodReferences references, EventRecorder events, ClusterTimings timings, NameSuffixes suffixes)
{
    private static readonly TimeSpan RefusalRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10); // A container that ran for that long has not crashed at its start.

    /// <summary>Takes the steps that are due.</summary>
    public void Advance(JsonMap pod, ContainerRun run, DateTimeOffset now)
    {
        while (run.Stage == ContainerStage.Waiting || run.Due <= now)
        {
            switch (run.Stage)
            {
                case ContainerStage.Waiting or ContainerStage.PullBackOff or ContainerStage.Refused:
                    PreparePull(pod, run, now);
                    break;
                case ContainerStage.Pulling:
                    FinishPull(pod, run, now);
                    break;
                case ContainerStage.PullFailed:
                    BackOffPull(pod, run, now);
                    break;
                case ContainerStage.CrashBackOff:
                    Restart(run, now);
                    break;
                case ContainerStage.Starting:
                    Start(pod, run, now);
                    break;
                case ContainerStage.Running:
                    Run(pod, run, now);
                    break;
                default:
                    run.Due = null;
                    break;
            }
        }
    }

    private static string Field(ContainerRun run) => $"spec.{(run.IsInit ? "initContainers" : "containers")}{{{run.Name}}}";

    private static string Node(JsonMap pod) => pod.Text("spec", "nodeName") ?? "";

    private void PreparePull(JsonMap pod, ContainerRun run, DateTimeOffset now)
    {
        var policy = run.Spec.Text("imagePullPolicy") ?? "IfNotPresent";
        if (!ImageName.IsValid(run.Image))
        {
            var message = $"Failed to apply default image tag \"{run.Image}\": couldn't parse image name \"{run.Image}\": invalid reference format";
            events.Warning(pod, "InspectFailed", message, Field(run), Node(pod));
            Refuse(pod, run, now, "InvalidImageName", message);
        }
        else if (policy != "Always" && nodeImages.Has(Node(pod), run.ImageName))
        {
            events.Normal(pod, "Pulled", $"Container image \"{run.Image}\" already present on machine", Field(run), Node(pod));
            run.Enter(ContainerStage.Starting, now, timings.ContainerStart);
        }
        else if (policy == "Never")
        {
            var message = $"Container image \"{run.Image}\" is not present with pull policy of Never";
            events.Warning(pod, "ErrImageNeverPull", message, Field(run), Node(pod));
            Refuse(pod, run, now, "ErrImageNeverPull", message);
        }
        else
        {
            events.Normal(pod, "Pulling", $"Pulling image \"{run.Image}\"", Field(run), Node(pod));
            run.Enter(ContainerStage.Pulling, now, run.Behaviour.Pull ?? timings.ImagePull);
        }
    }

    private void FinishPull(JsonMap pod, ContainerRun run, DateTimeOffset now)
    {
        var image = run.ImageName;
        if (images.Contains(image))
        {
            var took = $"{(now - run.Since).TotalMilliseconds:0}ms";
            events.Normal(pod, "Pulled", $"Successfully pulled image \"{run.Image}\" in {took} ({took} including waiting). Image size: {ContainerStatus.ImageSize(image)} bytes.", Field(run), Node(pod));
            nodeImages.Add(Node(pod), image);
            run.PullFailures = 0;
            run.Enter(ContainerStage.Starting, now, timings.ContainerStart);
            return;
        }
        run.PullFailures++;
        run.Message = $"rpc error: code = NotFound desc = failed to pull and unpack image \"{image.Full}\": failed to resolve reference \"{image.Full}\": {image.Full}: not found";
        events.Warning(pod, "Failed", $"Failed to pull image \"{run.Image}\": {run.Message}", Field(run), Node(pod));
        events.Warning(pod, "Failed", "Error: ErrImagePull", Field(run), Node(pod));
        run.Enter(ContainerStage.PullFailed, now, timings.ErrorShown);
    }

    private void BackOffPull(JsonMap pod, ContainerRun run, DateTimeOffset now)
    {
        events.Normal(pod, "BackOff", $"Back-off pulling image \"{run.Image}\"", Field(run), Node(pod));
        events.Warning(pod, "Failed", "Error: ImagePullBackOff", Field(run), Node(pod));
        run.Message = $"Back-off pulling image \"{run.Image}\": ErrImagePull: {run.Message}";
        var left = run.Since + BackOff(run.PullFailures) - now;
        run.Enter(ContainerStage.PullBackOff, now, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private void Start(JsonMap pod, ContainerRun run, DateTimeOffset now)
    {
        if (references.MissingInEnvironment(pod, run.Spec) is { } missing)
        {
            events.Warning(pod, "Failed", "Error: " + missing, Field(run), Node(pod));
            Refuse(pod, run, now, "CreateContainerConfigError", missing, isTold: true);
            return;
        }
        if (run.Ending is not null) (run.LastEnding, run.Ending, run.Restarts) = (run.Ending, null, run.Restarts + 1);
        run.Id = "containerd://" + suffixes.NextUid().Replace("-", "", StringComparison.Ordinal) + suffixes.NextUid().Replace("-", "", StringComparison.Ordinal);
        events.Normal(pod, "Created", $"Created container: {run.Name}", Field(run), Node(pod));
        events.Normal(pod, "Started", $"Started container {run.Name}", Field(run), Node(pod));
        run.Enter(ContainerStage.Running, now, TimeSpan.Zero);
    }

    private void Run(JsonMap pod, ContainerRun run, DateTimeOffset now)
    {
        var readyAt = run.Behaviour.NeverReady ? (DateTimeOffset?)null : run.Since + ReadyAfter(run);
        var endsAt = run.Since + EndsAfter(pod, run);
        if (endsAt <= now)
        {
            End(pod, run, now);
            return;
        }
        if (readyAt <= now) (run.IsReady, readyAt) = (true, null);
        else if (run.Spec.ContainsKey("readinessProbe") && now - run.Since >= InitialDelay(run, "readinessProbe") + timings.Readiness) TellUnready(pod, run);
        var probeAt = !run.IsReady && run.Spec.ContainsKey("readinessProbe") ? now + TimeSpan.FromSeconds(run.Spec.Long("readinessProbe", "periodSeconds") ?? 10) : (DateTimeOffset?)null;
        run.Due = new[] { readyAt, endsAt, probeAt }.Min();
    }

    private void End(JsonMap pod, ContainerRun run, DateTimeOffset now)
    {
        var policy = run.IsInit && pod.Text("spec", "restartPolicy") == "Always" ? "OnFailure" : pod.Text("spec", "restartPolicy") ?? "Always";
        var code = run.Behaviour.ExitCode ?? (policy == "Always" ? 1 : 0);
        var ran = now - run.Since;
        run.Ending = JsonMap.Of(
            ("exitCode", code), ("reason", code == 0 ? "Completed" : "Error"), ("startedAt", KubernetesTime.Format(run.Since)), ("finishedAt", KubernetesTime.Format(now)),
            ("containerID", run.Id));
        if (policy == "Never" || (policy == "OnFailure" && code == 0))
        {
            run.Enter(ContainerStage.Ended, now, null);
            return;
        }
        run.Crashes = ran > LongEnough ? 1 : run.Crashes + 1;
        if (run.Crashes == 1)
        {
            run.Enter(ContainerStage.Starting, now, timings.ContainerStart); // The first time it is started again at once.
            return;
        }
        var wait = BackOff(run.Crashes - 1);
        var name = $"{pod.Name}_{pod.Namespace}({pod.Uid})";
        run.Message = $"back-off {Text(wait)} restarting failed container={run.Name} pod={name}";
        events.Warning(pod, "BackOff", $"Back-off restarting failed container {run.Name} in pod {name}", Field(run), Node(pod));
        run.Enter(ContainerStage.CrashBackOff, now, wait);
    }

    private void Restart(ContainerRun run, DateTimeOffset now) => run.Enter(ContainerStage.Starting, now, timings.ContainerStart);

    private void Refuse(JsonMap pod, ContainerRun run, DateTimeOffset now, string reason, string message, bool isTold = false)
    {
        (run.Reason, run.Message) = (reason, message);
        if (!isTold) events.Warning(pod, "Failed", "Error: " + reason, Field(run), Node(pod));
        run.Enter(ContainerStage.Refused, now, RefusalRetry);
    }

    private void TellUnready(JsonMap pod, ContainerRun run)
    {
        var probe = run.Spec.Map("readinessProbe");
        var why = probe.ContainsKey("httpGet") ? "HTTP probe failed with statuscode: 503" : probe.ContainsKey("tcpSocket") ? "dial tcp: connect: connection refused" : "command exited with 1";
        events.Warning(pod, "Unhealthy", $"Readiness probe failed: {why}", Field(run), Node(pod));
    }

    // Without a probe the kubelet takes what runs for ready.
    private TimeSpan ReadyAfter(ContainerRun run)
    {
        var start = run.Behaviour.Start ?? TimeSpan.Zero;
        if (!run.Spec.ContainsKey("readinessProbe") && !run.Spec.ContainsKey("startupProbe")) return start;
        return Longer(start, Longer(InitialDelay(run, "readinessProbe"), InitialDelay(run, "startupProbe"))) + timings.Readiness;
    }

    private TimeSpan? EndsAfter(JsonMap pod, ContainerRun run)
    {
        var isMeantToEnd = run.IsInit || pod.Text("spec", "restartPolicy") is "Never" or "OnFailure";
        return run.Behaviour.ExitAfter ?? (isMeantToEnd ? timings.Completion : null);
    }

    private TimeSpan BackOff(int failures) => TimeSpan.FromTicks((long)Math.Min(timings.LongestBackOff.Ticks, timings.BackOff.Ticks * Math.Pow(2, failures - 1)));

    private static TimeSpan InitialDelay(ContainerRun run, string probe) => TimeSpan.FromSeconds(run.Spec.Long(probe, "initialDelaySeconds") ?? 0);

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static string Text(TimeSpan wait) => wait.TotalMinutes >= 1 ? $"{(int)wait.TotalMinutes}m{wait.Seconds}s" : $"{wait.TotalSeconds:0}s";
}
