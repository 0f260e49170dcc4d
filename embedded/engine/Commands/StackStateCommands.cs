using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi stack output</c>, <c>export</c> and <c>import</c>: what is in a stack's state.</summary>
internal static class StackStateCommands
{
    /// <summary><c>pulumi stack output</c>.</summary>
    public static Command Output(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string?>("property-name") { Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var show = new Option<bool>("--show-secrets") { Description = "Display outputs which are marked as secret in plaintext" };
        var command = new Command("output", "Show a stack's output properties") { name, json, show };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(stack)).ConfigureAwait(false);
            var showSecrets = parse.GetValue(show);
            var snapshot = await (showSecrets ? opened.ReadSnapshotAsync() : opened.ReadMaskedSnapshotAsync()).ConfigureAwait(false);
            var outputs = snapshot?.Root?.Outputs ?? PropertyMap.Empty;
            if (parse.GetValue(name) is { Length: > 0 } wanted)
            {
                var value = outputs[wanted] ?? throw new CommandException($"current stack does not have output property '{wanted}'");
                await context.Out.WriteLineAsync(parse.GetValue(json)
                    ? CommandJson.ToText(OutputText.ToJson(PropertyMap.Of((wanted, value)), showSecrets)[wanted] ?? JsonValue.Create((string?)null)!)
                    : OutputText.ToText(value, showSecrets)).ConfigureAwait(false);
                return ExitCode.Success;
            }

            await (parse.GetValue(json)
                ? context.Out.WriteLineAsync(CommandJson.ToText(OutputText.ToJson(outputs, showSecrets)))
                : OutputText.WriteAllAsync(context.Out, outputs, showSecrets)).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary><c>pulumi stack export</c>.</summary>
    public static Command Export(CommandContext context, Option<string?> stack)
    {
        var file = new Option<string?>("--file") { Description = "A filename to write stack output to" };
        var show = new Option<bool>("--show-secrets") { Description = "Emit secrets in plaintext in exported stack" };
        var command = new Command("export", "Export a stack's deployment to standard out") { file, show };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(stack)).ConfigureAwait(false);
            var text = parse.GetValue(show)
                ? new SnapshotWriter(ValueJson.Shown).ToExport(await ReadOrEmptyAsync(context, opened).ConfigureAwait(false))
                : await ToEncryptedExportAsync(context, opened).ConfigureAwait(false);
            if (parse.GetValue(file) is { Length: > 0 } path)
            {
                await AtomicFile.WriteAsync(
                    Path.GetFullPath(path, context.WorkingDirectory), Encoding.UTF8.GetBytes(text + "\n"), context.Canceled).ConfigureAwait(false);
            }
            else
            {
                await context.Out.WriteLineAsync(text).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary><c>pulumi stack import</c>.</summary>
    public static Command Import(CommandContext context, Option<string?> stack)
    {
        var file = new Option<string?>("--file") { Description = "A filename to read stack input from" };
        var force = new Option<bool>("--force", "-f") { Description = "Force the import to occur, even if apparent errors are discovered beforehand" };
        var command = new Command("import", "Import a deployment from standard in into an existing stack") { file, force };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(stack)).ConfigureAwait(false);
            var content = parse.GetValue(file) is { Length: > 0 } path
                ? await File.ReadAllBytesAsync(Path.GetFullPath(path, context.WorkingDirectory), context.Canceled).ConfigureAwait(false)
                : Encoding.UTF8.GetBytes(await context.Invocation.StandardInput.ReadToEndAsync(context.Canceled).ConfigureAwait(false));
            await using var held = await opened.LockAsync().ConfigureAwait(false);
            var snapshot = await opened.ReadUncheckedAsync(SnapshotReader.OpenExport(content)).ConfigureAwait(false);
            var doubts = DoubtsOf(snapshot, opened.Name, context.ChecksIntegrity).ToArray();
            foreach (var doubt in doubts)
            {
                await context.WarnAsync(doubt).ConfigureAwait(false);
            }

            if (doubts.Length > 0 && !parse.GetValue(force))
            {
                throw new CommandException("importing this file could be dangerous; rerun with --force to proceed anyway");
            }

            // Whoever imports a state vouches for it, so nothing in it is under way any more.
            foreach (var operation in snapshot.PendingOperations)
            {
                await context.WarnAsync($"removing pending operation '{OperationKindText.Of(operation.Kind)}' on '{operation.Resource.Urn}'").ConfigureAwait(false);
            }

            await opened.WriteSnapshotAsync(snapshot with { PendingOperations = [] }).ConfigureAwait(false);
            await context.Out.WriteLineAsync("Import complete.").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<string> DoubtsOf(Snapshot snapshot, StackName stack, bool checksIntegrity)
    {
        foreach (var urn in snapshot.Resources.Select(resource => resource.Urn))
        {
            if (urn.Stack != stack.Name)
            {
                yield return $"resource '{urn}' is from a different stack ({urn.Stack} != {stack.Name})";
            }
            else if (urn.Project != stack.Project)
            {
                yield return $"resource '{urn}' is from a different project ({urn.Project} != {stack.Project})";
            }
        }

        foreach (var problem in checksIntegrity ? SnapshotIntegrity.Check(snapshot) : [])
        {
            yield return $"the state breaks a rule: {problem}";
        }
    }

    // As it lies in the file, so that no passphrase is needed.
    private static async Task<string> ToEncryptedExportAsync(CommandContext context, OpenedStack opened)
    {
        if (opened.Files.HasJournal)
        {
            var secrets = await opened.OpenSecretsAsync().ConfigureAwait(false);
            var current = await ReadOrEmptyAsync(context, opened).ConfigureAwait(false);
            return new SnapshotWriter(ValueJson.Encrypted(secrets)).ToExport(current with { SecretsProvider = secrets.State });
        }

        if (await opened.ReadDeploymentAsync().ConfigureAwait(false) is not { } deployment)
        {
            return new SnapshotWriter(ValueJson.Masked).ToExport(Empty(context));
        }

        var snapshot = await opened.ReadMaskedSnapshotAsync().ConfigureAwait(false);
        var features = SnapshotFeatures.UsedBy(snapshot);
        var json = new JsonObject { ["version"] = features.Count == 0 ? 3 : 4 };
        if (features.Count > 0)
        {
            json["features"] = JsonSerializer.SerializeToNode(features);
        }

        json["deployment"] = JsonObject.Create(deployment);
        return CommandJson.ToWideText(json);
    }

    private static async Task<Snapshot> ReadOrEmptyAsync(CommandContext context, OpenedStack opened) =>
        await opened.ReadSnapshotAsync().ConfigureAwait(false) ?? Empty(context);

    private static Snapshot Empty(CommandContext context) => new() { Manifest = Manifest.Create(context.Options.Clock.GetUtcNow(), context.Options.Version) };
}
