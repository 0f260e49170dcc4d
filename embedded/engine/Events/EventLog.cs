using System.Threading.Channels;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;

namespace FogInfra.Embedded.Engine.Events;

/// <summary>Hands the JSON of events to someone outside, in order, without the operation waiting for them.</summary>
internal sealed class EventLog : IEventListener
{
    private const string RpcScheme = "tcp://";

    private readonly Channel<string> _events = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _consumer;

    private EventLog(Func<IAsyncEnumerable<string>, Task> consume) => _consumer = consume(_events.Reader.ReadAllAsync());

    /// <summary>Calls back for each event.</summary>
    public static EventLog ToCallback(Action<string> callback) => new(async events =>
    {
        await foreach (var text in events.ConfigureAwait(false))
        {
            callback(text);
        }
    });

    /// <summary>Sends events where <c>--event-log</c> says.</summary>
    /// <param name="target"><c>tcp://HOST:PORT</c> of an Events service, or a file's path.</param>
    /// <param name="workingDirectory">What a relative path starts from.</param>
    public static EventLog To(string target, string workingDirectory) => target.StartsWith(RpcScheme, StringComparison.Ordinal)
        ? new EventLog(events => SendAsync(target[RpcScheme.Length..], events))
        : new EventLog(events => AppendAsync(Path.GetFullPath(target, workingDirectory), events));

    /// <inheritdoc/>
    public void Receive(EngineEvent engineEvent, Lazy<string> json) => _events.Writer.TryWrite(json.Value);

    /// <summary>Waits until all events are handed over.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _consumer.ConfigureAwait(false);
    }

    private static async Task SendAsync(string address, IAsyncEnumerable<string> events)
    {
        await using var channel = new RpcChannel(address);
        try
        {
            await channel.StreamAsync(EventsMethods.StreamEvents, ToRequests(events), CancellationToken.None).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            // Whoever listened has gone away; the operation itself goes on.
        }
    }

    private static async IAsyncEnumerable<EventRequest> ToRequests(IAsyncEnumerable<string> events)
    {
        await foreach (var text in events.ConfigureAwait(false))
        {
            yield return new EventRequest { Event = text };
        }
    }

    private static async Task AppendAsync(string path, IAsyncEnumerable<string> events)
    {
        await using var writer = new StreamWriter(path, append: true) { AutoFlush = true };
        await foreach (var text in events.ConfigureAwait(false))
        {
            await writer.WriteLineAsync(text).ConfigureAwait(false);
        }
    }
}
