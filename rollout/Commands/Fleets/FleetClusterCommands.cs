using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Model.Documents.Editing;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog fleet cluster</c>.</summary>
internal static class FleetClusterCommands
{
    public static Command Create(CommandContext context) => new("cluster", "The clusters of the fleet, as the document has them.")
    {
        List(context), Show(context), Siblings(context), Add(context), Remove(context), Move(context),
    };

    /// <summary>Writes clusters as a table.</summary>
    public static void Write(IAnsiConsole console, IEnumerable<Cluster> clusters)
    {
        var columns = new TextColumns("NAME", "LAYER", "RING", "PARENT", "ENGINE");
        foreach (var cluster in clusters)
        {
            columns.Add(cluster.Name, cluster.Layer.Name(), cluster.Ring, cluster.Parent ?? "-", cluster.Engine.Name);
        }

        columns.Write(console);
    }

    private static Command List(CommandContext context)
    {
        var ring = new Option<string?>("--ring") { Description = "Only those of this ring.", HelpName = "RING" };
        var layer = new Option<string?>("--layer") { Description = "Only those of this layer: cloud, fog or edge.", HelpName = "LAYER" };
        return FleetCommand.Show<List<Cluster>>(
            "list",
            "List the clusters.",
            [ring, layer],
            context,
            (arguments, loaded) => loaded.Fleet.Clusters
                .Where(cluster => arguments.GetValue(ring) is not { } wanted || cluster.Ring == wanted)
                .Where(cluster => arguments.GetValue(layer) is not { } wanted || cluster.Layer.Name() == wanted)
                .ToList(),
            clusters => new JsonArray([.. clusters.Select(ToJson)]),
            clusters => Write(context.Out, clusters));
    }

    private static Command Show(CommandContext context)
    {
        var name = new Argument<string>("cluster") { Description = "The cluster." };
        return FleetCommand.Show<FleetPart<Cluster>>(
            "show",
            "Show a cluster, and what runs there.",
            [name],
            context,
            (arguments, loaded) => FleetPart<Cluster>.Of(loaded.Fleet, FleetLookup.Cluster(loaded.Fleet, arguments.GetRequiredValue(name))),
            part =>
            {
                var json = ToJson(part.Part);
                json["children"] = new JsonArray([.. ChildrenOf(part).Select(child => JsonValue.Create(child))]);
                json["services"] = new JsonArray([.. ServicesOf(part).Select(service => JsonValue.Create(service))]);
                return json;
            },
            part =>
            {
                context.Out.WriteLine($"Cluster:   {part.Part.Name}");
                context.Out.WriteLine($"Layer:     {part.Part.Layer.Name()}");
                context.Out.WriteLine($"Ring:      {part.Part.Ring}");
                context.Out.WriteLine($"Parent:    {part.Part.Parent ?? "-"}");
                context.Out.WriteLine($"Children:  {string.Join(", ", ChildrenOf(part).DefaultIfEmpty("-"))}");
                context.Out.WriteLine($"Engine:    {part.Part.Engine.Name}");
                context.Out.WriteLine($"Services:  {string.Join(", ", ServicesOf(part).DefaultIfEmpty("-"))}");
            });
    }

    private static Command Siblings(CommandContext context)
    {
        var name = new Argument<string>("cluster") { Description = "The cluster." };
        return FleetCommand.Show<List<Cluster>>(
            "siblings",
            "List the clusters that are in the same ring as a cluster.",
            [name],
            context,
            (arguments, loaded) =>
            {
                var found = FleetLookup.Cluster(loaded.Fleet, arguments.GetRequiredValue(name));
                return found.Value is { } cluster
                    ? loaded.Fleet.Clusters.Where(other => other.Ring == cluster.Ring && other.Name != cluster.Name).ToList()
                    : new Found<List<Cluster>>(null, found.Problem);
            },
            clusters => new JsonArray([.. clusters.Select(ToJson)]),
            clusters => Write(context.Out, clusters));
    }

    private static Command Add(CommandContext context)
    {
        var name = new Argument<string>("cluster") { Description = "The new cluster." };
        var layer = new Option<string>("--layer") { Description = "Where it stands: cloud, fog or edge.", HelpName = "LAYER", Required = true };
        var ring = new Option<string>("--ring") { Description = "The ring with which it takes a version.", HelpName = "RING", Required = true };
        var parent = new Option<string?>("--parent") { Description = "The cluster further in that it hangs on.", HelpName = "CLUSTER" };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "The kubeconfig file of a cluster that exists. Default: a simulated cluster.", HelpName = "FILE" };
        var kubeContext = new Option<string?>("--context") { Description = "The context in the kubeconfig file. Default: the current one.", HelpName = "NAME" };
        var nodes = new Option<int?>("--nodes") { Description = "How many nodes a simulated cluster has.", HelpName = "N" };
        return FleetCommand.Edit(
            "add",
            "Add a cluster.",
            [name, layer, ring, parent, kubeconfig, kubeContext, nodes],
            context,
            (arguments, _) => new FleetChange.AddCluster(new NewCluster
            {
                Name = arguments.GetRequiredValue(name),
                Layer = arguments.GetRequiredValue(layer),
                Ring = arguments.GetRequiredValue(ring),
                Parent = arguments.GetValue(parent),
                Kubeconfig = arguments.GetValue(kubeconfig),
                Context = arguments.GetValue(kubeContext),
                Nodes = arguments.GetValue(nodes),
            }));
    }

    private static Command Remove(CommandContext context)
    {
        var name = new Argument<string>("cluster") { Description = "The cluster." };
        return FleetCommand.Edit(
            "remove",
            "Remove a cluster from the document. What runs there stays.",
            [name],
            context,
            (arguments, _) => new FleetChange.RemoveCluster(arguments.GetRequiredValue(name)));
    }

    private static Command Move(CommandContext context)
    {
        var name = new Argument<string>("cluster") { Description = "The cluster." };
        var ring = new Option<string>("--ring") { Description = "The ring that it moves to.", HelpName = "RING", Required = true };
        return FleetCommand.Edit(
            "move",
            "Move a cluster to another ring.",
            [name, ring],
            context,
            (arguments, _) => new FleetChange.MoveCluster(arguments.GetRequiredValue(name), arguments.GetRequiredValue(ring)));
    }

    private static IEnumerable<string> ChildrenOf(FleetPart<Cluster> part) =>
        part.Fleet.Clusters.Where(other => other.Parent == part.Part.Name).Select(other => other.Name);

    private static IEnumerable<string> ServicesOf(FleetPart<Cluster> part) =>
        from application in part.Fleet.Applications
        from service in application.Services
        where service.Layers.ContainsKey(part.Part.Layer)
        select $"{application.Name}/{service.Name} {service.Version}";

    private static JsonObject ToJson(Cluster cluster) => new()
    {
        ["name"] = cluster.Name,
        ["layer"] = cluster.Layer.Name(),
        ["ring"] = cluster.Ring,
        ["parent"] = cluster.Parent,
        ["engine"] = cluster.Engine.Name,
    };
}
