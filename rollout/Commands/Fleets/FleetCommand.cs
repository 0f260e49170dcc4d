using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Model.Documents.Editing;
using FogInfra.Model.Documents.Schema;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog fleet</c>: shows the fleet document, and changes it in place. No cluster is touched.</summary>
internal static class FleetCommand
{
    public static Command Create(CommandContext context) =>
        new("fleet", "Show the fleet document, and change it in place with its comments kept. Touches no cluster.")
        {
            FleetApplicationCommands.Create(context),
            FleetServiceCommands.Create(context),
            FleetClusterCommands.Create(context),
            FleetRingCommands.Create(context),
            Schema(context),
        };

    /// <summary>Makes a command that shows something of the fleet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="parts">Its arguments and options.</param>
    /// <param name="context">The world around the process.</param>
    /// <param name="read">What is shown, or why there is no such thing.</param>
    /// <param name="toJson">The same for programs.</param>
    /// <param name="write">Writes it for people.</param>
    public static Command Show<T>(
        string name,
        string description,
        IEnumerable<Symbol> parts,
        CommandContext context,
        Func<ParseResult, LoadedFleet, Found<T>> read,
        Func<T, JsonNode> toJson,
        Action<T> write)
        where T : class
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var command = With(new Command(name, description), parts);
        fleet.AddFleetTo(command);
        command.Add(json);
        command.SetAction(arguments =>
        {
            if (fleet.Load(arguments, context) is not { } loaded)
            {
                return ExitCode.Invalid;
            }

            var found = read(arguments, loaded);
            if (found.Value is not { } value)
            {
                context.WriteError(found.Problem);
                return ExitCode.Invalid;
            }

            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(toJson(value));
            }
            else
            {
                write(value);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Makes a command that changes the fleet document.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="parts">Its arguments and options.</param>
    /// <param name="context">The world around the process.</param>
    /// <param name="changeOf">The change that the arguments ask for, or why they ask for none.</param>
    public static Command Edit(
        string name, string description, IEnumerable<Symbol> parts, CommandContext context, Func<ParseResult, LoadedFleet, Found<FleetChange>> changeOf)
    {
        var fleet = new FleetOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the lines that would change, and write nothing." };
        var command = With(new Command(name, description), parts);
        fleet.AddFleetTo(command);
        command.Add(dryRun);
        command.SetAction(arguments =>
        {
            if (fleet.FileOf(arguments, context) is not { } file || fleet.Load(arguments, context) is not { } loaded)
            {
                return ExitCode.Invalid;
            }

            var found = changeOf(arguments, loaded);
            if (found.Value is { } change)
            {
                return FleetFile.Edit(file, change, arguments.GetValue(dryRun), context);
            }

            context.WriteError(found.Problem);
            return ExitCode.Invalid;
        });
        return command;
    }

    private static Command Schema(CommandContext context)
    {
        var command = new Command("schema", "Print the JSON schema of fleet documents, for editors.");
        command.SetAction(_ =>
        {
            context.Out.Profile.Out.Writer.Write(FleetSchema.ToText());
            return ExitCode.Success;
        });
        return command;
    }

    private static Command With(Command command, IEnumerable<Symbol> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case Argument argument:
                    command.Add(argument);
                    break;
                case Option option:
                    command.Add(option);
                    break;
            }
        }

        return command;
    }
}

/// <summary>Something of a fleet, or why there is no such thing.</summary>
/// <param name="Value">What was found, or null.</param>
/// <param name="Problem">Why nothing was; empty when something was.</param>
internal sealed record Found<T>(T? Value, string Problem)
    where T : class
{
    public static implicit operator Found<T>(T value) => new(value, "");
}
