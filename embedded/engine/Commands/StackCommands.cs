using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi stack</c>: the life of stacks.</summary>
internal static class StackCommands
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Build(CommandContext context)
    {
        var stack = StackOption(recursive: true);
        var showUrns = new Option<bool>("--show-urns", "-u") { Description = "Display each resource's Pulumi-assigned globally unique URN" };
        var showIds = new Option<bool>("--show-ids", "-i") { Description = "Display each resource's provider-assigned unique ID" };
        var showName = new Option<bool>("--show-name") { Description = "Display only the stack name" };
        var command = new Command("stack", "Manage stacks and view stack state")
        {
            stack, showUrns, showIds, showName,
            Init(context, stack),
            Select(context, stack),
            List(context),
            Remove(context, stack),
            StackStateCommands.Output(context, stack),
            StackStateCommands.Export(context, stack),
            StackStateCommands.Import(context, stack),
            StackHistoryCommand.Build(context, stack),
            StackTagCommands.Build(context, stack),
            StackRenameCommand.Build(context, stack),
            StackSecretsCommand.Build(context, stack),
        };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(stack)).ConfigureAwait(false);
            await (parse.GetValue(showName)
                ? context.Out.WriteLineAsync(opened.DisplayName)
                : StackDescription.WriteAsync(context, opened, parse.GetValue(showUrns), parse.GetValue(showIds))).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The option that names a stack.</summary>
    public static Option<string?> StackOption(bool recursive = false) =>
        new("--stack", "-s") { Description = "The name of the stack to operate on. Defaults to the current stack", Recursive = recursive };

    private static Command Init(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string?>("stack-name") { Arity = ArgumentArity.ZeroOrOne };
        var provider = new Option<string>("--secrets-provider") { DefaultValueFactory = _ => "default", Description = "The type of the provider that encrypts secrets: default or passphrase" };
        var noSelect = new Option<bool>("--no-select") { Description = "Do not select the stack" };
        var copyFrom = new Option<string?>("--copy-config-from") { Description = "The name of the stack to copy existing config from" };
        var command = new Command("init", "Create an empty stack with the given name, ready for updates") { name, provider, noSelect, copyFrom };
        command.SetAction(async (parse, _) =>
        {
            var project = await context.RequireProjectAsync().ConfigureAwait(false);
            var backend = await context.OpenBackendAsync(project).ConfigureAwait(false);
            var given = parse.GetValue(name) ?? parse.GetValue(stack) ?? throw new CommandException("missing stack name", ExitCode.WrongInvocation);
            if (parse.GetValue(provider) is not ("default" or "" or PassphraseSecrets.ProviderType))
            {
                throw new CommandException($"unknown secrets provider type '{parse.GetValue(provider)}' (supported values: default, passphrase)");
            }

            var files = backend.FilesOf(StackName.Parse(given, project.Name));
            await using var held = await StackLock.AcquireAsync(files, context.Options.Clock, context.Canceled).ConfigureAwait(false);
            await backend.CreateAsync(files.Name, project.Name, context.Canceled).ConfigureAwait(false);
            var opened = new OpenedStack(context, backend, files, project, null);
            try
            {
                await opened.OpenSecretsAsync().ConfigureAwait(false);
            }
            catch (SecretsException)
            {
                files.Remove(removeBackups: true); // Without a passphrase there is no stack.
                throw;
            }

            await context.Out.WriteLineAsync($"Created stack '{opened.DisplayName}'").ConfigureAwait(false);
            if (parse.GetValue(copyFrom) is { Length: > 0 } source)
            {
                await CopyConfigAsync(await context.OpenStackAsync(source).ConfigureAwait(false), opened).ConfigureAwait(false);
            }

            if (!parse.GetValue(noSelect))
            {
                await context.SelectionOf(project, backend).WriteAsync(files.Name, context.Canceled).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task CopyConfigAsync(OpenedStack from, OpenedStack to)
    {
        var (source, target) = (await from.ReadSettingsAsync().ConfigureAwait(false), await to.ReadSettingsAsync().ConfigureAwait(false));
        var reader = await from.FindSecretsAsync(source).ConfigureAwait(false);
        var writer = await to.OpenSecretsAsync().ConfigureAwait(false);
        var config = reader is null
            ? target.Config.SetItems(source.Config)
            : target.Config.SetItems(source.Config.Select(item => KeyValuePair.Create(item.Key, item.Value.Reencrypt(reader, writer))));
        await to.WriteSettingsAsync(target with { Config = config }).ConfigureAwait(false);
    }

    private static Command Select(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string?>("stack") { Arity = ArgumentArity.ZeroOrOne };
        var create = new Option<bool>("--create", "-c") { Description = "If selected stack does not exist, create it" };
        var command = new Command("select", "Switch the current workspace to the given stack") { name, create };
        command.SetAction(async (parse, _) =>
        {
            var project = await context.RequireProjectAsync().ConfigureAwait(false);
            var backend = await context.OpenBackendAsync(project).ConfigureAwait(false);
            var given = parse.GetValue(name) ?? parse.GetValue(stack) ?? throw new CommandException(
                "no stack was named; in non-interactive mode a stack must be given", ExitCode.WrongInvocation);
            var wanted = StackName.Parse(given, project.Name);
            if (parse.GetValue(create) && !backend.FilesOf(wanted).Exists)
            {
                await backend.CreateAsync(wanted, project.Name, context.Canceled).ConfigureAwait(false);
                await new OpenedStack(context, backend, backend.FilesOf(wanted), project, null).OpenSecretsAsync().ConfigureAwait(false);
            }

            var files = backend.Require(wanted, project.Name);
            await context.SelectionOf(project, backend).WriteAsync(files.Name, context.Canceled).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command List(CommandContext context)
    {
        var json = new Option<bool>("--json", "-j") { Description = "Emit output as JSON" };
        var all = new Option<bool>("--all", "-a") { Description = "List all stacks instead of just stacks for the current project" };
        var owner = new Option<string?>("--project", "-p") { Description = "Filter returned stacks to those with a specific project name" };
        var command = new Command("ls", "List stacks") { json, all, owner };
        command.Aliases.Add("list");
        command.SetAction(async (parse, _) =>
        {
            var project = await context.FindProjectAsync().ConfigureAwait(false);
            var backend = await context.OpenBackendAsync(project).ConfigureAwait(false);
            var filter = parse.GetValue(all) ? null : parse.GetValue(owner) ?? project?.Name;
            var current = project is null ? null : await context.SelectionOf(project, backend).ReadAsync(context.Canceled).ConfigureAwait(false);
            var rows = new List<StackRow>();
            foreach (var name in backend.List(filter))
            {
                var opened = new OpenedStack(context, backend, backend.FilesOf(name), project, null);
                var deployment = await opened.ReadDeploymentAsync().ConfigureAwait(false);
                rows.Add(new StackRow(
                    opened.DisplayName,
                    current is not null && StackName.Parse(current, project?.Name) == name,
                    deployment is { } state ? SnapshotReader.ReadTime(state) : null,
                    deployment is { } counted ? SnapshotReader.CountResources(counted) : null));
            }

            await (parse.GetValue(json) ? WriteJsonAsync(context, rows) : WriteTableAsync(context, rows)).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private sealed record StackRow(string Name, bool IsCurrent, DateTimeOffset? LastUpdate, int? ResourceCount);

    private static Task WriteJsonAsync(CommandContext context, IEnumerable<StackRow> rows) => context.Out.WriteLineAsync(CommandJson.ToText(
        new JsonArray([.. rows.Select(row =>
        {
            var json = new JsonObject { ["name"] = row.Name, ["current"] = row.IsCurrent };
            if (row.LastUpdate is { } time)
            {
                json["lastUpdate"] = CommandJson.ToText(time);
            }

            if (row.ResourceCount is { } count)
            {
                json["resourceCount"] = count;
            }

            return (JsonNode)json;
        })])));

    private static Task WriteTableAsync(CommandContext context, IEnumerable<StackRow> rows) => new TextTable("NAME", "LAST UPDATE", "RESOURCE COUNT")
        .WriteAsync(context.Out, rows.Select(row => new[]
        {
            row.Name + (row.IsCurrent ? "*" : ""),
            row.LastUpdate is { } time ? CommandJson.ToText(time) : "n/a",
            row.ResourceCount?.ToString(CultureInfo.InvariantCulture) ?? "n/a",
        }));

    private static Command Remove(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string?>("stack-name") { Arity = ArgumentArity.ZeroOrOne };
        var yes = new Option<bool>("--yes", "-y") { Description = "Skip confirmation prompts, and proceed with removal anyway" };
        var force = new Option<bool>("--force", "-f") { Description = "Forces deletion of the stack, leaving behind any resources managed by the stack" };
        var preserve = new Option<bool>("--preserve-config") { Description = "Do not delete the corresponding Pulumi.<stack-name>.yaml configuration file" };
        var backups = new Option<bool>("--remove-backups") { Description = "Additionally remove backups of the stack" };
        var command = new Command("rm", "Remove a stack and its configuration") { name, yes, force, preserve, backups };
        command.Aliases.Add("remove");
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(name) ?? parse.GetValue(stack)).ConfigureAwait(false);
            if (!parse.GetValue(yes))
            {
                throw new CommandException("non-interactive mode requires --yes flag", ExitCode.WrongInvocation);
            }

            await using var held = await opened.LockAsync().ConfigureAwait(false);
            var snapshot = await opened.ReadMaskedSnapshotAsync().ConfigureAwait(false);
            if (!parse.GetValue(force) && (snapshot?.Resources.Any(resource => !resource.IsStack) ?? false))
            {
                throw new CommandException(
                    $"'{opened.DisplayName}' still has resources; removal rejected. Possible actions:\n"
                    + "- Make sure that the stack is the one you want to remove\n- Run `pulumi destroy` to delete the resources, then run `pulumi stack rm`\n"
                    + "- Run `pulumi stack rm --force` to override this error\n(refusing to remove stack because it still contains resources)");
            }

            opened.Files.Remove(parse.GetValue(backups));
            await ForgetAsync(context, opened, parse.GetValue(preserve)).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"Stack '{opened.DisplayName}' has been removed!").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task ForgetAsync(CommandContext context, OpenedStack opened, bool preserveConfig)
    {
        if (opened.Project is not { } project || project.Name != opened.Name.Project)
        {
            return;
        }

        if (!preserveConfig)
        {
            File.Delete(StackSettings.PathOf(project, opened.Name.Name));
        }

        var selection = context.SelectionOf(project, opened.Backend);
        if (await selection.ReadAsync(context.Canceled).ConfigureAwait(false) is { } selected && StackName.Parse(selected, project.Name) == opened.Name)
        {
            await selection.WriteAsync(null, context.Canceled).ConfigureAwait(false);
        }
    }
}
