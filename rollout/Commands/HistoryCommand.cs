using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog history</c>: the rollouts of the project; <c>show</c> tells one of them, <c>verify</c> checks their journals.</summary>
internal static class HistoryCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new RolloutOptions();
        var json = JsonOption.Create();
        var application = new Option<string?>("--application", "-a") { Description = "Only the rollouts that changed this application.", HelpName = "NAME" };
        var command = new Command("history", "List the rollouts, the latest first.") { application, json, HistoryShowCommand.Create(context), HistoryVerifyCommand.Create(context) };
        options.Fleet.AddFleetTo(command);
        command.SetAction(arguments =>
        {
            if (options.Journals(arguments, context) is not { } journals)
            {
                return ExitCode.Invalid;
            }

            var wanted = arguments.GetValue(application);
            var rollouts = RolloutFolder.List(journals).Select(folder => (Folder: folder, Rollout: folder.Read()))
                .Where(each => wanted is null || Concerns(each.Rollout, wanted)).ToList();
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(new JsonArray([.. rollouts.Select(each => ToJson(each.Folder, each.Rollout))]));
            }
            else
            {
                Write(context, rollouts);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>A rollout in a list.</summary>
    public static JsonObject ToJson(RolloutFolder folder, RecordedRollout rollout) => new()
    {
        ["id"] = rollout.Id,
        ["started"] = rollout.State?.StartedAt,
        ["outcome"] = Outcome(folder, rollout),
        ["report"] = rollout.Report is { } report ? ReportJson.Of(report) : null,
    };

    private static void Write(CommandContext context, IEnumerable<(RolloutFolder Folder, RecordedRollout Rollout)> rollouts)
    {
        var columns = new TextColumns("ID", "STARTED", "SECONDS", "OUTCOME", "CHANGED", "FAILURE");
        foreach (var (folder, rollout) in rollouts)
        {
            var report = rollout.Report;
            columns.Add(
                rollout.Id,
                rollout.State?.StartedAt.ToString("u", CultureInfo.InvariantCulture) ?? "-",
                report is null ? "-" : report.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                Outcome(folder, rollout),
                report is null ? "-" : $"{report.Stacks.Count(stack => stack.Outcome == StackOutcome.Changed)}/{report.Stacks.Length}",
                report?.Failures.FirstOrDefault()?.Reason ?? "-");
        }

        columns.Write(context.Out);
    }

    private static bool Concerns(RecordedRollout rollout, string application) =>
        rollout.State?.Forward.Stacks.Values.Any(stack => stack.Step.Stack.Application == application && stack.Step.Action != StepAction.Keep) ?? false;

    private static string Outcome(RolloutFolder folder, RecordedRollout rollout) =>
        rollout.Content.Fault is not null ? "broken"
        : rollout.Report is { } report ? ReportJson.Name(report.Outcome)
        : !folder.IsAlive ? "interrupted"
        : rollout.State?.PausedBy is null ? "running" : "paused";
}
