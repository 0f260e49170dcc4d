using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>
/// Evidence from the workloads in each cluster, as they are now. A status that does not yet speak of the specification that is there
/// (its observedGeneration lags behind) says nothing.
/// </summary>
internal sealed class ReadyEvidence(ProjectLayout project) : IEvidenceSource
{
    private static readonly string[] Kinds = ["deployments", "statefulsets", "daemonsets"];

    /// <inheritdoc/>
    public bool Handles(Gate gate) => gate is Gate.Ready;

    /// <inheritdoc/>
    public Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken) =>
        request.ForEachAsync((subject, cancellation) => LookAsync(request, subject, cancellation), cancellationToken);

    private async Task<Evidence> LookAsync(EvidenceRequest request, GateSubject subject, CancellationToken cancellationToken)
    {
        var source = $"workloads of {subject.Step.Cluster.Name}";
        try
        {
            using var cluster = KubernetesConnection.Open(project, subject.Step.Cluster);
            var (wanted, states) = (subject.Step.Wanted!, new List<WorkloadState>());
            var names = wanted.Services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var kind in Kinds)
            {
                using var list = await cluster.GetAsync($"/apis/apps/v1/namespaces/{wanted.Namespace}/{kind}", cancellationToken).ConfigureAwait(false);
                states.AddRange(list.RootElement.GetProperty("items").EnumerateArray()
                    .Select(item => (Name: item.GetProperty("metadata").GetProperty("name").GetString()!, Item: item))
                    .Where(each => wanted.Program is not null || names.Contains(each.Name))
                    .Select(each => WorkloadState.Of(each.Name, each.Item)));
            }

            var missing = wanted.Program is null ? wanted.Services.Select(service => service.Name).Except(states.Select(state => state.Name)).ToList() : [];
            var verdict = missing.Count > 0 || states.Exists(state => state.Verdict == Verdict.Failed) ? Verdict.Failed
                : states.Exists(state => state.Verdict == Verdict.Inconclusive) || states.Count == 0 ? Verdict.Inconclusive
                : Verdict.Passed;
            var told = states.Where(state => state.Verdict == verdict).Select(state => state.Text).Concat(missing.Select(name => $"{name} is not there"));
            return request.About(subject, verdict, states.Count + missing.Count == 0 ? "there is no workload" : string.Join(", ", told), source);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidDataException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return request.About(subject, Verdict.Inconclusive, $"no answer: {exception.Message}", source);
        }
    }

    private sealed record WorkloadState(string Name, Verdict Verdict, string Text)
    {
        public static WorkloadState Of(string name, JsonElement item)
        {
            var (metadata, status) = (item.GetProperty("metadata"), item.GetProperty("status"));
            var daemons = status.TryGetProperty("desiredNumberScheduled", out var desired);
            var wanted = daemons ? desired.GetInt32() : item.GetProperty("spec").TryGetProperty("replicas", out var replicas) ? replicas.GetInt32() : 1;
            var ready = Number(status, daemons ? "numberReady" : "readyReplicas");
            var updated = Number(status, daemons ? "updatedNumberScheduled" : "updatedReplicas");
            var (generation, observed) = (Number(metadata, "generation"), Number(status, "observedGeneration"));
            return observed < generation
                ? new(name, Verdict.Inconclusive, $"{name}: its status is of generation {observed}, not {generation}")
                : new(name, ready >= wanted && updated >= wanted ? Verdict.Passed : Verdict.Failed, $"{name} {ready}/{wanted} ready, {updated} updated, generation {generation}");
        }

        private static long Number(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
    }
}
