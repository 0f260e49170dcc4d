using System.CommandLine;
using FogInfra.Model;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Commands;

/// <summary>The options by which a command is told of which rollout it is about.</summary>
internal sealed class RolloutOptions
{
    // One that was given up long ago is not what is meant.
    private const int Latest = 3;

    private readonly Option<string?> _rollout = new("--rollout")
    {
        Description = "The rollout, by its id. Default: the latest that has not ended, or else the latest.",
        HelpName = "ID",
    };

    /// <summary>The fleet document: rollouts are kept beside it.</summary>
    public FleetOptions Fleet { get; } = new();

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_rollout);
        Fleet.AddFleetTo(command);
    }

    /// <summary>Finds the rollout; null, with the reason written, when there is none or its journal is broken.</summary>
    public (RolloutFolder Folder, RecordedRollout Rollout)? Find(ParseResult arguments, CommandContext context) => Find(arguments, arguments.GetValue(_rollout), context);

    /// <summary>Finds the rollout of an id.</summary>
    public (RolloutFolder Folder, RecordedRollout Rollout)? Find(ParseResult arguments, string? id, CommandContext context)
    {
        if (Journals(arguments, context) is not { } journals)
        {
            return null;
        }

        var folders = RolloutFolder.List(journals);
        var latest = folders.Where(folder => id is null || folder.Id == id).Take(Latest).Select(folder => (Folder: folder, Rollout: folder.Read())).ToList();
        if (latest.Count == 0)
        {
            context.WriteError(id is null ? "There is no rollout yet." : $"There is no rollout '{id}'{Model.Documents.Suggestion.For(id, folders.Select(folder => folder.Id))}");
            return null;
        }

        var found = latest.FirstOrDefault(each => each.Rollout.State is { Outcome: null }, latest[0]);
        if (found.Rollout is { Content.Fault: null, State: not null })
        {
            return found;
        }

        context.WriteError($"The journal of rollout {found.Folder.Id} is broken: see fog history verify {found.Folder.Id}.");
        return null;
    }

    /// <summary>The folder of the project's rollouts; null, with the reason written, when there is no project.</summary>
    public string? Journals(ParseResult arguments, CommandContext context) => Fleet.FileOf(arguments, context) is { } file
        ? new ProjectLayout(Path.GetDirectoryName(Path.GetFullPath(file, context.CurrentDirectory))!).JournalFolder
        : null;
}
