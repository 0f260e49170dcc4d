using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Automation.Events;

/// <summary>Receives events by gRPC: the engine calls, and ends the call after the last event.</summary>
internal sealed class EventServer : IEventReceiver
{
    private readonly RpcServer _server;

    private EventServer(RpcServer server)
    {
        _server = server;
        Location = $"tcp://localhost:{new Uri($"http://{server.Address}").Port}";
    }

    public string Location { get; }

    /// <param name="sink">Where the events go.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<EventServer> StartAsync(EventSink sink, CancellationToken cancellationToken)
    {
        var service = new RpcService().ClientStreaming(EventsMethods.StreamEvents, async (requests, engineGone) =>
        {
            await foreach (var request in requests.WithCancellation(engineGone).ConfigureAwait(false))
            {
                sink.Publish(request.Event);
            }

            return new Empty();
        });
        return new EventServer(await RpcServer.StartAsync(service, cancellationToken).ConfigureAwait(false));
    }

    // An engine that has ended has ended its call; one that was killed is cut off.
    public Task CompleteAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
