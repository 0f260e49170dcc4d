using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Model.Documents;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Operators;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary>
/// What people can do to a rollout from any terminal: <c>fog pause</c>, <c>resume</c>, <c>approve</c>, <c>reject</c>, <c>abort</c>,
/// <c>rollback</c>, <c>retry</c>, <c>skip</c>, <c>hold</c>, <c>release</c>. Where nobody runs the rollout any more, those that go on with it do so here.
/// </summary>
internal sealed class OperatorCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly CommandContext _context;
    private readonly RolloutOptions _rollout = new();
    private readonly Option<string> _why;
    private readonly Option<string> _by;
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Option<string> _engine = RolloutSession.EngineOption();
    private readonly Option<bool> _takeOver = new("--take-over") { Description = "Take the rollout also from a runner that is still there, such as one that is stopped: it is refused from then on." };
    private readonly Argument<string?>? _argument;
    private readonly Option<string> _for = new("--for") { Description = "For how long, for example 90m or 2h; then the hold ends by itself.", HelpName = "DURATION", Required = true };
    private readonly Func<string, string, string?, TimeSpan, OperatorCommand> _make;

    private OperatorCommands(CommandContext context, Argument<string?>? argument, Func<string, string, string?, TimeSpan, OperatorCommand> make, bool needsReason)
    {
        (_context, _argument, _make) = (context, argument, make);
        _why = new Option<string>("--why") { Description = "The reason. It is kept in the history.", HelpName = "TEXT", Required = needsReason };
        _by = new Option<string>("--by") { Description = "Who wants it. Default: the user of this terminal.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };
        if (!needsReason)
        {
            _why.DefaultValueFactory = _ => "";
        }
    }

    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Create(CommandContext context)
    {
        var gate = () => new Argument<string?>("GATE") { Description = "The gate, by its name. Default: every gate that is waited for.", Arity = ArgumentArity.ZeroOrOne };
        var cluster = (ArgumentArity arity) => new Argument<string?>("CLUSTER") { Description = "The cluster.", Arity = arity };
        return
        [
            Make("pause", "Start nothing more in a rollout, and let what runs end.", (by, why, _, _) => new OperatorCommand.Pause(by, why)),
            Make("resume", "Go on with a rollout that is paused, was interrupted or cancelled.", (by, why, _, _) => new OperatorCommand.Resume(by, why), needsReason: false),
            Make("approve", "Let a ring pass a gate that waits for a person, or is undecided.", (by, why, name, _) => new OperatorCommand.Approve(by, why, name), gate()),
            Make("reject", "Fail a gate, and with it the rollout.", (by, why, name, _) => new OperatorCommand.Reject(by, why, name), gate()),
            Make("abort", "End a rollout where it is. What was done stays.", (by, why, _, _) => new OperatorCommand.Abort(by, why)),
            Make("rollback", "End a rollout and put back what it changed; also after it has ended.", (by, why, _, _) => new OperatorCommand.Rollback(by, why)),
            Make("retry", "Try again what has failed; also after the rollout was held.", (by, why, name, _) => new OperatorCommand.Retry(by, why, name), cluster(ArgumentArity.ZeroOrOne)),
            Make("skip", "Leave a cluster out of a rollout, and with it what hangs on it.", (by, why, name, _) => new OperatorCommand.Skip(by, why, name!), cluster(ArgumentArity.ExactlyOne)),
            Make("hold", "Do not update a cluster for a while: it is left for later, or waited for where the quorum needs it.", (by, why, name, length) => new OperatorCommand.Hold(by, why, name!, context.Time.GetUtcNow() + length), cluster(ArgumentArity.ExactlyOne)),
            Make("release", "Let a cluster that is held be updated again.", (by, why, name, _) => new OperatorCommand.Release(by, why, name!), cluster(ArgumentArity.ExactlyOne)),
        ];

        Command Make(string name, string description, Func<string, string, string?, TimeSpan, OperatorCommand> make, Argument<string?>? argument = null, bool needsReason = true) =>
            new OperatorCommands(context, argument, make, needsReason).Create(name, description);
    }

    private Command Create(string name, string description)
    {
        var command = new Command(name, description) { _why, _by, _json, _engine };
        if (_argument is not null)
        {
            command.Add(_argument);
        }

        if (name == "resume")
        {
            command.Add(_takeOver);
        }

        if (name == "hold")
        {
            command.Add(_for);
            _for.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var text }] && (Durations.Parse(text) is not { } length || length == TimeSpan.Zero))
                {
                    result.AddError($"--for: '{text}' is no duration; expected {Durations.Rule}.");
                }
            });
        }

        _rollout.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (_rollout.Find(arguments, _context) is not var (folder, rollout))
        {
            return ExitCode.Invalid;
        }

        var isAlive = folder.IsAlive;
        rollout = isAlive ? rollout : folder.Read(); // Its runner may have ended it since it was found.
        var state = rollout.State!;
        var length = arguments.CommandResult.Command.Options.Contains(_for) ? Durations.Parse(arguments.GetRequiredValue(_for)) : null;
        var command = _make(arguments.GetRequiredValue(_by), arguments.GetRequiredValue(_why), _argument is null ? null : arguments.GetValue(_argument), length ?? TimeSpan.Zero);
        var takeOver = command is OperatorCommand.Resume && arguments.GetValue(_takeOver);
        var goesOn = command is OperatorCommand.Resume && (takeOver || !isAlive) && state.Outcome is null; // Paused or not.
        if (!goesOn && Objections.Of(state, command) is { } objection)
        {
            _context.WriteError($"Rollout {folder.Id}: {objection}");
            return ExitCode.Invalid;
        }

        return isAlive && !takeOver ? await TellAsync(folder, command, arguments.GetValue(_json), cancellationToken).ConfigureAwait(false)
            : command is OperatorCommand.Resume or OperatorCommand.Rollback or OperatorCommand.Retry
                ? await GoOnAsync(folder, rollout, command is OperatorCommand.Resume && state is { PausedBy: null, Outcome: null } ? null : command, takeOver, arguments, cancellationToken).ConfigureAwait(false)
            : Leave(folder, command, arguments.GetValue(_json));
    }

    private async Task<int> TellAsync(RolloutFolder folder, OperatorCommand command, bool json, CancellationToken cancellationToken)
    {
        var mailbox = new CommandMailbox(folder, _context.Time);
        var message = mailbox.Post(command);
        var since = _context.Time.GetTimestamp();
        while (!mailbox.IsTaken(message))
        {
            if (!folder.IsAlive && mailbox.TakeBack(message) && folder.Read().State?.Commands.Contains(message) != true)
            {
                _context.WriteError($"Rollout {folder.Id} has ended in the meantime; see fog history.");
                return ExitCode.Failed;
            }

            if (_context.Time.GetElapsedTime(since) > Patience)
            {
                _context.WriteError($"{Lease.HolderOf(folder.Path)}, which runs rollout {folder.Id}, does not answer. It is told as soon as it does.");
                return Answer(folder, command, json, isTaken: false, "", ExitCode.Failed);
            }

            await Task.Delay(Look, _context.Time, cancellationToken).ConfigureAwait(false);
        }

        return Answer(folder, command, json, isTaken: true, $"Rollout {folder.Id}: {Wording.Of(command)}.", ExitCode.Success);
    }

    private int Leave(RolloutFolder folder, OperatorCommand command, bool json)
    {
        new CommandMailbox(folder, _context.Time).Post(command);
        return Answer(folder, command, json, isTaken: false, $"Nobody runs rollout {folder.Id} now; it is told when somebody takes it up: fog resume.", ExitCode.Success);
    }

    private async Task<int> GoOnAsync(
        RolloutFolder folder, RecordedRollout rollout, OperatorCommand? command, bool takeOver, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (_rollout.Fleet.Load(arguments, _context) is not { } loaded
            || RolloutSession.Open(arguments.GetRequiredValue(_engine), loaded.Project, _context) is not { } session)
        {
            return ExitCode.Invalid;
        }

        var later = RolloutFolder.List(loaded.Project.JournalFolder).TakeWhile(other => other.Id != folder.Id).Select(other => (other.Id, other.Read().State))
            .FirstOrDefault(other => other.State is { } state && Conflicts.Between(rollout.State!.Forward.Plan, state.Forward.Plan).Length > 0);
        if (later.State is not null)
        {
            _context.WriteError($"Rollout {folder.Id} is over: rollout {later.Id} has changed the same services since.");
            return ExitCode.Invalid;
        }

        return await RolloutExecution.ResumeAsync(folder, takeOver, command, loaded, session, arguments.GetValue(_json), _context, cancellationToken).ConfigureAwait(false);
    }

    private int Answer(RolloutFolder folder, OperatorCommand command, bool json, bool isTaken, string text, int code)
    {
        if (json)
        {
            _context.Out.WriteJson(new JsonObject { ["rollout"] = folder.Id, ["command"] = JsonNode.Parse(EntryJson.WriteCommand(command)), ["taken"] = isTaken });
        }
        else if (text.Length > 0)
        {
            _context.Out.Profile.Out.Writer.WriteLine(text);
        }

        return code;
    }
}
