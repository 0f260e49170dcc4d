using System.Collections.Immutable;
using System.CommandLine;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;
using FogInfra.Rollout.Running;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog preview</c>: shows what <c>fog up</c> would do to every resource, and touches nothing.</summary>
internal static class PreviewCommand
{
    private const int DefaultParallel = 8;

    // Enough to know how long an update usually takes.
    private const int RolloutsRemembered = 10;

    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var markdown = new Option<bool>("--markdown") { Description = "Print one markdown comment for a pull request, shorter than 20,000 characters." };
        var all = new Option<bool>("--all") { Description = "Look into stacks, too, about which nothing changes: finds what was changed behind Pulumi's back." };
        var parallel = new Option<int>("--parallel")
        {
            Description = "How many previews run at a time.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultParallel,
        };
        parallel.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--parallel must be at least 1.");
            }
        });
        var command = new Command("preview", "Show what 'up' would do to every resource of every stack that the change touches. Touches nothing.");
        fleet.AddTo(command);
        command.Add(engine);
        command.Add(json);
        command.Add(markdown);
        command.Add(all);
        command.Add(parallel);
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(markdown))
            {
                result.AddError("--json and --markdown exclude each other.");
            }
        });
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded
                || RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            var deployed = await session.ReadDeployedAsync(loaded.Fleet, loaded.Applications, cancellationToken).ConfigureAwait(false);
            var plan = Planner.Plan(loaded.Fleet, loaded.Applications, deployed);
            var tasks = PreviewTask.Of(plan, arguments.GetValue(all));
            var findings = await RunAsync(tasks, session, loaded, arguments.GetValue(parallel), context, cancellationToken).ConfigureAwait(false);
            var updates = JournalFile.ReadAll(loaded.Project.JournalFolder).Take(RolloutsRemembered)
                .SelectMany(rollout => rollout.Entries).Select(entry => entry.Event).OfType<RolloutEvent.StackFinished>().Select(update => update.Duration);
            var preview = FleetPreviews.Of(loaded.Fleet, plan, findings, updates, fleet.ArgumentsOf(arguments));
            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(PreviewJson.Of(preview));
            }
            else if (arguments.GetValue(markdown))
            {
                await context.Out.Profile.Out.Writer.WriteAsync(PreviewMarkdown.Write(preview)).ConfigureAwait(false);
            }
            else
            {
                PreviewText.Write(context.Out, preview);
            }

            return preview.Failed.Any() ? ExitCode.Failed : ExitCode.Success;
        });
        return command;
    }

    private static async Task<ImmutableArray<StackFindings>> RunAsync(
        ImmutableArray<PreviewTask> tasks, RolloutSession session, LoadedFleet loaded, int parallel, CommandContext context, CancellationToken cancellationToken)
    {
        var touched = tasks.Count(task => task.IsTouched);
        if (touched == 0)
        {
            return [.. tasks.Select(task => new StackFindings(task, null, [], OutputsChange: false))];
        }

        context.Error.WriteLine($"Previewing {touched} of {tasks.Length} stacks on {session.Engine.Description}.");
        var states = await StackState.ReadAllAsync(session.Workspaces, session.Engine, tasks.Select(task => task.Stack), cancellationToken).ConfigureAwait(false);
        using var scratch = await ScratchStacks.CreateAsync(session.Engine, cancellationToken).ConfigureAwait(false);
        return await new FleetPreviewer(scratch, loaded.Project, states, parallel)
            .RunAsync(tasks, new Counter(touched, context.Error), cancellationToken).ConfigureAwait(false);
    }

    // Long work shows progress: about ten lines, whatever the size of the fleet.
    private sealed class Counter(int total, IAnsiConsole console) : IProgress<StackFindings>
    {
        private readonly Lock _lock = new();
        private int _done;

        public void Report(StackFindings value)
        {
            lock (_lock)
            {
                if (value.Events is not null && ++_done % Math.Max(10, total / 10) == 0)
                {
                    console.WriteLine($"{_done} of {total} stacks previewed.");
                }
            }
        }
    }
}
