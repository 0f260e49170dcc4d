using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Stacks;
using FogInfra.Stacks;
using Pulumi.Automation;
using Pulumi.Automation.Events;

namespace FogInfra.Rollout.Clusters;

/// <summary>What an operation on the clusters of a layer did.</summary>
/// <param name="Changes">What happened to clusters, by name: <c>create</c>, <c>update</c>, <c>replace</c> or <c>delete</c>.</param>
/// <param name="Failures">Why it failed; empty when it did not.</param>
internal sealed record LayerResult(ImmutableSortedDictionary<string, string> Changes, ImmutableArray<string> Failures);

/// <summary>The stacks that hold the clusters of a project: one for each layer, all of one Pulumi project.</summary>
internal sealed class ClusterStacks(ProjectLayout project, Engine engine)
{
    private const string ClusterType = "fog:index:Cluster";

    private readonly ProjectSalt _salt = new(project, engine);

    private string Folder => Path.Combine(project.RunnerFolder, "cluster-stacks");

    /// <summary>Whether a layer has a stack.</summary>
    public bool Has(Layer layer) => File.Exists(Path.Combine(FolderOf(layer), ClusterProjectFile.FileName));

    /// <summary>How a layer's clusters stood after the last good update of its stack; null when none is known, or another was begun since.</summary>
    public string? Remembered(Layer layer) => File.Exists(SettledFile(layer)) ? File.ReadAllText(SettledFile(layer)) : null;

    /// <summary>An update of a layer's stack has ended well.</summary>
    public void Remember(Layer layer, string fingerprint)
    {
        var temporary = $"{SettledFile(layer)}.new";
        File.WriteAllText(temporary, fingerprint);
        File.Move(temporary, SettledFile(layer), overwrite: true);
    }

    /// <summary>Something is about to be done with a layer's stack.</summary>
    public void Forget(Layer layer)
    {
        if (Directory.Exists(FolderOf(layer)))
        {
            File.Delete(SettledFile(layer));
        }
    }

    /// <summary>Brings the clusters of a layer about: looks how they stand, then makes, mends and removes.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="images">The images of a cluster.</param>
    /// <param name="only">The clusters that it is about; null for all of the layer.</param>
    /// <param name="activity">Told what is done.</param>
    /// <param name="cancellationToken">Ends it when running operations are done.</param>
    public Task<LayerResult> UpAsync(
        Fleet fleet, Layer layer, Func<Cluster, IEnumerable<string>> images, IReadOnlyList<string>? only, IProgress<string> activity, CancellationToken cancellationToken) =>
        RunAsync(layer, Program(fleet, layer, images), activity, cancellationToken, async (stack, events) =>
        {
            if (only is null)
            {
                await stack.UpAsync(new UpOptions { Refresh = true, OnEvent = events.Take }, cancellationToken).ConfigureAwait(false);
                return;
            }

            // A refresh refuses targets that the state does not have, and an update those that are neither there nor in the program.
            var targets = TargetsOf(fleet, layer, images, only);
            var existing = await ExistingAsync(stack, targets, cancellationToken).ConfigureAwait(false);
            if (existing.Count > 0)
            {
                await stack.RefreshAsync(new RefreshOptions { OnEvent = events.Take, Target = existing }, cancellationToken).ConfigureAwait(false);
            }

            await stack.UpAsync(new UpOptions { OnEvent = events.Take, Target = targets }, cancellationToken).ConfigureAwait(false);
        });

