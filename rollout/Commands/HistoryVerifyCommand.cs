using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog history verify</c>: whether journals are as they were written, and where not.</summary>
internal static class HistoryVerifyCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new RolloutOptions();
        var json = JsonOption.Create();
        var id = new Argument<string?>("ID") { Description = "The rollout. Default: all.", Arity = ArgumentArity.ZeroOrOne };
        var head = new Option<string?>("--head")
        {
            Description = "The hash of the last entry, as it was printed before and kept elsewhere: shows also whether entries were cut off at the end. Needs ID.",
            HelpName = "SHA256",
        };
        var command = new Command("verify", "Check the hash chains of journals, and say where one breaks.") { id, head, json };
        options.Fleet.AddFleetTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(head) is not null && result.GetValue(id) is null)
            {
                result.AddError("--head needs the ID of the rollout that it is the hash of.");
            }
        });
        command.SetAction(arguments =>
        {
            if (options.Journals(arguments, context) is not { } journals)
            {
                return ExitCode.Invalid;
            }

            var wanted = arguments.GetValue(id);
            var checks = RolloutFolder.List(journals).Where(folder => wanted is null || folder.Id == wanted).Select(folder => Check(folder, arguments.GetValue(head))).ToList();
            if (wanted is not null && checks.Count == 0)
            {
                context.WriteError($"There is no rollout '{wanted}'.");
                return ExitCode.Invalid;
            }

            Write(context, checks, arguments.GetValue(json));
            return checks.TrueForAll(check => check.Fault is null) ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static (string Id, JournalContent Content, string? Fault) Check(RolloutFolder folder, string? head)
    {
        var content = folder.Read().Content;
        return (folder.Id, content, content.Fault is { } fault ? $"broken at line {fault.Line}: {fault.Reason}"
            : head is not null && head != content.Head ? $"whole, but it does not end with {head}"
            : null);
    }

    private static void Write(CommandContext context, IReadOnlyList<(string Id, JournalContent Content, string? Fault)> checks, bool json)
    {
        if (json)
        {
            context.Out.WriteJson(new JsonArray([.. checks.Select(check => new JsonObject
            {
                ["id"] = check.Id,
                ["whole"] = check.Fault is null,
                ["entries"] = check.Content.Entries.Count,
                ["head"] = check.Content.Head,
                ["torn"] = check.Content.Torn,
                ["line"] = check.Content.Fault?.Line,
                ["reason"] = check.Fault,
            })]));
            return;
        }

        var columns = new TextColumns("ID", "ENTRIES", "JOURNAL", "HEAD");
        foreach (var (id, content, fault) in checks)
        {
            columns.Add(id, $"{content.Entries.Count}", fault ?? (content.Torn ? "whole, last line not written to its end" : "whole"), content.Head);
        }

        columns.Write(context.Out);
    }
}
