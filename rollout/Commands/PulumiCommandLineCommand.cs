using System.CommandLine;
using FogInfra.Embedded.Engine;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog pulumi …</c>: the embedded engine's own command line.</summary>
internal static class PulumiCommandLineCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "pulumi";

    /// <summary>The command as help shows it. What follows it is not for this parser: see <see cref="RunAsync"/>.</summary>
    public static Command Create(CommandContext context)
    {
        var arguments = new Argument<string[]>("arguments") { Description = "What the pulumi command line takes." };
        var command = new Command(Name, "The embedded engine's own command line: that of the pulumi CLI.") { arguments };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(arguments) ?? [], context, cancellationToken));
        return command;
    }

    /// <summary>Runs the engine's command line as it is.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CommandContext context, CancellationToken cancellationToken) =>
        EmbeddedPulumiCommand.CommandLine(context.Time).RunAsync(
            new CommandInvocation
            {
                Arguments = [.. arguments],
                WorkingDirectory = context.CurrentDirectory,
                Environment = context.Environment,
                StandardInput = Console.IsInputRedirected ? Console.In : TextReader.Null,
                StandardOutput = context.Out.Profile.Out.Writer,
                StandardError = context.Error.Profile.Out.Writer,
                Terminal = TerminalOf(context.Out),
                Abandon = context.Abandon,
            },
            cancellationToken);

    private static Terminal? TerminalOf(IAnsiConsole console) => console.IsLive()
        ? new Terminal { Size = () => (console.Profile.Width, console.Profile.Height), HasColor = console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors }
        : null;
}
