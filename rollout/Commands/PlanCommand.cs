using System.CommandLine;
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
        var command = new Command("plan", "Show what 'up' would do, in its order. Touches nothing.");
        fleet.AddTo(command);
        command.Add(engine);
        command.Add(json);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded
                || RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            var deployed = await session.ReadDeployedAsync(loaded.Fleet, loaded.Applications, cancellationToken).ConfigureAwait(false);
            var plan = Planner.Plan(loaded.Fleet, loaded.Applications, deployed);
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(ReportJson.Of(plan));
            }
            else
            {
                PlanText.Write(context.Out, plan);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
