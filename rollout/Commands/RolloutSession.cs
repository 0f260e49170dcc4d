using System.CommandLine;
using FogInfra.Model;
using FogInfra.Rollout.Clusters;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Stacks;

namespace FogInfra.Rollout.Commands;

/// <summary>An engine and the stacks of a project on it: what a command works with once its input is known to be right.</summary>
internal sealed class RolloutSession
{
    private readonly SettledStacks _settled;

    private RolloutSession(Engine engine, FleetClusters clusters, StackWorkspaces workspaces, SettledStacks settled, IClusterProbe probe, AutomationStackDriver driver)
    {
        Probe = probe;
        Engine = engine;
        Clusters = clusters;
        _settled = settled;
        Workspaces = workspaces;
        Driver = driver;
    }

    /// <summary>The engine that was chosen.</summary>
    public Engine Engine { get; }

    /// <summary>The clusters that the project makes.</summary>
    public FleetClusters Clusters { get; }

    /// <summary>The workspaces of the project's stacks.</summary>
    public StackWorkspaces Workspaces { get; }

    /// <summary>Looks whether clusters can be reached.</summary>
    public IClusterProbe Probe { get; }

    /// <summary>Brings stacks about.</summary>
    public IStackDriver Driver { get; }

    /// <summary>The option by which an engine is chosen.</summary>
    public static Option<string> EngineOption() => new Option<string>("--engine")
    {
        Description = "What runs the deployments: the Pulumi CLI (pulumi), the engine in this process (embedded), or whichever is there (auto).",
        DefaultValueFactory = _ => EngineSelector.Auto,
    }.AcceptOnlyFromAmong(EngineSelector.Auto, EngineSelector.Pulumi, EngineSelector.Embedded);

    /// <summary>Opens a session; null, with the reason written, when there is no such engine.</summary>
    public static RolloutSession? Open(string engineName, ProjectLayout project, CommandContext context)
    {
        var choice = EngineSelector.Select(engineName, project, context.Environment, context.Time);
        if (choice.Engine is not { } engine)
        {
            context.WriteError(choice.Problem);
            return null;
        }

        var workspaces = new StackWorkspaces(project, engine);
        var settled = new SettledStacks(project, workspaces);
        var probe = new ConnectionProbe(project, context.Time);
        return new RolloutSession(
            engine,
            new FleetClusters(project, engine, context.Time),
            workspaces,
            settled,
            probe,
            new AutomationStackDriver(workspaces, settled, project, probe, context.Time));
    }

    /// <summary>The option by which stacks are looked at that need not be.</summary>
    public static Option<bool> ForceOption() => new("--force") { Description = "Look also at stacks whose inputs are those of their last good update." };

    /// <summary>The plan from what is deployed to what is wanted.</summary>
    /// <param name="loaded">The fleet and what is wanted.</param>
    /// <param name="force">Whether stacks are looked at whose inputs have not changed since their last good update.</param>
    /// <param name="cancellationToken">Ends the reading of stacks.</param>
    public async Task<RolloutPlan> PlanAsync(LoadedFleet loaded, bool force, CancellationToken cancellationToken) =>
        Plan(loaded, await ReadDeployedAsync(loaded.Fleet, loaded.Applications, cancellationToken).ConfigureAwait(false), force);

    /// <summary>The plan from what is known to be deployed to what is wanted.</summary>
    /// <param name="loaded">The fleet and what is wanted.</param>
    /// <param name="deployed">What each stack brought to its cluster last.</param>
    /// <param name="force">Whether stacks are looked at whose inputs have not changed since their last good update.</param>
    public RolloutPlan Plan(LoadedFleet loaded, IReadOnlyDictionary<StackId, ClusterWorkload> deployed, bool force)
    {
        var plan = Planner.Plan(loaded.Fleet, loaded.Applications, deployed);
        var settled =
            from step in plan.Steps
            where !force && step.Action == StepAction.Keep && !Workspaces.MustRefresh(step.Stack) && _settled.IsSettled(step.Stack, step.Cluster, step.Wanted!)
            select step.Stack;
        return Planner.Plan(loaded.Fleet, loaded.Applications, deployed, new PlanOptions { Settled = settled.ToHashSet() });
    }

    /// <summary>What each stack of some applications brought to its cluster last.</summary>
    public async Task<IReadOnlyDictionary<StackId, ClusterWorkload>> ReadDeployedAsync(
        Fleet fleet, IEnumerable<Application> applications, CancellationToken cancellationToken)
    {
        var stacks = from application in applications from cluster in fleet.Clusters select new StackId(application.Name, cluster.Name);
        var read = await Task.WhenAll(stacks.Select(async stack =>
            (Stack: stack, Workload: await Driver.ReadAsync(stack, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return read.Where(pair => pair.Workload is not null).ToDictionary(pair => pair.Stack, pair => pair.Workload!);
    }
}
