using System.Collections.Concurrent;
using System.Collections.Immutable;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;
using FogInfra.Model;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;
using FogInfra.Rollout.Stacks;
using Pulumi.Automation;
using ClusterSpec = FogInfra.Embedded.Simulator.Clusters.ClusterSpec;

namespace FogInfra.Tests.Preview;

/// <summary>
/// A project whose clusters are simulated in this process: real engine, real provider, real HTTP. It is updated without the runner, stack
/// by stack, so that a test can say what each stack has before a change.
/// </summary>
internal sealed class RealFleet : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private readonly SimulatorServer _simulator;
    private readonly StackWorkspaces _workspaces;
    private readonly ConcurrentDictionary<StackId, ClusterWorkload> _deployed = new();

    private RealFleet(SimulatorServer simulator, ProjectLayout project)
    {
        _simulator = simulator;
        Project = project;
        Engine = EngineSelector.Select(
            EngineSelector.Embedded, project, new Dictionary<string, string> { ["PULUMI_CONFIG_PASSPHRASE"] = "test" }, TimeProvider.System).Engine!;
        _workspaces = new StackWorkspaces(project, Engine);
    }

    public ProjectLayout Project { get; }

    public Engine Engine { get; }

    public static async Task<RealFleet> StartAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        var project = new ProjectLayout(Directory.CreateTempSubdirectory("fog-preview-test-").FullName);
        var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Random = new Random(1) }, cancellationToken);
        foreach (var cluster in fleet.Clusters)
        {
            await simulator.CreateClusterAsync(
                new ClusterSpec
                {
                    Name = cluster.Name,
                    Nodes = [new NodeSpec { Name = $"{cluster.Name}-node-1", Cpu = "64", Memory = "256Gi" }],
                    Timings = new ClusterTimings { ImagePull = Soon, ContainerStart = Soon, Readiness = Soon, ContainerStop = Soon },
                },
                cancellationToken);
            var file = project.KubeconfigFile(cluster);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, simulator.KubeconfigOf(cluster.Name), cancellationToken);
        }

        var real = new RealFleet(simulator, project);
        return real;
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(Project.Root, recursive: true);
    }

    /// <summary>The plan from what each stack has now to what a fleet wants.</summary>
    public RolloutPlan Plan(Fleet fleet) => Planner.Plan(fleet, fleet.Applications, _deployed);

    /// <summary>Previews a plan through the product's own previewer.</summary>
    public async Task<ImmutableArray<StackFindings>> PreviewAsync(
        RolloutPlan plan, CancellationToken cancellationToken, Func<StackId, PulumiFn>? programOf = null)
    {
        var tasks = PreviewTask.Of(plan, all: false);
        var states = await StackState.ReadAllAsync(_workspaces, Engine, tasks.Select(task => task.Stack), cancellationToken);
        using var scratch = await ScratchStacks.CreateAsync(Engine, cancellationToken);
        return await new FleetPreviewer(scratch, Project, states, parallel: 4, programOf).RunAsync(tasks, new Progress<StackFindings>(), cancellationToken);
    }

    /// <summary>Brings the stacks of a plan about, wave by wave, and gives back what the engine did to each.</summary>
    public async Task<IReadOnlyDictionary<StackId, StepEvents>> UpAsync(RolloutPlan plan, CancellationToken cancellationToken)
    {
        var done = new Dictionary<StackId, StepEvents>();
        foreach (var wave in plan.Rings.SelectMany(ring => ring.Waves))
        {
            using var places = new SemaphoreSlim(4);
            foreach (var (stack, events) in await Task.WhenAll(wave.Steps.Where(step => step.Action != StepAction.Keep).Select(async step =>
            {
                await places.WaitAsync(cancellationToken);
                try
                {
                    return (step.Stack, await UpAsync(step, cancellationToken));
                }
                finally
                {
                    places.Release();
                }
            })))
            {
                done[stack] = events;
            }
        }

        return done;
    }

    /// <summary>Brings a stack about with a program of its own.</summary>
    public async Task UpAsync(StackId id, PulumiFn program, CancellationToken cancellationToken)
    {
        using var workspace = await _workspaces.OpenAsync(id, cancellationToken);
        using var stack = await _workspaces.CreateStackAsync(id, workspace, cancellationToken);
        await stack.UpAsync(new UpOptions { Program = program }, cancellationToken);
    }

    private async Task<StepEvents> UpAsync(StackStep step, CancellationToken cancellationToken)
    {
        var events = new StepEvents();
        using var workspace = await _workspaces.OpenAsync(step.Stack, cancellationToken);
        if (step.Wanted is not { } workload)
        {
            using var leaving = await WorkspaceStack.SelectAsync(step.Stack.Cluster, workspace, cancellationToken);
            await leaving.DestroyAsync(new DestroyOptions { OnEvent = events.Take }, cancellationToken);
            await workspace.RemoveStackAsync(step.Stack.Cluster, cancellationToken);
            _workspaces.Remove(step.Stack);
            _deployed.TryRemove(step.Stack, out _);
            return events;
        }

        using var stack = step.Deployed is null
            ? await _workspaces.CreateStackAsync(step.Stack, workspace, cancellationToken)
            : await WorkspaceStack.SelectAsync(step.Stack.Cluster, workspace, cancellationToken);
        await stack.SetAllConfigAsync(StackConfig.Of(Project, step.Cluster, workload), cancellationToken);
        try
        {
            await stack.UpAsync(new UpOptions { OnEvent = events.Take }, cancellationToken);
            _deployed[step.Stack] = workload;
            return events;
        }
        catch (Exception exception) when (!events.Errors.IsEmpty)
        {
            throw new InvalidOperationException($"{step.Stack}: {string.Join('\n', events.Errors)}", exception);
        }
    }
}
