using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Model.Documents.Editing;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog fleet application</c>.</summary>
internal static class FleetApplicationCommands
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("application", "The applications of the fleet.") { List(context), Show(context), Map(context), Add(context), Remove(context) };
        command.Aliases.Add("app");
        return command;
    }

    private static Command List(CommandContext context) => FleetCommand.Show<Fleet>(
        "list",
        "List the applications.",
        [],
        context,
        (_, loaded) => loaded.Fleet,
        fleet => new JsonArray([.. fleet.Applications.Select(application => ToJson(fleet, application))]),
        fleet =>
        {
            var columns = new TextColumns("NAME", "NAMESPACE", "SERVICES", "LAYERS", "CLUSTERS");
            foreach (var application in fleet.Applications)
            {
                columns.Add(application.Name, application.Namespace, $"{application.Services.Length}", LayersOf(application), $"{ClustersOf(fleet, application).Count()}");
            }

            columns.Write(context.Out);
        });

    private static Command Show(CommandContext context)
    {
        var name = new Argument<string>("application") { Description = "The application." };
        return FleetCommand.Show<FleetPart<Application>>(
            "show",
            "Show an application: its services in the order of their dependencies, and where it runs.",
            [name],
            context,
            (arguments, loaded) => FleetPart<Application>.Of(loaded.Fleet, FleetLookup.Application(loaded.Fleet, arguments.GetRequiredValue(name))),
            part => ToJson(part.Fleet, part.Part),
            part =>
            {
                context.Out.WriteLine($"Application:  {part.Part.Name}");
                context.Out.WriteLine($"Namespace:    {part.Part.Namespace}");
                context.Out.WriteLine($"Clusters:     {string.Join(", ", ClustersOf(part.Fleet, part.Part))}");
                context.Out.WriteLine();
                FleetServiceCommands.Write(context.Out, part.Part.Services.Select(service => new ServiceOf(part.Part, service)));
            });
    }

    private static Command Map(CommandContext context)
    {
        var name = new Argument<string>("application") { Description = "The application." };
        return FleetCommand.Show<Application>(
            "map",
            "Show the service map: which services wait for which, those first that wait for none.",
            [name],
            context,
            (arguments, loaded) => FleetLookup.Application(loaded.Fleet, arguments.GetRequiredValue(name)),
            application => new JsonArray([.. ServiceMap.Stages(application).Select(stage => new JsonArray([.. stage.Select(service => new JsonObject
            {
                ["service"] = service.Name,
                ["dependsOn"] = new JsonArray([.. service.DependsOn.Select(dependency => JsonValue.Create(dependency))]),
            })]))]),
            application =>
            {
                var columns = new TextColumns("STAGE", "SERVICE", "AFTER");
                foreach (var (stage, number) in ServiceMap.Stages(application).Select((stage, index) => (stage, index + 1)))
                {
                    foreach (var service in stage)
                    {
                        columns.Add($"{number}", service.Name, service.DependsOn.IsEmpty ? "-" : string.Join(", ", service.DependsOn));
                    }
                }

                columns.Write(context.Out);
            });
    }

    private static Command Add(CommandContext context)
    {
        var name = new Argument<string>("application") { Description = "The application." };
        var space = new Option<string?>("--namespace") { Description = "The namespace in each cluster. Default: the application's name.", HelpName = "NAME" };
        var service = new Option<string?>("--service") { Description = "Its first service. Default: the application's name.", HelpName = "NAME" };
        var options = new NewServiceOptions();
        return FleetCommand.Edit(
            "add",
            "Add an application with its first service.",
            [name, space, service, .. options.All],
            context,
            (arguments, _) => new FleetChange.AddApplication(
                arguments.GetRequiredValue(name),
                arguments.GetValue(space),
                options.Read(arguments, arguments.GetValue(service) ?? arguments.GetRequiredValue(name))));
    }

    private static Command Remove(CommandContext context)
    {
        var name = new Argument<string>("application") { Description = "The application." };
        return FleetCommand.Edit(
            "remove",
            "Remove an application from the document. What runs of it stays until it is taken down.",
            [name],
            context,
            (arguments, _) => new FleetChange.RemoveApplication(arguments.GetRequiredValue(name)));
    }

    private static string LayersOf(Application application) =>
        string.Join(", ", application.Services.SelectMany(service => service.Layers.Keys).Distinct().Order().Select(LayerNames.Name));

    private static IEnumerable<string> ClustersOf(Fleet fleet, Application application) =>
        fleet.Clusters.Where(cluster => application.Services.Any(service => service.Layers.ContainsKey(cluster.Layer))).Select(cluster => cluster.Name);

    private static JsonObject ToJson(Fleet fleet, Application application) => new()
    {
        ["name"] = application.Name,
        ["namespace"] = application.Namespace,
        ["services"] = new JsonArray([.. application.Services.Select(service => FleetServiceCommands.ToJson(new ServiceOf(application, service)))]),
        ["clusters"] = new JsonArray([.. ClustersOf(fleet, application).Select(cluster => JsonValue.Create(cluster))]),
    };
}
