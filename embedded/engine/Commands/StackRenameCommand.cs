using System.CommandLine;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi stack rename</c>.</summary>
internal static class StackRenameCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(CommandContext context, Option<string?> stack)
    {
        var name = new Argument<string>("new-stack-name");
        var command = new Command("rename", "Rename an existing stack") { name };
        command.SetAction(async (parse, _) =>
        {
            var opened = await context.OpenStackAsync(parse.GetValue(stack)).ConfigureAwait(false);
            var project = opened.RequireProject();
            var renamed = StackName.Parse(parse.GetRequiredValue(name), project.Name);
            await using var held = await opened.LockAsync().ConfigureAwait(false);
            var snapshot = await opened.ReadSnapshotAsync().ConfigureAwait(false);
            var secrets = await opened.OpenSecretsAsync().ConfigureAwait(false);
            var files = await opened.Backend.CreateAsync(renamed, project.Name, context.Canceled).ConfigureAwait(false);
            if (snapshot is not null)
            {
                var rewritten = Rename(snapshot, opened.Name, renamed) with { SecretsProvider = secrets.State };
                var checkpoint = new SnapshotWriter(ValueJson.Encrypted(secrets)).ToCheckpoint(renamed.ToString(), rewritten);
                await files.WriteCheckpointAsync(checkpoint, context.Canceled).ConfigureAwait(false);
            }

            opened.Files.MoveTo(files);
            var settings = StackSettings.PathOf(project, opened.Name.Name);
            if (File.Exists(settings))
            {
                File.Move(settings, StackSettings.PathOf(project, renamed.Name), overwrite: true);
            }

            await context.SelectionOf(project, opened.Backend).WriteAsync(renamed, context.Canceled).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"Renamed {opened.DisplayName} to {renamed.ToDisplay(project.Name)}").ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    // Every URN holds the stack's name, and the root resource has it in its own name, too.
    private static Snapshot Rename(Snapshot snapshot, StackName from, StackName to)
    {
        Urn RenameUrn(Urn urn) => urn.Stack != from.Name || urn.Project != from.Project ? urn : Urn.Parse(
            $"urn:pulumi:{to.Name}::{to.Project}::{urn.QualifiedType}::"
            + (urn.Type == Urn.StackType ? $"{to.Project}-{to.Name}" : urn.Name));
        ResourceState RenameResource(ResourceState resource) => resource.MapReferences(RenameUrn) with { Urn = RenameUrn(resource.Urn) };
        return snapshot with
        {
            Resources = [.. snapshot.Resources.Select(RenameResource)],
            PendingOperations = [.. snapshot.PendingOperations.Select(operation => operation with { Resource = RenameResource(operation.Resource) })],
        };
    }
}
