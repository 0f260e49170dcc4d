using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog history show</c>: all that happened in a rollout, with the evidence of its gates.</summary>
internal static class HistoryShowCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new RolloutOptions();
        var json = JsonOption.Create();
        var id = new Argument<string?>("ID") { Description = "The rollout. Default: the latest that has not ended, or else the latest.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("show", "Tell all that happened in a rollout, with what its gates saw: value, source, age and update.") { id, json };
        options.Fleet.AddFleetTo(command);
        command.SetAction(arguments =>
        {
            if (options.Find(arguments, arguments.GetValue(id), context) is not var (folder, rollout))
            {
                return ExitCode.Invalid;
            }

            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(ToJson(folder, rollout));
            }
            else
            {
                Write(context.Out.Profile.Out.Writer, rollout);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(TextWriter writer, RecordedRollout rollout)
    {
        RolloutState? state = null;
        foreach (var entry in rollout.Entries)
        {
            state = state is null ? RolloutState.Begin(entry) : state.After(entry);
            var time = entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            foreach (var line in Lines(state, entry))
            {
                writer.WriteLine($"{time}  {line}");
            }
        }
    }

    private static IEnumerable<string> Lines(RolloutState state, RolloutEntry entry) => entry.Event switch
    {
        RolloutEvent.Started => [$"begun: {Wording.Count(state.Forward.Stacks.Count, "stack")}"],
        RolloutEvent.GateEvaluated gate =>
            gate.Evidence.Select(found => $"  '{gate.Gate}' {EvidenceText.Of(found, entry.At)}").Prepend($"gate '{gate.Gate}' of ring {gate.Ring}: {ReportJson.Name(gate.Verdict)}"),
        RolloutEvent.Finished { Outcome: var outcome } => [$"ended: {ReportJson.Name(outcome)}"],
        _ => EventText.Lines(state, entry.Event),
    };

    private static JsonObject ToJson(RolloutFolder folder, RecordedRollout rollout)
    {
        var json = HistoryCommand.ToJson(folder, rollout);
        json["head"] = rollout.Content.Head;
        json["entries"] = new JsonArray([.. rollout.Entries.Select(ToJson)]);
        return json;
    }

    private static JsonNode? ToJson(RolloutEntry entry)
    {
        var json = JsonNode.Parse(EntryJson.Write(entry));
        if (entry.Event is RolloutEvent.GateEvaluated gate)
        {
            foreach (var (found, written) in gate.Evidence.Zip(json!["event"]!["evidence"]!.AsArray()))
            {
                written!["ageSeconds"] = Math.Round((entry.At - found.ObservedAt).TotalSeconds, 3);
            }
        }

        return json;
    }
}
