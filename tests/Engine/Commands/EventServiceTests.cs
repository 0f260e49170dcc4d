using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Engine.Tests.Harness;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Engine.Tests.Commands;

public sealed class EventServiceTests : IAsyncLifetime
{
    private readonly TestWorkspace _workspace = new();

    public async ValueTask InitializeAsync() => await _workspace.WithStackAsync();

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task EventLog_Tcp_StreamsEveryEventAndClosesTheStream()
    {
        var events = new List<string>();
        var closed = false;
        await using var server = await RpcServer.StartAsync(
            new RpcService().ClientStreaming(EventsMethods.StreamEvents, async (requests, cancellation) =>
            {
                await foreach (var request in requests.WithCancellation(cancellation))
                {
                    events.Add(request.Event);
                }

                closed = true;
                return new Empty();
            }),
            TestContext.Current.CancellationToken);
        var outcome = (await _workspace.UpAsync(_ => Task.CompletedTask, "--event-log", $"tcp://{server.Address}")).ShouldSucceed();
        Assert.True(closed);
        Assert.Equal(outcome.Events, events);
    }

    [Fact]
    public async Task EventLog_NobodyListens_DoesNotFailTheUpdate() =>
        (await _workspace.UpAsync(_ => Task.CompletedTask, "--event-log", "tcp://127.0.0.1:1")).ShouldSucceed();
}
