using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Provider.Plugins;

/// <summary>The process of a plugin, which says on its first line where it listens.</summary>
internal sealed partial class PluginProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MomentOfEnding = TimeSpan.FromSeconds(2);

    private readonly ChildProcess _process;

    private PluginProcess(ChildProcess process, int port)
    {
        _process = process;
        Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>It has ended.</summary>
    public bool HasExited => _process.Exited.IsCompleted;

    /// <summary>Whether it has ended, or does within a moment: a connection breaks a little before the end is seen.</summary>
    public async Task<bool> HasEndedSoonAsync()
    {
        try
        {
            await _process.Exited.WaitAsync(MomentOfEnding).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Starts a plugin and waits until it listens.</summary>
    /// <exception cref="ProviderException">It cannot be started, or does not say where it listens.</exception>
    public static async Task<PluginProcess> StartAsync(ProcessCommand command, Action<string, bool> onOutput, CancellationToken cancellationToken)
    {
        var firstLine = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new ConcurrentQueue<string>();
        ChildProcess process;
        try
        {
            process = ChildProcess.Start(
                command,
                line =>
                {
                    if (!firstLine.TrySetResult(line))
                    {
                        onOutput(line, false);
                    }
                },
                line =>
                {
                    errors.Enqueue(line);
                    onOutput(line, true);
                });
        }
        catch (ChildProcessException exception)
        {
            throw new ProviderException(exception.Message, exception);
        }

        try
        {
            var first = await Task.WhenAny(firstLine.Task, process.Exited).WaitAsync(StartTimeout, cancellationToken).ConfigureAwait(false);
            if (first == firstLine.Task && TryParsePort(await firstLine.Task.ConfigureAwait(false), out var port))
            {
                return new PluginProcess(process, port);
            }

            throw new ProviderException(
                $"the plugin '{command.File}' did not say where it listens; expected a port number as the first line of its output"
                + string.Concat(errors.TakeLast(20).Select(line => $"\n  {line}")));
        }
        catch (TimeoutException exception)
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw new ProviderException($"the plugin '{command.File}' did not say within {StartTimeout.TotalSeconds} s where it listens", exception);
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false); // Whatever went wrong, no process may stay behind.
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // Some plugins send progress marks for the terminal before the number.
    private static bool TryParsePort(string line, out int port) =>
        int.TryParse(TerminalEscapes().Replace(line, "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port);

    [GeneratedRegex("\\x1b\\][^\\x07\\x1b]*(\\x07|\\x1b\\\\)|\\x1b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex TerminalEscapes();
}
