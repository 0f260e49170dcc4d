namespace FogInfra.Clusters.Tools;

/// <summary>
/// Lets those share one run of a command that ask for it while it runs: what one process of docker says about all clusters need not be
/// asked once for each. Only commands that change nothing are shared, and never over a change that was made here.
/// </summary>
/// <param name="tools">What runs the commands.</param>
internal sealed class SharedLooks(IToolRunner tools) : IToolRunner
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Command, CancellationToken Cancellation), Task<ToolResult>> _running = [];

    /// <inheritdoc/>
    public async Task<ToolResult> RunAsync(ToolCommand command, Action<string>? onLine, CancellationToken cancellationToken)
    {
        if (!command.Changes)
        {
            var canShare = onLine is null && command is { Input: null, Environment.IsEmpty: true };
            return await (canShare ? Share(command, cancellationToken) : tools.RunAsync(command, onLine, cancellationToken)).ConfigureAwait(false);
        }

        Forget();
        try
        {
            return await tools.RunAsync(command, onLine, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget();
        }
    }

    // Whoever may cancel a command shares it with those only whom the same would cancel.
    private Task<ToolResult> Share(ToolCommand command, CancellationToken cancellationToken)
    {
        var key = (string.Join('\0', command.Arguments.Prepend(command.Tool)), cancellationToken);
        lock (_lock)
        {
            if (_running.TryGetValue(key, out var running) && !running.IsCompleted)
            {
                return running;
            }

            return _running[key] = tools.RunAsync(command, null, cancellationToken);
        }
    }

    private void Forget()
    {
        lock (_lock)
        {
            _running.Clear();
        }
    }
}
