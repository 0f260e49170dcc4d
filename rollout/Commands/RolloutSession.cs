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
    private RolloutSession(Engine engine, FleetClusters clusters, StackWorkspaces workspaces, AutomationStackDriver driver)
    {
        Engine = engine;
        Clusters = clusters;
        Workspaces = workspaces;
        Driver = driver;
    }

    /// <summary>The engine that was chosen.</summary>
    public Engine Engine { get; }

    /// <summary>The clusters that the project makes.</summary>
    public FleetClusters Clusters { get; }

    /// <summary>The workspaces of the project's stacks.</summary>
    public StackWorkspaces Workspaces { get; }

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

        var workspaces = new StackWorkspaces(project, engine.Command, engine.Environment);
        return new RolloutSession(
            engine, new FleetClusters(project, engine, context.Time), workspaces, new AutomationStackDriver(workspaces, project));
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
