using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>
/// Evidence from a Job in each cluster. Its name follows from the update that it is about, so that a runner that takes over finds the Job
/// of the one before it; it is removed when it has ended.
/// </summary>
internal sealed class JobEvidence(ProjectLayout project, TimeProvider time) : IEvidenceSource
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private const int SecondsKept = 600;

    /// <inheritdoc/>
    public bool Handles(Gate gate) => gate is Gate.ClusterJob;

    /// <inheritdoc/>
    public Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken) =>
        request.ForEachAsync((subject, cancellation) => RunAsync(request, subject, cancellation), cancellationToken);

    private async Task<Evidence> RunAsync(EvidenceRequest request, GateSubject subject, CancellationToken cancellationToken)
    {
        var gate = (Gate.ClusterJob)request.Gate;
        var (name, @namespace) = (NameOf(request, subject), gate.Namespace ?? subject.Step.Wanted?.Namespace ?? "default");
        var source = $"job {@namespace}/{name} of {subject.Step.Cluster.Name}";
        var jobs = $"/apis/batch/v1/namespaces/{@namespace}/jobs";
        var since = time.GetTimestamp();
        try
        {
            using var cluster = KubernetesConnection.Open(project, subject.Step.Cluster);
            await cluster.PostAsync(jobs, Manifest(gate, name), ignore: HttpStatusCode.Conflict, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                using var job = await cluster.GetAsync($"{jobs}/{name}", cancellationToken).ConfigureAwait(false);
                var (ended, verdict, value) = StateOf(job.RootElement);
                if (ended || time.GetElapsedTime(since) > gate.TimeLimit)
                {
                    await cluster.DeleteAsync($"{jobs}/{name}?propagationPolicy=Background", cancellationToken).ConfigureAwait(false);
                    return ended
                        ? request.About(subject, verdict, value, source) with { ObservedAt = request.AskedAt + time.GetElapsedTime(since) }
                        : request.About(subject, Verdict.Failed, $"it has not completed within {gate.TimeLimit:c}", source);
                }

                await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidDataException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return request.About(subject, Verdict.Inconclusive, $"no answer: {exception.Message}", source);
        }
    }

    private static (bool Ended, Verdict Verdict, string Value) StateOf(JsonElement job)
    {
        if (job.TryGetProperty("status", out var status) && status.TryGetProperty("conditions", out var conditions))
        {
            foreach (var condition in conditions.EnumerateArray().Where(each => each.GetProperty("status").GetString() == "True"))
            {
                switch (condition.GetProperty("type").GetString())
                {
                    case "Complete":
                        return (true, Verdict.Passed, "it has completed");
                    case "Failed":
                        return (true, Verdict.Failed, $"it has failed: {(condition.TryGetProperty("message", out var message) ? message.GetString() : "no reason")}");
                }
            }
        }

        return (false, Verdict.Inconclusive, "it runs");
    }

    private static string NameOf(EvidenceRequest request, GateSubject subject)
    {
        var of = string.Create(CultureInfo.InvariantCulture, $"{request.Ring}\n{request.Gate.Name}\n{subject.Step.Stack}\n{subject.Generation}\n{request.Since:O}");
        return $"fog-gate-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)))[..12]}";
    }

    private static JsonObject Manifest(Gate.ClusterJob gate, string name)
    {
        var container = new JsonObject { ["name"] = "gate", ["image"] = gate.Image };
        if (!gate.Command.IsEmpty)
        {
            container["command"] = new JsonArray([.. gate.Command.Select(part => (JsonNode?)part)]);
        }

        return new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "foginfra" } },
            ["spec"] = new JsonObject
            {
                ["backoffLimit"] = 0,
                ["ttlSecondsAfterFinished"] = SecondsKept,
                ["activeDeadlineSeconds"] = (int)Math.Max(1, gate.TimeLimit.TotalSeconds),
                ["template"] = new JsonObject { ["spec"] = new JsonObject { ["restartPolicy"] = "Never", ["containers"] = new JsonArray(container) } },
            },
        };
    }
}
