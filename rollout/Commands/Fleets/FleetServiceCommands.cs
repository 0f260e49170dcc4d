using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Model.Documents.Editing;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog fleet service</c>.</summary>
internal static class FleetServiceCommands
{
    private const string ServiceHelp = "The service; APPLICATION/SERVICE where several applications have one of that name.";

    public static Command Create(CommandContext context)
    {
        var command = new Command("service", "The services of the fleet's applications.")
        {
            List(context), Show(context), Add(context), Remove(context), Depend(context), Version(context),
        };
        command.Aliases.Add("svc");
        return command;
    }

    /// <summary>Writes services as a table.</summary>
    public static void Write(IAnsiConsole console, IEnumerable<ServiceOf> services)
    {
        var columns = new TextColumns("APPLICATION", "SERVICE", "VERSION", "DEPENDS ON", "LAYERS", "IMAGES");
        foreach (var (application, service) in services)
        {
            columns.Add(
                application.Name,
                service.Name,
                service.Version,
                service.DependsOn.IsEmpty ? "-" : string.Join(", ", service.DependsOn),
                string.Join(", ", service.Layers.Select(layer => $"{layer.Key.Name()} x{layer.Value.Replicas}")),
                string.Join(", ", ImagesOf(service)));
        }

        columns.Write(console);
    }

    /// <summary>A service as JSON.</summary>
    public static JsonObject ToJson(ServiceOf each) => new()
    {
        ["application"] = each.Application.Name,
        ["name"] = each.Service.Name,
        ["version"] = each.Service.Version,
        ["dependsOn"] = new JsonArray([.. each.Service.DependsOn.Select(name => JsonValue.Create(name))]),
        ["dependents"] = new JsonArray([.. DependentsOf(each).Select(name => JsonValue.Create(name))]),
        ["replicas"] = new JsonObject(each.Service.Layers.Select(layer => KeyValuePair.Create(layer.Key.Name(), (JsonNode?)layer.Value.Replicas))),
        ["images"] = new JsonArray([.. ImagesOf(each.Service).Select(image => JsonValue.Create(image))]),
    };

    private static Command List(CommandContext context)
    {
        var application = new Option<string?>("--application", "-a") { Description = "Only those of this application.", HelpName = "NAME" };
        return FleetCommand.Show<List<ServiceOf>>(
            "list",
            "List the services, each after those that it depends on.",
            [application],
            context,
            (arguments, loaded) => arguments.GetValue(application) is not { } name ? ServicesOf(loaded.Fleet.Applications)
                : FleetLookup.Application(loaded.Fleet, name) is { Value: { } found } ? ServicesOf([found])
                : new Found<List<ServiceOf>>(null, FleetLookup.Application(loaded.Fleet, name).Problem),
            services => new JsonArray([.. services.Select(ToJson)]),
            services => Write(context.Out, services));
    }

    private static Command Show(CommandContext context)
    {
        var name = new Argument<string>("service") { Description = ServiceHelp };
        return FleetCommand.Show<ServiceOf>(
            "show",
            "Show a service.",
            [name],
            context,
            (arguments, loaded) => FleetLookup.Service(loaded.Fleet, arguments.GetRequiredValue(name)),
            ToJson,
            each =>
            {
                context.Out.WriteLine($"Service:      {each.Service.Name}");
                context.Out.WriteLine($"Application:  {each.Application.Name}");
                context.Out.WriteLine($"Version:      {each.Service.Version}");
                context.Out.WriteLine($"Images:       {string.Join(", ", ImagesOf(each.Service))}");
                context.Out.WriteLine($"Layers:       {string.Join(", ", each.Service.Layers.Select(layer => $"{layer.Key.Name()} x{layer.Value.Replicas}"))}");
                context.Out.WriteLine($"Depends on:   {Names(each.Service.DependsOn)}");
                context.Out.WriteLine($"Needed by:    {Names(DependentsOf(each))}");
            });
    }

    private static Command Add(CommandContext context)
    {
        var name = new Argument<string>("service") { Description = "The new service." };
        var application = new Option<string?>("--application", "-a") { Description = "The application that it becomes a part of. Default: the only one.", HelpName = "NAME" };
        var options = new NewServiceOptions();
        return FleetCommand.Edit(
            "add",
            "Add a service to an application.",
            [name, application, .. options.All],
            context,
            (arguments, loaded) => FleetLookup.ApplicationOrOnly(loaded.Fleet, arguments.GetValue(application)) is { Value: { } found }
                ? new FleetChange.AddService(found.Name, options.Read(arguments, arguments.GetRequiredValue(name)))
                : new Found<FleetChange>(null, FleetLookup.ApplicationOrOnly(loaded.Fleet, arguments.GetValue(application)).Problem));
    }

    private static Command Remove(CommandContext context)
    {
        var name = new Argument<string>("service") { Description = ServiceHelp };
        return Edit("remove", "Remove a service from the document.", name, [], context, (_, each) => new FleetChange.RemoveService(each.Application.Name, each.Service.Name));
    }

    private static Command Depend(CommandContext context)
    {
        var name = new Argument<string>("service") { Description = ServiceHelp };
        var on = new Option<string[]>("--on") { Description = "A service that must be ready first. May be given more than once.", HelpName = "SERVICE", DefaultValueFactory = _ => [] };
        var none = new Option<bool>("--none") { Description = "It depends on nothing." };
        var command = Edit(
            "depend",
            "Set which services must be ready before a service is touched; those of before are replaced.",
            name,
            [on, none],
            context,
            (arguments, each) => new FleetChange.SetDependencies(each.Application.Name, each.Service.Name, [.. (arguments.GetValue(on) ?? []).Distinct()]));
        command.Validators.Add(result =>
        {
            if (result.GetValue(none) == (result.GetValue(on) is { Length: > 0 }))
            {
                result.AddError("Say either --on SERVICE or --none.");
            }
        });
        return command;
    }

    private static Command Version(CommandContext context)
    {
        var name = new Argument<string>("service") { Description = ServiceHelp };
        var version = new Argument<string>("version") { Description = "The version that is wanted from now on." };
        return Edit(
            "version",
            "Set the version of a service that the next rollout brings about.",
            name,
            [version],
            context,
            (arguments, each) => new FleetChange.SetVersion(each.Application.Name, each.Service.Name, arguments.GetRequiredValue(version)));
    }

    private static Command Edit(
        string verb, string description, Argument<string> name, IEnumerable<Symbol> parts, CommandContext context, Func<ParseResult, ServiceOf, FleetChange> changeOf) =>
        FleetCommand.Edit(verb, description, [name, .. parts], context, (arguments, loaded) =>
        {
            var found = FleetLookup.Service(loaded.Fleet, arguments.GetRequiredValue(name));
            return found.Value is { } each ? changeOf(arguments, each) : new Found<FleetChange>(null, found.Problem);
        });

    private static List<ServiceOf> ServicesOf(IEnumerable<Application> applications) =>
        [.. applications.SelectMany(application => application.Services.Select(service => new ServiceOf(application, service)))];

    private static IEnumerable<string> ImagesOf(Service service) =>
        service.Layers.Values.SelectMany(layer => layer.Containers).Select(container => ImageReference.WithTag(container.Image, service.Version)).Distinct();

    private static IEnumerable<string> DependentsOf(ServiceOf each) =>
        each.Application.Services.Where(other => other.DependsOn.Contains(each.Service.Name)).Select(other => other.Name);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("-"));
}
