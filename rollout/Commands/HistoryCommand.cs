using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog history</c>: the rollouts of the project.</summary>
internal static class HistoryCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var json = JsonOption.Create();
        var application = new Option<string?>("--application", "-a") { Description = "Only the rollouts that changed this application.", HelpName = "NAME" };
        var command = new Command("history", "List the rollouts, the latest first.") { application };
        fleet.AddFleetTo(command);
        command.Add(json);
        command.SetAction(arguments =>
        {
            if (fleet.Load(arguments, context) is not { } loaded)
            {
                return ExitCode.Invalid;
            }

            var wanted = arguments.GetValue(application);
            IReadOnlyList<RecordedRollout> rollouts =
                [.. JournalFile.ReadAll(loaded.Project.JournalFolder).Where(rollout => wanted is null || Concerns(rollout, wanted))];
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
            var report = rollout.Report;
            columns.Add(
                rollout.Id,
                rollout.State?.StartedAt.ToString("u", CultureInfo.InvariantCulture) ?? "-",
                report is null ? "-" : report.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                Outcome(report),
                report is null ? "-" : $"{report.Stacks.Count(stack => stack.Outcome == StackOutcome.Changed)}/{report.Stacks.Length}",
                report?.Failures.FirstOrDefault()?.Reason ?? "-");
        }

        columns.Write(context.Out);
    }

    private static bool Concerns(RecordedRollout rollout, string application) =>
        rollout.State?.Forward.Stacks.Values.Any(stack => stack.Step.Stack.Application == application && stack.Step.Action != StepAction.Keep) ?? false;

    private static JsonObject ToJson(RecordedRollout rollout) => new()
    {
        ["id"] = rollout.Id,
        ["started"] = rollout.State?.StartedAt,
        ["outcome"] = Outcome(rollout.Report),
        ["report"] = rollout.Report is { } report ? ReportJson.Of(report) : null,
    };

    private static string Outcome(RolloutReport? report) => report is null ? "interrupted" : ReportJson.Name(report.Outcome);
}
