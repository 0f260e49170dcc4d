using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Clusters;
using FogInfra.Model;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog cluster</c>: the clusters of the fleet.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandContext context) => new("cluster", "The clusters of the fleet.")
    {
        List(context),
        Start(context),
        Kubeconfig(context),
    };

    private static Command List(CommandContext context)
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var command = new Command("list", "List the clusters.");
        fleet.AddFleetTo(command);
        command.Add(json);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded)
            {
                return ExitCode.Invalid;
            }

            var clusters = await new FleetClusters(loaded.Project, context.Time).ListAsync(loaded.Fleet, cancellationToken).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(new JsonArray([.. clusters.Select(ToJson)]));
            }
            else
            {
                Write(context.Out, clusters);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Start(CommandContext context)
    {
        var fleet = new FleetOptions();
        var command = new Command("start", "Start the clusters that this machine provides.");
        fleet.AddFleetTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded)
            {
                return ExitCode.Invalid;
            }

            var made = await new FleetClusters(loaded.Project, context.Time).EnsureAsync(loaded.Fleet, cancellationToken).ConfigureAwait(false);
            context.Out.WriteLine(made.IsEmpty ? "All clusters are running." : $"Started {string.Join(", ", made)}.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Kubeconfig(CommandContext context)
    {
        var fleet = new FleetOptions();
        var name = new Argument<string>("name") { Description = "The cluster." };
        var command = new Command("kubeconfig", "Print the path of a cluster's kubeconfig file.") { name };
        fleet.AddFleetTo(command);
        command.SetAction(arguments =>
        {
            if (fleet.Load(arguments, context) is not { } loaded)
            {
                return ExitCode.Invalid;
            }

            var given = arguments.GetRequiredValue(name);
            if (loaded.Fleet.FindCluster(given) is not { } cluster)
            {
                context.WriteError($"There is no cluster '{given}'{Suggestion.For(given, loaded.Fleet.Clusters.Select(other => other.Name))}");
                return ExitCode.Invalid;
            }

            var file = loaded.Project.KubeconfigFile(cluster);
            if (!File.Exists(file))
            {
                context.WriteError($"Cluster '{given}' is not running. Start it: fog cluster start");
                return ExitCode.Failed;
            }

            context.Out.WriteLine(file);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IEnumerable<ClusterState> clusters)
    {
        var columns = new TextColumns("NAME", "LAYER", "RING", "PARENT", "ENGINE", "NODES", "STATUS", "KUBECONFIG");
        foreach (var (cluster, status, kubeconfig, _) in clusters)
        {
            columns.Add(
                cluster.Name,
                cluster.Layer.Name(),
                cluster.Ring,
                cluster.Parent ?? "-",
                cluster.Engine.Name,
                cluster.Engine is ClusterEngine.Simulated ? $"{cluster.Nodes}" : "-",
                status,
                kubeconfig ?? "-");
        }

        columns.Write(console);
    }

    private static JsonObject ToJson(ClusterState state) => new()
    {
        ["name"] = state.Cluster.Name,
        ["layer"] = state.Cluster.Layer.Name(),
        ["ring"] = state.Cluster.Ring,
        ["parent"] = state.Cluster.Parent,
        ["engine"] = state.Cluster.Engine.Name,
        ["status"] = state.Status,
        ["kubeconfig"] = state.Kubeconfig,
        ["server"] = state.Server,
    };
}
