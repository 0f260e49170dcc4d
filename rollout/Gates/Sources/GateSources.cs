using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>Where the gates of a project look.</summary>
internal static class GateSources
{
    /// <summary>A source for each kind of gate that looks at the world.</summary>
    /// <param name="project">The project: kubeconfig files and commands are relative to it.</param>
    /// <param name="time">The clock.</param>
    public static ImmutableArray<IEvidenceSource> Of(ProjectLayout project, TimeProvider time)
    {
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = TimeSpan.FromSeconds(10) };
        return [new OutputEvidence(), new ReadyEvidence(project), new HttpEvidence(http), new MetricEvidence(http), new JobEvidence(project, time), new CommandEvidence(project.Root)];
    }

    /// <summary>Evidence about a stack.</summary>
    public static Evidence About(this EvidenceRequest request, GateSubject subject, Verdict verdict, string value, string source) => new()
    {
        Stack = subject.Step.Stack,
        Generation = subject.Generation,
        Verdict = verdict,
        Value = value,
        Source = source,
        ObservedAt = request.AskedAt,
    };

    /// <summary>Evidence about the ring as a whole.</summary>
    public static Evidence AboutRing(this EvidenceRequest request, Verdict verdict, string value, string source) =>
        new() { Verdict = verdict, Value = value, Source = source, ObservedAt = request.AskedAt };

    /// <summary>The clusters of the ring that were updated.</summary>
    public static ImmutableArray<string> Clusters(this EvidenceRequest request) =>
        [.. request.Subjects.Select(subject => subject.Step.Cluster.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Looks at every subject, some at a time.</summary>
    public static async Task<ImmutableArray<Evidence>> ForEachAsync(
        this EvidenceRequest request, Func<GateSubject, CancellationToken, Task<Evidence>> look, CancellationToken cancellationToken)
    {
        const int AtATime = 16;
        var found = new Evidence[request.Subjects.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(request.Subjects.Index(), options, async (subject, cancellation) =>
            found[subject.Index] = await look(subject.Item, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        return [.. found];
    }
}
