using System.CommandLine;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog plan</c>: shows what <c>fog up</c> would do, and touches nothing.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var force = RolloutSession.ForceOption();
        var command = new Command("plan", "Show what 'up' would do, in its order. Touches nothing.");
        fleet.AddTo(command);
        command.Add(engine);
        command.Add(json);
        command.Add(force);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded
                || RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            var plan = await session.PlanAsync(loaded, arguments.GetValue(force), cancellationToken).ConfigureAwait(false);
            var estimate = PlanEstimate.Of(plan, KnownTimes.Of(JournalFile.ReadAll(loaded.Project.JournalFolder)));
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(ReportJson.Of(plan, estimate));
            }
            else
            {
                PlanText.Write(context.Out, plan, estimate);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
