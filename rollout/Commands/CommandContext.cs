using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>What commands need of the world around the process.</summary>
internal sealed record CommandContext
{
    /// <summary>Results go here, and nothing else when JSON is asked for.</summary>
    public required IAnsiConsole Out { get; init; }

    /// <summary>Progress and errors go here.</summary>
    public required IAnsiConsole Error { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The environment of the process.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>Cancelled when the user will not wait for what runs.</summary>
    public CancellationToken Abandon { get; init; }

    /// <summary>The real world.</summary>
    public static CommandContext OfProcess() => new()
    {
        Out = Consoles.For(Console.Out, Console.IsOutputRedirected),
        Error = Consoles.For(Console.Error, Console.IsErrorRedirected),
        Time = TimeProvider.System,
        Environment = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)(entry.Value ?? ""), StringComparer.Ordinal),
        CurrentDirectory = Directory.GetCurrentDirectory(),
    };

    /// <summary>Writes a line to standard error, in red where the terminal has colours.</summary>
    public void WriteError(string message) => Error.WriteLine(message, new Style(Color.Red));
}
