using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>Consoles on the process's streams.</summary>
internal static class Consoles
{
    // Without a terminal there is no width to wrap at; what is printed must not depend on one.
    private const int NoWrapping = 10_000;

    /// <summary>A console on a stream: with colours and a live display in a terminal, plain and never wrapped otherwise.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="redirected">Whether it is no terminal.</param>
    public static IAnsiConsole For(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (plain)
        {
            console.Profile.Width = NoWrapping;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }

    /// <summary>Whether a console can show something that changes in place.</summary>
    public static bool IsLive(this IAnsiConsole console) =>
        console.Profile.Capabilities is { Interactive: true, Ansi: true };
}
