using System.CommandLine;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree for one run of the command line.</summary>
    public static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand("Infrastructure as code: runs Pulumi programs and keeps the state of stacks.")
        {
            InfoCommands.Version(context),
            InfoCommands.WhoAmI(context),
            LoginCommands.Login(context),
            LoginCommands.Logout(context),
            InfoCommands.About(context),
            PluginCommands.Build(context),
            StackCommands.Build(context),
            ConfigCommands.Build(context),
            OperationCommands.Up(context),
            OperationCommands.Preview(context),
            OperationCommands.Refresh(context),
            OperationCommands.Destroy(context),
            ImportCommand.Build(context),
            StateCommands.Build(context),
            CancelCommand.Build(context),
        };
        root.HelpName = "pulumi";
        root.Directives.Clear(); // A stack or value in brackets is no directive.
        foreach (var option in context.GlobalOptions.All)
        {
            root.Add(option);
        }

        return root;
    }
}
