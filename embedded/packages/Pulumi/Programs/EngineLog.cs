namespace Pulumi;

/// <summary>The messages of a program to the engine, in the order in which they were written.</summary>
internal sealed class EngineLog(IEngine engine, PendingWork work)
{
    private readonly Lock _lock = new();
    private readonly List<Task> _waiting = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _last = Task.CompletedTask;
    private volatile bool _hasErrors;

    /// <summary>Whether an error was written. The program has failed then, even if it goes on.</summary>
    public bool HasErrors => _hasErrors;

    /// <summary>Writes a message.</summary>
    /// <param name="severity">How grave it is.</param>
    /// <param name="message">The text.</param>
    /// <param name="resource">The resource that it is about; the message waits for its URN.</param>
    /// <param name="streamId">Groups messages; 0 is none.</param>
    /// <param name="ephemeral">Whether it is for a live display only.</param>
    /// <returns>Ends when the engine has it; fails with a <see cref="LogException"/>.</returns>
    public Task WriteAsync(
        Wire.LogSeverity severity, string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
    {
        _hasErrors |= severity == Wire.LogSeverity.Error;
        var request = new Wire.LogRequest
        {
            Severity = severity,
            Message = message,
            StreamId = streamId ?? 0,
            Ephemeral = ephemeral ?? false,
        };
        var written = resource is null ? Enqueue(request) : EnqueueAsync(request, resource);
        work.Track(written);
        return written;
    }

    /// <summary>Sends what still waits for URNs, without them, and ends when the engine has everything.</summary>
    public async Task CloseAsync()
    {
        _closed.TrySetResult();
        Task[] waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
        }

        foreach (var message in waiting.Append(_last))
        {
            await message.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // The end of the program tells of failures.
        }
    }

    private Task EnqueueAsync(Wire.LogRequest request, Resource resource)
    {
        lock (_lock)
        {
            var written = WaitAndSendAsync();
            _waiting.RemoveAll(message => message.IsCompleted);
            _waiting.Add(written);
            return written;
        }

        async Task WaitAndSendAsync()
        {
            var urn = FindUrnAsync(resource);
            request.Urn = await Task.WhenAny(urn, _closed.Task).ConfigureAwait(false) == urn ? await urn.ConfigureAwait(false) : "";
            await Enqueue(request).ConfigureAwait(false);
        }
    }

    private Task Enqueue(Wire.LogRequest request)
    {
        lock (_lock)
        {
            return _last = SendAsync(_last, request);
        }
    }

    private async Task SendAsync(Task previous, Wire.LogRequest request)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Whoever wrote that message learns of its failure.
        try
        {
            await engine.LogAsync(request).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it must not be taken for an error of the program, which would be logged again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _hasErrors = true;
            throw new LogException(exception);
        }
    }

    private static async Task<string> FindUrnAsync(Resource resource)
    {
        try
        {
            return await resource.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A resource without URN is one whose registration failed; the message is still worth sending.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "";
        }
    }
}