    /// <summary>Removes the clusters of a layer, and with all of them the stack.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="only">The clusters to remove; null for all.</param>
    /// <param name="activity">Told what is done.</param>
    /// <param name="cancellationToken">Ends it when running operations are done.</param>
    public async Task<LayerResult> DestroyAsync(Layer layer, IReadOnlyList<string>? only, IProgress<string> activity, CancellationToken cancellationToken)
    {
        if (!Has(layer))
        {
            return new LayerResult(ImmutableSortedDictionary<string, string>.Empty, []);
        }

        var nothing = PulumiFn.Create(() => { });
        var result = await RunAsync(layer, nothing, activity, cancellationToken, async (stack, events) =>
        {
            var targets = only is null ? null : await ExistingAsync(stack, only.Select(cluster => Urn(layer, ClusterType, cluster)), cancellationToken).ConfigureAwait(false);
            if (targets is not { Count: 0 })
            {
                await stack.DestroyAsync(
                    new DestroyOptions { OnEvent = events.Take, Target = targets, TargetDependents = targets is not null }, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        if (only is null && result.Failures.IsEmpty)
        {
            using var workspace = await OpenAsync(layer, nothing, cancellationToken).ConfigureAwait(false);
            await workspace.RemoveStackAsync(layer.Name(), cancellationToken).ConfigureAwait(false);
            Directory.Delete(FolderOf(layer), recursive: true);
        }

        return result;
    }

    private PulumiFn Program(Fleet fleet, Layer layer, Func<Cluster, IEnumerable<string>> images) => PulumiFn.Create(() =>
    {
        LayerClusters.Declare(fleet, fleet.Clusters.Where(cluster => cluster.Layer == layer), project, images);
    });

    private async Task<LayerResult> RunAsync(
        Layer layer, PulumiFn program, IProgress<string> activity, CancellationToken cancellationToken, Func<WorkspaceStack, ClusterEvents, Task> operation)
    {
        var events = new ClusterEvents(ClusterType, activity);
        using var workspace = await OpenAsync(layer, program, cancellationToken).ConfigureAwait(false);
        using var stack = await SelectAsync(workspace, layer, cancellationToken).ConfigureAwait(false);
        try
        {
            try
            {
                await operation(stack, events).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception.Message.Contains("currently locked", StringComparison.Ordinal))
            {
                // Whoever is here holds the lock of the project's clusters, so that this one is left by a process that was killed.
                await stack.CancelAsync(cancellationToken).ConfigureAwait(false);
                await operation(stack, events).ConfigureAwait(false);
            }

            return new LayerResult(events.Changes, []);
        }
#pragma warning disable CA1031 // An inline program's exception comes back as it is, and that can be any; all of them mean that the operation failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new LayerResult(events.Changes, events.FailuresOr(exception));
        }
    }

    private async Task<LocalWorkspace> OpenAsync(Layer layer, PulumiFn program, CancellationToken cancellationToken)
    {
        var folder = FolderOf(layer);
        ClusterProjectFile.WriteTo(folder);
        return await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions
            {
                WorkDir = folder,
                PulumiCommand = engine.Command,
                EnvironmentVariables = engine.Environment.ToDictionary(),
                Program = program,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<WorkspaceStack> SelectAsync(LocalWorkspace workspace, Layer layer, CancellationToken cancellationToken)
    {
        var stacks = await workspace.ListStacksAsync(cancellationToken).ConfigureAwait(false);
        return stacks.Any(summary => summary.Name == layer.Name())
            ? await WorkspaceStack.SelectAsync(layer.Name(), workspace, cancellationToken).ConfigureAwait(false)
            : await _salt.CreateStackAsync(layer.Name(), workspace, cancellationToken).ConfigureAwait(false);
    }

    private static List<string> TargetsOf(Fleet fleet, Layer layer, Func<Cluster, IEnumerable<string>> images, IReadOnlyList<string> only) =>
    [
        Urn(layer, "pulumi:providers:fog", LayerClusters.ProviderName),
        .. only.Select(cluster => Urn(layer, ClusterType, cluster)),
        .. fleet.Clusters.Where(cluster => only.Contains(cluster.Name) && LayerClusters.HasImages(cluster, images(cluster)))
            .Select(cluster => Urn(layer, "fog:index:ClusterImages", LayerClusters.ImagesName(cluster.Name))),
    ];

    // Those of some resources that a stack's state has.
    private static async Task<List<string>> ExistingAsync(WorkspaceStack stack, IEnumerable<string> urns, CancellationToken cancellationToken)
    {
        var exported = await stack.ExportStackAsync(cancellationToken).ConfigureAwait(false);
        var known = exported.Json.GetProperty("deployment").TryGetProperty("resources", out var resources)
            ? resources.EnumerateArray().Select(resource => resource.GetProperty("urn").GetString()).ToHashSet()
            : [];
        return [.. urns.Where(known.Contains)];
    }

    private static string Urn(Layer layer, string type, string name) => $"urn:pulumi:{layer.Name()}::{ClusterProjectFile.ProjectName}::{type}::{name}";

    private string SettledFile(Layer layer) => Path.Combine(FolderOf(layer), "settled");

    private string FolderOf(Layer layer) => Path.Combine(Folder, layer.Name());
}
