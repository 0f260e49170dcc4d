using System.CommandLine;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>Flags of operations that clients pass and that make no difference here, and those that this engine must refuse.</summary>
internal static class UnusedOperationFlags
{
    private static readonly string[] IgnoredFlags =
    [
        "--show-config", "--show-replacement-steps", "--show-full-output", "--suppress-permalink", "--suppress-progress", "--suppress-stream-logs",
        "--urns", "--skip-plugin-pre-install", "--import-pending-creates-interactively", "--skip-pending-creates", "--show-reads", "--strict", "--neo", "--copilot",
    ];

    private static readonly string[] IgnoredTexts = ["--exec-agent", "--secrets-provider", "--config-env"];

    private static readonly Dictionary<string, string> Unsupported = new(StringComparer.Ordinal)
    {
        ["--plan"] = "update plans",
        ["--save-plan"] = "update plans",
        ["--policy-pack"] = "policy packs",
        ["--policy-pack-config"] = "policy packs",
        ["--policy-pack-configs"] = "policy packs",
        ["--import-file"] = "import files",
        ["--attach-debugger"] = "debuggers",
        ["--import-pending-creates"] = "imports of pending creates",
    };

    /// <summary>The flags, made anew for one command.</summary>
    public static IEnumerable<Option> Create() =>
    [
        .. IgnoredFlags.Select(name => new Option<bool>(name) { Hidden = true }),
        .. IgnoredTexts.Select(name => new Option<string?>(name) { Hidden = true }),
        .. Unsupported.Keys.Select(name => new Option<string[]>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrMore }),
    ];

    /// <summary>Refuses what this engine does not have.</summary>
    /// <exception cref="CommandException">A flag asks for it.</exception>
    public static void ThrowIfUnsupported(ParseResult parse)
    {
        foreach (var (flag, what) in Unsupported)
        {
            if (parse.GetResult(flag) is not null)
            {
                throw new CommandException($"{flag}: {what} are not supported by this engine", ExitCode.WrongInvocation);
            }
        }
    }
}
