using System.Collections.Immutable;

namespace FogInfra.Clusters.Tools;

/// <summary>A command of a tool such as kind or docker: an argument list, never a line for a shell.</summary>
/// <param name="Tool">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ToolCommand(string Tool, ImmutableArray<string> Arguments)
{
    /// <summary>What it reads from its standard input; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>Changes of its environment; null takes a variable away.</summary>
    public ImmutableSortedDictionary<string, string?> Environment { get; init; } = ImmutableSortedDictionary<string, string?>.Empty;

    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it changes anything. Those that do not can be repeated at will.</summary>
    public bool Changes { get; init; }

    /// <summary>The command, marked so that <see cref="MarkedProcesses"/> finds it when this program was killed.</summary>
    public ToolCommand MarkedWith(string mark) => this with { Environment = Environment.SetItem(MarkedProcesses.Variable, mark) };

    /// <summary>The command line, for people.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Tool));

    /// <summary>A command that only looks.</summary>
    public static ToolCommand Look(string tool, params ImmutableArray<string> arguments) => new(tool, arguments);

    /// <summary>A command that changes something.</summary>
    public static ToolCommand Change(string tool, params ImmutableArray<string> arguments) =>
        new(tool, arguments) { Changes = true, Limit = TimeSpan.FromMinutes(2) };
}

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it wrote as errors.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether it succeeded.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The lines of its output.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Runs commands.</summary>
internal interface IToolRunner
{
    /// <summary>Runs a command to its end, whatever its exit code.</summary>
    /// <param name="command">The command.</param>
    /// <param name="onLine">Told each line that it writes as an error, which is where tools tell their progress; null for nobody.</param>
    /// <param name="cancellationToken">Ends the command, and all that it has started, before this returns.</param>
    /// <exception cref="ToolException">The program is missing, or took too long.</exception>
    Task<ToolResult> RunAsync(ToolCommand command, Action<string>? onLine, CancellationToken cancellationToken);
}

/// <summary>A command that could not be run or failed. The message has the tool's own last words and what to do next.</summary>
internal sealed class ToolException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The program is not on this machine.</summary>
    public bool IsMissing { get; init; }
}
