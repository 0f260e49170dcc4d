namespace FogInfra.Clusters.Tools;

/// <summary>What most callers want of a command.</summary>
internal static class ToolRunnerExtensions
{
    private const int LastWords = 4;

    /// <summary>Runs a command that must succeed.</summary>
    /// <exception cref="ToolException">It failed; the message has its last words.</exception>
    public static async Task<ToolResult> RequireAsync(
        this IToolRunner runner, ToolCommand command, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync(command, onLine, cancellationToken).ConfigureAwait(false);
        return result.Succeeded ? result : throw Failure(command, result);
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <exception cref="ToolException">It failed; the message has its last words.</exception>
    public static Task<ToolResult> RequireAsync(this IToolRunner runner, ToolCommand command, CancellationToken cancellationToken) =>
        runner.RequireAsync(command, onLine: null, cancellationToken);

    /// <summary>The failure of a command.</summary>
    public static ToolException Failure(ToolCommand command, ToolResult result) =>
        new($"'{command}' failed with exit code {result.ExitCode}: {Words(result)}");

    // Tools tell on both streams why they fail; the last lines are those that matter.
    private static string Words(ToolResult result)
    {
        var lines = (result.Error.Length > 0 ? result.Error : result.Output)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "it said nothing" : string.Join("; ", lines.TakeLast(LastWords));
    }
}
