using System.CommandLine;
using FogInfra.Embedded.Engine.Deploying;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>The commands that run a deployment.</summary>
internal static class OperationCommands
{
    /// <summary><c>pulumi up</c>.</summary>
    public static Command Up(CommandContext context) =>
        Build(context, "up", "Create or update the resources in a stack", DeploymentKind.Update, false, "update");

    /// <summary><c>pulumi preview</c>.</summary>
    public static Command Preview(CommandContext context) =>
        Build(context, "preview", "Show a preview of updates to a stack's resources", DeploymentKind.Update, true, "pre");

    /// <summary><c>pulumi refresh</c>.</summary>
    public static Command Refresh(CommandContext context) =>
        Build(context, "refresh", "Refresh the resources in a stack", DeploymentKind.Refresh, false);

    /// <summary><c>pulumi destroy</c>.</summary>
    public static Command Destroy(CommandContext context) =>
        Build(context, "destroy", "Destroy all existing resources in the stack", DeploymentKind.Destroy, false, "down", "dn");

    private static Command Build(CommandContext context, string name, string description, DeploymentKind kind, bool isPreview, params string[] aliases)
    {
        var flags = new OperationFlags();
        var command = flags.ToCommand(name, description, kind, isPreview);
        Array.ForEach(aliases, command.Aliases.Add);
        command.SetAction(async (parse, _) =>
        {
            var request = flags.Read(parse, kind, isPreview);
            if (request is { PreviewOnly: false, Yes: false, SkipPreview: false })
            {
                throw new CommandException(
                    "--yes or --skip-preview must be passed in to proceed when running in non-interactive mode", ExitCode.WrongInvocation);
            }

            return await new Operation(context, request).RunAsync().ConfigureAwait(false);
        });
        return command;
    }
}
