using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog status</c>: which versions each cluster has.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var command = new Command("status", "Show which versions each cluster was brought to.");
        fleet.AddFleetTo(command);
        command.Add(engine);
        command.Add(json);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded
                || RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            var stacks = await ReadAsync(session, cancellationToken).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(ToJson(stacks));
            }
            else
            {
                Write(context, loaded.Fleet, stacks);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<(StackId Stack, ClusterWorkload? Workload)>> ReadAsync(
        RolloutSession session, CancellationToken cancellationToken) =>
        await Task.WhenAll(session.Workspaces.Known().Select(async stack =>
            (stack, await session.Driver.ReadAsync(stack, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);

    private static void Write(CommandContext context, Fleet fleet, IReadOnlyList<(StackId Stack, ClusterWorkload? Workload)> stacks)
    {
        var columns = new TextColumns("CLUSTER", "LAYER", "RING", "APPLICATION", "VERSIONS");
        foreach (var cluster in fleet.Clusters)
        {
            var here = stacks.Where(stack => stack.Stack.Cluster == cluster.Name).ToList();
            foreach (var (stack, workload) in here.DefaultIfEmpty((new StackId("-", cluster.Name), null)))
            {
                columns.Add(cluster.Name, cluster.Layer.Name(), cluster.Ring, stack.Application, Wording.Versions(workload));
            }
        }

        columns.Write(context.Out);
    }

    private static JsonArray ToJson(IReadOnlyList<(StackId Stack, ClusterWorkload? Workload)> stacks) =>
        new([.. stacks.Select(stack => new JsonObject
        {
            ["application"] = stack.Stack.Application,
            ["cluster"] = stack.Stack.Cluster,
            ["workload"] = stack.Workload is null ? null : JsonNode.Parse(WorkloadJson.Write(stack.Workload)),
        })]);
}
