using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Operators;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog why</c>: what a rollout, or a cluster in it, is waiting for.</summary>
internal static class WhyCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new RolloutOptions();
        var json = JsonOption.Create();
        var cluster = new Argument<string?>("CLUSTER") { Description = "A cluster of the rollout. Default: the rollout as a whole.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("why", "Say what a rollout, or a cluster in it, is waiting for, and what that is known from.") { cluster, json };
        options.AddTo(command);
        command.SetAction(arguments =>
        {
            if (options.Find(arguments, context) is not var (folder, rollout))
            {
                return ExitCode.Invalid;
            }

            var (state, now, name) = (rollout.State!, context.Time.GetUtcNow(), arguments.GetValue(cluster));
            var explanation = name is null
                ? Explanation.Of(rollout.Entries, state, folder.IsAlive, now)
                : Explanation.Of(name, rollout.Entries, state, folder.IsAlive, now);
            if (explanation is null)
            {
                context.WriteError($"Rollout {folder.Id} has no cluster '{name}'{Model.Documents.Suggestion.For(name!, state.Active.Clusters.Keys)}");
                return ExitCode.Invalid;
            }

            if (arguments.GetValue(json))
            {
                context.Out.WriteJson(new JsonObject
                {
                    ["rollout"] = folder.Id,
                    ["cluster"] = name,
                    ["cause"] = explanation.Cause,
                    ["evidence"] = Texts(explanation.Evidence),
                    ["next"] = Texts(explanation.Next),
                });
            }
            else
            {
                Write(context.Out.Profile.Out.Writer, folder.Id, explanation);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(TextWriter writer, string id, Explanation explanation)
    {
        writer.WriteLine($"Rollout {id}: {explanation.Cause}");
        foreach (var line in explanation.Evidence)
        {
            writer.WriteLine($"  {line}");
        }

        foreach (var command in explanation.Next)
        {
            writer.WriteLine($"next: {command}");
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
