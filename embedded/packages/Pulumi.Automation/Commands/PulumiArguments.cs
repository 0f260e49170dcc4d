namespace Pulumi.Automation.Commands;

/// <summary>What every run of <c>pulumi</c> gets in addition.</summary>
internal static class PulumiArguments
{
    private const string NonInteractive = "--non-interactive";

    /// <summary>Adds that nobody answers questions, and where events go; before <c>--</c>, after which nothing is an option.</summary>
    public static IEnumerable<string> Complete(IList<string> arguments, string? eventLog)
    {
        var separator = arguments.IndexOf("--");
        var end = separator < 0 ? arguments.Count : separator;
        string[] nonInteractive = arguments.Contains(NonInteractive) ? [] : [NonInteractive];
        string[] events = eventLog is null ? [] : ["--event-log", eventLog];
        return [.. arguments.Take(end), .. nonInteractive, .. events, .. arguments.Skip(end)];
    }

    /// <summary>Adds what makes <c>pulumi</c> know the option <c>--event-log</c>, which it hides.</summary>
    public static IReadOnlyDictionary<string, string?> CompleteEnvironment(IDictionary<string, string?> variables, string? eventLog)
    {
        var complete = new Dictionary<string, string?>(variables);
        if (eventLog is not null)
        {
            complete["PULUMI_DEBUG_COMMANDS"] = "true";
        }

        return complete;
    }
}
