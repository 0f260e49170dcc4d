using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests.Killing;

/// <summary>
/// Clusters that are files, so that they outlive whoever updates them: a line for each version that a cluster was really changed to, and
/// beside it a line for each time that it was asked for one. While a file says so, those at the edge do not come to an end.
/// </summary>
internal sealed class CountingClusters(string folder, TimeSpan delay) : IStackDriver
{
    private const string HeldFile = "held";

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(folder, "clusters")).FullName;

    /// <summary>Lets updates at the edge wait, in whichever process they run, or go on.</summary>
    public void HoldEdge(bool held)
    {
        File.Delete(PathOf(HeldFile));
        if (held)
        {
            File.WriteAllText(PathOf(HeldFile), "");
        }
    }

    /// <summary>The versions that a cluster was changed to, in their order.</summary>
    public IReadOnlyList<string> ChangesOf(string cluster) => Lines($"{cluster}.changes");

    /// <summary>How often a cluster was asked for a version.</summary>
    public int AskedOf(string cluster) => Lines($"{cluster}.asked").Length;

    public Task<ClusterWorkload?> ReadAsync(StackId stack, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<StackResult> UpAsync(
        StackId stack, Cluster cluster, ClusterWorkload workload, IProgress<string> activity, CancellationToken cancellationToken)
    {
        var version = workload.Versions()["web"];
        File.AppendAllText(PathOf($"{stack.Cluster}.asked"), $"{version}\n");
        await Task.Delay(delay, cancellationToken);
        while (cluster.Layer == Layer.Edge && File.Exists(PathOf(HeldFile)))
        {
            await Task.Delay(10, cancellationToken);
        }

        var changes = ChangesOf(stack.Cluster) is [.., var last] && last == version ? 0 : 1;
        if (changes > 0)
        {
            File.AppendAllText(PathOf($"{stack.Cluster}.changes"), $"{version}\n");
        }

        return new StackResult
        {
            Changes = ImmutableSortedDictionary<string, int>.Empty.Add(changes > 0 ? "update" : "same", 1),
            Outputs = new JsonObject { ["healthy"] = true },
        };
    }

    public Task<ImmutableArray<StackFailure>> PreStageAsync(StackId stack, Cluster cluster, ClusterWorkload workload, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StackResult> DestroyAsync(StackId stack, IProgress<string> activity, CancellationToken cancellationToken) => throw new NotSupportedException();

    private string[] Lines(string file) => File.Exists(PathOf(file)) ? File.ReadAllLines(PathOf(file)) : [];

    private string PathOf(string file) => Path.Combine(_folder, file);
}
