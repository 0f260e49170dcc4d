using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>Stacks that exist in memory only: what each brings to its cluster, what was done to them, and which fail.</summary>
internal sealed class FakeStacks : IStackDriver
{
    private readonly Lock _lock = new();
    private readonly List<string> _operations = [];
    private int _running;

    public Dictionary<StackId, ClusterWorkload> Deployed { get; init; } = [];

    /// <summary>Why bringing a workload about fails; null when it does not.</summary>
    public Func<ClusterWorkload, StackFailure?> Fails { get; set; } = _ => null;

    /// <summary>Clusters that cannot be reached.</summary>
    public HashSet<string> Unreachable { get; } = [];

    /// <summary>What an operation waits for before it does anything.</summary>
    public Func<StackId, Task> Delay { get; set; } = _ => Task.CompletedTask;

    /// <summary>The operations in the order in which they began: <c>up edge-1 web=1.0.0</c>, <c>destroy edge-1</c>.</summary>
    public IReadOnlyList<string> Operations => _operations;

    public int MostAtOnce { get; private set; }

    public Task<ClusterWorkload?> ReadAsync(StackId stack, CancellationToken cancellationToken) =>
        Task.FromResult(Deployed.GetValueOrDefault(stack));

    public Task<StackResult> UpAsync(
        StackId stack, Cluster cluster, ClusterWorkload workload, IProgress<string> activity, CancellationToken cancellationToken) =>
        OperateAsync($"up {stack.Cluster} {string.Join(",", workload.Versions().Select(version => $"{version.Key}={version.Value}"))}", stack, cancellationToken, () =>
        {
            activity.Report("applying");
            if (Unreachable.Contains(stack.Cluster))
            {
                return new StackResult { Changes = Count("update", 0), Failures = [new StackFailure(null, "no route to host")], Kind = FailureKind.Transport };
            }

            if (Fails(workload) is { } failure)
            {
                return new StackResult { Changes = Count("update", 1), Failures = [failure] };
            }

            var same = Deployed.TryGetValue(stack, out var before) && WorkloadJson.Write(before) == WorkloadJson.Write(workload);
            Deployed[stack] = workload;
            return new StackResult { Changes = same ? Count("same", 3) : Count("update", 3), Outputs = OutputsOf(workload) };
        });

    public Task<ImmutableArray<StackFailure>> PreStageAsync(
        StackId stack, Cluster cluster, ClusterWorkload workload, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _operations.Add($"stage {stack.Cluster}");
        }

        return Task.FromResult(ImmutableArray<StackFailure>.Empty);
    }

    public Task<StackResult> DestroyAsync(StackId stack, IProgress<string> activity, CancellationToken cancellationToken) =>
        OperateAsync($"destroy {stack.Cluster}", stack, cancellationToken, () =>
        {
            Deployed.Remove(stack);
            return new StackResult { Changes = Count("delete", 3) };
        });

    private async Task<StackResult> OperateAsync(string operation, StackId stack, CancellationToken cancellationToken, Func<StackResult> action)
    {
        lock (_lock)
        {
            _operations.Add(operation);
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        }

        try
        {
            await Delay(stack);
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lock)
            {
                return action();
            }
        }
        finally
        {
            lock (_lock)
            {
                _running--;
            }
        }
    }

    private static JsonObject OutputsOf(ClusterWorkload workload) => new()
    {
        ["healthy"] = true,
        ["services"] = new JsonObject(workload.Services.Select(service => KeyValuePair.Create(service.Name, (JsonNode?)new JsonObject
        {
            ["version"] = service.Version,
            ["replicas"] = service.Replicas,
            ["readyReplicas"] = service.Replicas,
        }))),
    };

    private static ImmutableSortedDictionary<string, int> Count(string operation, int count) =>
        ImmutableSortedDictionary<string, int>.Empty.Add(operation, count);
}
