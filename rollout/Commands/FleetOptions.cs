using System.Collections.Immutable;
using System.CommandLine;
using FogInfra.Model;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Commands;

/// <summary>A fleet document that was read, and the applications that a command is about.</summary>
/// <param name="Project">The folder of the document.</param>
/// <param name="Fleet">The fleet.</param>
/// <param name="Applications">The applications, with the versions that are wanted.</param>
internal sealed record LoadedFleet(ProjectLayout Project, Fleet Fleet, ImmutableArray<Application> Applications)
{
    /// <summary>The absolute path of the document.</summary>
    public string File { get; init; } = Path.Combine(Project.Root, ProjectLayout.FleetFile);
}

/// <summary>The options by which a command is told of what fleet and which versions it is about.</summary>
internal sealed class FleetOptions
{
    /// <summary>The fleet document.</summary>
    public Option<string?> Fleet { get; } = new("--fleet")
    {
        Description = "The fleet document. Default: fleet.yaml in this folder or the nearest one above.",
        HelpName = "FILE",
    };

    /// <summary>Application documents.</summary>
    public Option<string[]> Files { get; } = new("--file", "-f")
    {
        Description = "A FogRollout document; its application is taken instead of those of the fleet. May be given more than once.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Versions.</summary>
    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "The version of a service for this time, instead of the document's. May be given more than once.",
        HelpName = "SERVICE=VERSION",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the option for the fleet alone.</summary>
    public void AddFleetTo(Command command) => command.Add(Fleet);

    /// <summary>Adds all the options.</summary>
    public void AddTo(Command command)
    {
        AddFleetTo(command);
        command.Add(Files);
        command.Add(Set);
    }

    /// <summary>The options as they were given, for commands that say how to go on.</summary>
    public ImmutableArray<string> ArgumentsOf(ParseResult arguments) =>
    [
        .. arguments.GetValue(Fleet) is { } fleet ? [Fleet.Name, fleet] : Array.Empty<string>(),
        .. (arguments.GetValue(Files) ?? []).SelectMany(file => new[] { "-f", file }),
        .. (arguments.GetValue(Set) ?? []).SelectMany(set => new[] { Set.Name, set }),
    ];

    /// <summary>The fleet document; null, with a problem written, when there is none.</summary>
    public string? FileOf(ParseResult arguments, CommandContext context)
    {
        var file = arguments.GetValue(Fleet) ?? FindFleet(context.CurrentDirectory);
        if (file is null)
        {
            context.WriteError($"There is no {ProjectLayout.FleetFile} in {context.CurrentDirectory} or a folder above it; name one by --fleet.");
        }

        return file;
    }

    /// <summary>Reads what the options name; null, with every problem written, when anything is wrong.</summary>
    public LoadedFleet? Load(ParseResult arguments, CommandContext context)
    {
        var problems = new List<string>();
        if (FileOf(arguments, context) is not { } fleetFile)
        {
            return null;
        }

        var fleet = Read(fleetFile, context, FleetReader.Read, problems);
        var files = arguments.GetValue(Files) ?? [];
        var documents = files.Select(file => Read(file, context, FogRolloutReader.Read, problems)).ToList();
        var overrides = ReadOverrides(arguments.GetValue(Set) ?? [], problems);
        var applications = files.Length > 0 ? [.. documents.OfType<Application>()] : fleet?.Applications ?? [];
        if (problems.Count == 0)
        {
            (applications, var unset) = VersionOverride.Apply(applications, overrides);
            problems.AddRange(unset.Select(problem => $"--set: {problem}"));
        }

        if (problems.Count == 0 && fleet is not null)
        {
            var file = Path.GetFullPath(fleetFile, context.CurrentDirectory);
            return new LoadedFleet(new ProjectLayout(Path.GetDirectoryName(file)!), fleet, applications) { File = file };
        }

        problems.ForEach(context.WriteError);
        context.WriteError($"Nothing was touched: {problems.Count} problem{(problems.Count == 1 ? "" : "s")}.");
        return null;
    }

    private static T? Read<T>(string file, CommandContext context, Func<string, string, ReadResult<T>> reader, List<string> problems)
        where T : class
    {
        string text;
        try
        {
            text = File.ReadAllText(Path.GetFullPath(file, context.CurrentDirectory));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: the file cannot be read: {exception.Message}");
            return null;
        }

        var read = reader(file, text);
        problems.AddRange(read.Problems.Select(problem => problem.ToString()));
        return read.Value;
    }

    private static List<VersionOverride> ReadOverrides(string[] texts, List<string> problems)
    {
        var overrides = new List<VersionOverride>();
        foreach (var text in texts)
        {
            if (VersionOverride.Parse(text) is { } @override)
            {
                overrides.Add(@override);
            }
            else
            {
                problems.Add($"--set: '{text}' is not of the form SERVICE=VERSION.");
            }
        }

        return overrides;
    }

    // The path is kept short, because problems are told with it.
    private static string? FindFleet(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, ProjectLayout.FleetFile);
            if (File.Exists(file))
            {
                return Path.GetRelativePath(directory, file);
            }
        }

        return null;
    }
}
