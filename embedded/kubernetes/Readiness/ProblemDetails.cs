using System.Collections.Concurrent;
using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Digs for what statuses do not say: events of pods, and the last words of containers that crashed.</summary>
internal sealed class ProblemDetails(KubernetesClient client, ReadinessOptions options)
{
    // Autoscalers say by these events that they make room for a pod: Cluster Autoscaler, Karpenter.
    private static readonly ImmutableArray<string> RoomIsMade = ["TriggeredScaleUp", "Nominated"];

    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);

    /// <summary>The problem with what has been learnt of it.</summary>
    public Problem WithAnswers(Problem problem) => _answers.TryGetValue(problem.Key, out var answer)
        ? problem with
        {
            Message = answer,
            Tolerance = problem.Kind switch
            {
                ProblemKind.Volume => options.VolumeRefused,
                ProblemKind.Image when PodProblems.IsRefusedImage(answer) && problem.Tolerance > options.ImageRefused => options.ImageRefused,
                _ => problem.Tolerance,
            },
        }
        : problem;

    /// <summary>Asks what is behind a problem.</summary>
    /// <returns>Whether something is being done about it, so that waiting is right.</returns>
    public async Task<bool> AskAsync(Problem problem, CancellationToken cancellationToken)
    {
        var events = await EventsAsync(problem.Pod!, cancellationToken).ConfigureAwait(false);
        var cause = problem.Kind switch
        {
            ProblemKind.Image => events.LastOrDefault(item => PodProblems.IsRefusedImage(item.Text("message") ?? "")),
            ProblemKind.NotReady => events.LastOrDefault(item => item.Text("reason") == "Unhealthy"),
            ProblemKind.Volume => events.LastOrDefault(item => item.Text("reason") == "ProvisioningFailed"),
            _ => null,
        };
        if (cause?.Text("message") is { Length: > 0 } message)
        {
            _answers[problem.Key] = message;
        }

        return problem.Kind == ProblemKind.Unschedulable && events.Any(item => RoomIsMade.Contains(item.Text("reason") ?? ""));
    }

    /// <summary>Tells the problems, one line each, those that end a wait first, with what can be learnt of them.</summary>
    public async Task<ImmutableArray<string>> ExplainAsync(string message, ImmutableArray<Problem> problems, CancellationToken cancellationToken)
    {
        var told = problems.OrderBy(problem => problem.Tolerance ?? TimeSpan.MaxValue).Take(options.MostReasons).ToList();
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var problem in told)
        {
            lines.AddRange(await TellAsync(problem, cancellationToken).ConfigureAwait(false));
        }

        if (problems.Length > told.Count)
        {
            lines.Add($"and {problems.Length - told.Count} more like these");
        }

        return lines.Count == 0 ? [message] : lines.ToImmutable();
    }

    private async Task<IEnumerable<string>> TellAsync(Problem problem, CancellationToken cancellationToken)
    {
        switch (problem)
        {
            case { Kind: ProblemKind.CrashLoop, Pod: { } pod, Container: { } container }:
                var log = await LogAsync(pod, container, cancellationToken).ConfigureAwait(false);
                return [problem.Text, .. log.Select(line => $"{problem.Subject}, log: {line}")];
            case { Kind: ProblemKind.NotReady, Pod: { } pod }:
                var probe = await LastEventAsync(pod, "Unhealthy", cancellationToken).ConfigureAwait(false);
                return [(probe is null ? problem : problem with { Message = probe }).Text];
            default:
                return [problem.Text];
        }
    }

    private async Task<string?> LastEventAsync(KubeObject pod, string reason, CancellationToken cancellationToken) =>
        (await EventsAsync(pod, cancellationToken).ConfigureAwait(false)).LastOrDefault(item => item.Text("reason") == reason)?.Text("message");

    private async Task<ImmutableArray<KubeObject>> EventsAsync(KubeObject pod, CancellationToken cancellationToken)
    {
        try
        {
            var selection = new ObjectSelection { Fields = $"involvedObject.uid={pod.Uid}" };
            var events = await client.ListAsync(RelatedKinds.Event, pod.Namespace, selection, cancellationToken).ConfigureAwait(false);
            return [.. events.Items.OrderBy(item => item.Text("lastTimestamp") ?? item.Text("eventTime") ?? "", StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is ApiException or ClusterUnreachableException)
        {
            return []; // They only explain; what is to be told is known without them.
        }
    }

    private async Task<ImmutableArray<string>> LogAsync(KubeObject pod, string container, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ReadLogAsync(pod.Namespace!, pod.Name, container, previous: true, options.LogLines, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ApiException or ClusterUnreachableException)
        {
            return []; // A node that does not answer, or a log that is gone.
        }
    }
}
