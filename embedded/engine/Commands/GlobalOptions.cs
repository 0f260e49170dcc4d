using System.CommandLine;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>The options that every command has. Those that this engine has no use for are accepted and do nothing.</summary>
internal sealed class GlobalOptions
{
    /// <summary>The folder to run in.</summary>
    public Option<string?> Directory { get; } = new("--cwd", "-C") { Description = "Run pulumi as if it had been started in another directory", Recursive = true };

    /// <summary>States are used although they break the rules.</summary>
    public Option<bool> NoIntegrityChecks { get; } = new("--disable-integrity-checking")
    {
        Description = "Disable integrity checking of checkpoint files", Recursive = true,
    };

    /// <summary>There is nobody who watches.</summary>
    public Option<bool> NonInteractive { get; } = new("--non-interactive") { Description = "Disable interactive mode for all commands", Recursive = true };

    /// <summary>Whether there are colours.</summary>
    public Option<string?> Color { get; } = new("--color") { Description = "Colorize output: always, never, raw, auto", Recursive = true };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
    [
        Directory,
        NoIntegrityChecks,
        NonInteractive,
        Color,
        new Option<bool>("--emoji", "-e") { Description = "Enable emojis in the output", Recursive = true },
        new Option<bool>("--fully-qualify-stack-names") { Description = "Show fully-qualified stack names", Recursive = true },
        new Option<bool>("--logflow") { Description = "Flow log settings to child processes", Recursive = true },
        new Option<bool>("--logtostderr") { Description = "Log to stderr instead of to files", Recursive = true },
        new Option<int>("--verbose", "-v") { Description = "Enable verbose logging", Recursive = true },
        new Option<string>("--tracing") { Description = "Emit tracing to the specified endpoint", Recursive = true },
        new Option<string>("--profiling") { Description = "Emit CPU and memory profiles", Recursive = true },
        new Option<int>("--memprofilerate") { Description = "Enable more precise memory allocation profiles", Recursive = true },
    ];
}
