using System.CommandLine;
using FogInfra.Clusters;
using FogInfra.Model;
using FogInfra.Model.Documents;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog cluster</c>: the clusters of the fleet.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandContext context) => new("cluster", "The clusters of the fleet.")
    {
        List(context),
        Make(context),
        Delete(context),
        Kubeconfig(context),
        Load(context),
        Nodes(context),
    };

    private static Command List(CommandContext context)
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var command = new Command("list", "List the clusters.") { json };
        fleet.AddFleetTo(command);
        command.SetAction((arguments, cancellationToken) => WithFleetAsync(fleet, arguments, context, async loaded =>
        {
            var clusters = await new ProjectClusters(loaded.Project, context.Time).ListAsync(loaded.Fleet, cancellationToken).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(ClusterText.ToJson(clusters));
            }
            else
            {
                ClusterText.Write(context.Out, clusters);
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Make(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var names = NamesArgument("The clusters to make. Default: all.");
        var command = new Command("create", "Make the clusters that this machine provides, and mend those that are not as they should be.") { names, engine, json };
        command.Aliases.Add("start");
        fleet.AddFleetTo(command);
        command.SetAction((arguments, cancellationToken) => WithClustersAsync(fleet, arguments, names, context, async (loaded, only) =>
        {
            if (RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            var asJson = arguments.GetValue(json);
            var changes = await ClusterProgress.EnsureAsync(loaded, session, only, force: false, asJson ? context.Error : context.Out, context, cancellationToken).ConfigureAwait(false);
            if (changes is null)
            {
                return ExitCode.Failed;
            }

            if (asJson)
            {
                context.Out.WriteJson(ClusterText.ChangesToJson(changes));
            }
            else if (changes.IsEmpty)
            {
                context.Out.WriteLine("All clusters are running.");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Delete(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var names = NamesArgument("The clusters to remove. Default: all.");
        var command = new Command("delete", "Remove clusters that this project has made, with all that runs in them.") { names, engine, json };
        fleet.AddFleetTo(command);
        command.SetAction((arguments, cancellationToken) => WithClustersAsync(fleet, arguments, names, context, async (loaded, only) =>
        {
            if (RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            var removed = await session.Clusters.DeleteAsync(loaded.Fleet, only, new ClusterProgress(context.Error), cancellationToken).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(ClusterText.ChangesToJson(removed.Select(name => KeyValuePair.Create(name, "delete"))));
            }
            else
            {
                context.Out.WriteLine(removed.IsEmpty ? "There was nothing to remove." : $"Removed {string.Join(", ", removed)}.");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Kubeconfig(CommandContext context)
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var name = new Argument<string>("name") { Description = "The cluster." };
        var command = new Command("kubeconfig", "Print the path of a cluster's kubeconfig file.") { name, json };
        fleet.AddFleetTo(command);
        command.SetAction((arguments, _) => WithClusterAsync(fleet, arguments, name, context, (loaded, cluster) =>
        {
            var file = loaded.Project.KubeconfigFile(cluster);
            if (!File.Exists(file))
            {
                context.WriteError($"Cluster '{cluster.Name}' is not running. Start it: fog cluster create {cluster.Name}");
                return Task.FromResult(ExitCode.Failed);
            }

            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(new System.Text.Json.Nodes.JsonObject { ["name"] = cluster.Name, ["kubeconfig"] = file });
            }
            else
            {
                context.Out.WriteLine(file);
            }

            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static Command Load(CommandContext context)
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var name = new Argument<string>("name") { Description = "The cluster." };
        var images = new Argument<string[]>("image") { Description = "Images of this machine.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("load", "Load images of this machine into the nodes of a cluster.") { name, images, json };
        fleet.AddFleetTo(command);
        command.SetAction((arguments, cancellationToken) => WithClusterAsync(fleet, arguments, name, context, async (loaded, cluster) =>
        {
            var given = arguments.GetRequiredValue(images);
            await new ProjectClusters(loaded.Project, context.Time)
                .LoadImagesAsync(cluster, [.. given], new ClusterProgress(context.Error), cancellationToken).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(new System.Text.Json.Nodes.JsonObject { ["name"] = cluster.Name, ["loaded"] = ClusterText.ToJson(given) });
            }
            else
            {
                context.Out.WriteLine($"Loaded {string.Join(", ", given)} into {cluster.Name}.");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Nodes(CommandContext context)
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var name = new Argument<string>("name") { Description = "The cluster." };
        var command = new Command("nodes", "Show how the nodes of a cluster stand.") { name, json };
        fleet.AddFleetTo(command);
        command.SetAction((arguments, cancellationToken) => WithClusterAsync(fleet, arguments, name, context, async (loaded, cluster) =>
        {
            var state = await new ProjectClusters(loaded.Project, context.Time).DescribeAsync(cluster, cancellationToken).ConfigureAwait(false);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(ClusterText.NodesToJson(state));
            }
            else
            {
                ClusterText.WriteNodes(context.Out, state);
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Argument<string[]> NamesArgument(string description) =>
        new("name") { Description = description, Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [] };

    private static Task<int> WithClusterAsync(
        FleetOptions fleet, ParseResult arguments, Argument<string> name, CommandContext context, Func<LoadedFleet, Cluster, Task<int>> action) =>
        WithFleetAsync(fleet, arguments, context, loaded => Find(loaded, arguments.GetRequiredValue(name), context) is { } cluster
            ? action(loaded, cluster)
            : Task.FromResult(ExitCode.Invalid));

    private static Task<int> WithClustersAsync(
        FleetOptions fleet, ParseResult arguments, Argument<string[]> names, CommandContext context, Func<LoadedFleet, IReadOnlyList<string>?, Task<int>> action) =>
        WithFleetAsync(fleet, arguments, context, loaded =>
        {
            var given = arguments.GetValue(names) ?? [];
            return given.Select(name => Find(loaded, name, context)).ToList().Contains(null)
                ? Task.FromResult(ExitCode.Invalid)
                : action(loaded, given.Length == 0 ? null : given);
        });

    private static async Task<int> WithFleetAsync(FleetOptions fleet, ParseResult arguments, CommandContext context, Func<LoadedFleet, Task<int>> action)
    {
        if (fleet.Load(arguments, context) is not { } loaded)
        {
            return ExitCode.Invalid;
        }

        try
        {
            return await action(loaded).ConfigureAwait(false);
        }
        catch (ClusterException exception)
        {
            context.WriteError(exception.Message);
            return ExitCode.Failed;
        }
    }

    private static Cluster? Find(LoadedFleet loaded, string name, CommandContext context)
    {
        var cluster = loaded.Fleet.FindCluster(name);
        if (cluster is null)
        {
            context.WriteError($"There is no cluster '{name}'{Suggestion.For(name, loaded.Fleet.Clusters.Select(other => other.Name))}");
        }

        return cluster;
    }
}
