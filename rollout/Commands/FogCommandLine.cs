using System.CommandLine;

namespace FogInfra.Rollout.Commands;

/// <summary>The <c>fog</c> command line.</summary>
internal static class FogCommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandContext context, CancellationToken cancellationToken)
    {
        // The engine's options are its own: --help among them.
        if (arguments is [PulumiCommandLineCommand.Name, ..])
        {
            return await PulumiCommandLineCommand.RunAsync([.. arguments.Skip(1)], context, cancellationToken).ConfigureAwait(false);
        }

        var root = new RootCommand("Takes applications through a fleet of cloud, fog and edge clusters, ring by ring.")
        {
            UpCommand.Create(context),
            PlanCommand.Create(context),
            PreviewCommand.Create(context),
            SimulateCommand.Create(context),
            CatchUpCommand.Create(context),
            StatusCommand.Create(context),
            HistoryCommand.Create(context),
            DriftCommand.Create(context),
            WatchCommand.Create(context),
            WhyCommand.Create(context),
            DownCommand.Create(context),
            ClusterCommand.Create(context),
            FleetCommand.Create(context),
            PulumiCommandLineCommand.Create(context),
        };
        foreach (var command in OperatorCommands.Create(context))
        {
            root.Add(command);
        }

        var parsed = root.Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = context.Out.Profile.Out.Writer,
            Error = context.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // The process decides what ctrl-C means.
        };
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
            return ExitCode.Invalid;
        }

        return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }
}
