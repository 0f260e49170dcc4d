namespace Pulumi;

/// <summary>What the engine tells a program that it starts: environment variables.</summary>
/// <param name="MonitorAddress">Where resources are registered.</param>
/// <param name="EngineAddress">Where messages go.</param>
/// <param name="Settings">What runs.</param>
internal sealed record EngineEnvironment(string MonitorAddress, string EngineAddress, ProgramSettings Settings)
{
    /// <summary>Reads the variables.</summary>
    /// <exception cref="InvalidOperationException">Some are missing or malformed; the message names them all.</exception>
    public static EngineEnvironment Read()
    {
        var faulty = new List<string>();
        var result = new EngineEnvironment(
            Require("PULUMI_MONITOR"),
            Require("PULUMI_ENGINE"),
            new ProgramSettings
            {
                Project = Require("PULUMI_PROJECT"),
                Stack = Require("PULUMI_STACK"),
                Organization = Find("PULUMI_ORGANIZATION") ?? "organization",
                RootDirectory = Find("PULUMI_ROOT_DIRECTORY"),
                IsDryRun = bool.TryParse(Require("PULUMI_DRY_RUN", text => bool.TryParse(text, out _)), out var isDryRun) && isDryRun,
                Config = ProgramConfig.FromEnvironment(),
            });
        // Not used, but an engine that sets them wrongly speaks another protocol.
        Require("PULUMI_QUERY_MODE", text => bool.TryParse(text, out _));
        Require("PULUMI_PARALLEL", text => int.TryParse(text, out _));
        return faulty.Count == 0
            ? result
            : throw new InvalidOperationException(
                "This program has to be started by Pulumi: run `pulumi up` or `pulumi preview` in its folder. "
                + $"These environment variables are missing or wrong: {string.Join(", ", faulty)}.");

        string Require(string variable, Func<string, bool>? isValid = null)
        {
            if (Find(variable) is { } value && (isValid is null || isValid(value)))
            {
                return value;
            }

            faulty.Add(variable);
            return "";
        }
    }

    private static string? Find(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
