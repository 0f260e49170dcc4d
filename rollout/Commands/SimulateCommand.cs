using System.CommandLine;
using System.Globalization;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Show;
using FogInfra.Rollout.Simulation;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog simulate</c>: runs the rollout on virtual time over a model of the fleet.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var fresh = new Option<bool>("--from-nothing") { Description = "Take it that nothing is deployed yet, and look at no stack." };
        var seed = new Option<int>("--seed") { Description = "What the faults are drawn from.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
        var offline = Share("--offline", "Clusters that are offline at first.");
        var offlineFor = Time("--offline-for", "How long they are, at most.", TimeSpan.FromHours(1));
        var failing = Share("--failing", "Clusters on which the new version fails.");
        var failingRing = new Option<string?>("--failing-ring") { Description = "The ring in which it fails. Default: all.", HelpName = "RING" };
        var flaky = Share("--flaky", "Updates during which the link breaks.");
        var updateTime = Time("--update-time", "How long an update takes that is not known from the history.", UpdateTimes.Unknown);
        var command = new Command("simulate", "Run the rollout that 'up' would run, on virtual time with faults of your choice: how long, what is at stake when. Touches nothing.")
        {
            engine, json, fresh, seed, offline, offlineFor, failing, failingRing, flaky, updateTime,
        };
        fleet.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded
                || RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            if (arguments.GetValue(failingRing) is { } ring && loaded.Fleet.Rings.All(other => other.Name != ring))
            {
                context.WriteError($"--failing-ring: There is no ring '{ring}'{Suggestion.For(ring, loaded.Fleet.Rings.Select(other => other.Name))}");
                return ExitCode.Invalid;
            }

            var plan = arguments.GetValue(fresh)
                ? Planner.Plan(loaded.Fleet, loaded.Applications, new Dictionary<StackId, Model.ClusterWorkload>())
                : await session.PlanAsync(loaded, force: false, cancellationToken).ConfigureAwait(false);
            var simulation = RolloutSimulation.Run(plan, new FleetModel
            {
                Seed = arguments.GetValue(seed),
                UpdateTime = arguments.GetValue(updateTime),
                KnownTimes = KnownTimes.Of(JournalFile.ReadAll(loaded.Project.JournalFolder)).ByStack,
                Offline = arguments.GetValue(offline),
                OfflineFor = arguments.GetValue(offlineFor),
                Failing = arguments.GetValue(failing),
                FailingRing = arguments.GetValue(failingRing),
                Flaky = arguments.GetValue(flaky),
            });
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(SimulationText.ToJson(simulation));
            }
            else
            {
                SimulationText.Write(context.Out, simulation);
            }

            return simulation.Report.Succeeded ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static Option<double> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SHARE%",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text.EndsWith('%') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100)
            {
                return percent / 100;
            }

            result.AddError($"{name}: '{text}' is no share; expected one from 0% to 100%.");
            return 0;
        },
    };

    private static Option<TimeSpan> Time(string name, string description, TimeSpan otherwise) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Durations.Parse(text) is { } duration)
            {
                return duration;
            }

            result.AddError($"{name}: '{text}' is no duration; expected {Durations.Rule}.");
            return otherwise;
        },
    };
}
