using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog history</c>: the rollouts of the project.</summary>
internal static class HistoryCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var command = new Command("history", "List the rollouts, the latest first.");
        fleet.AddFleetTo(command);
        command.Add(json);
        command.SetAction(arguments =>
        {
            if (fleet.Load(arguments, context) is not { } loaded)
            {
                return ExitCode.Invalid;
            }

            var rollouts = JournalFile.ReadAll(loaded.Project.JournalFolder);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(new JsonArray([.. rollouts.Select(ToJson)]));
            }
            else
            {
                Write(context, rollouts);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(CommandContext context, IEnumerable<RecordedRollout> rollouts)
    {
        var columns = new TextColumns("ID", "STARTED", "SECONDS", "OUTCOME", "CHANGED", "FAILURE");
        foreach (var rollout in rollouts)
        {
            var stacks = rollout.Report?["stacks"]?.AsArray();
            columns.Add(
                rollout.Id,
                rollout.Started?.ToString("u", CultureInfo.InvariantCulture) ?? "-",
                rollout.Report?["seconds"]?.ToJsonString() ?? "-",
                rollout.Outcome,
                stacks is null ? "-" : $"{stacks.Count(stack => (string?)stack?["outcome"] == "changed")}/{stacks.Count}",
                (string?)rollout.Report?["failures"]?.AsArray().FirstOrDefault()?["reason"] ?? "-");
        }

        columns.Write(context.Out);
    }

    private static JsonObject ToJson(RecordedRollout rollout) => new()
    {
        ["id"] = rollout.Id,
        ["started"] = rollout.Started,
        ["outcome"] = rollout.Outcome,
        ["report"] = rollout.Report?.DeepClone(),
    };
}
