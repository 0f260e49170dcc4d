using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;

namespace FogInfra.Tests;

public sealed class RpcTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_HandlerAnswers_ReturnsTheAnswer()
    {
        await using var server = await RpcServer.StartAsync(
            new RpcService().Unary(ResourceMonitorMethods.SupportsFeature, (request, _) =>
                Task.FromResult(new SupportsFeatureResponse { HasSupport = request.Id == "secrets" })),
            Cancellation);
        await using var channel = new RpcChannel(server.Address);

        var known = await channel.CallAsync(ResourceMonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = "secrets" }, Cancellation);
        var unknown = await channel.CallAsync(ResourceMonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = "magic" }, Cancellation);

        Assert.True(known.HasSupport);
        Assert.False(unknown.HasSupport);
    }
}
