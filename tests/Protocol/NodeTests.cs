using System.Diagnostics;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Status = FogInfra.Embedded.Protocol.Messages.Status;

namespace FogInfra.Tests;

/// <summary>The transport against the public gRPC implementation for Node, in both roles.</summary>
public sealed class NodeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OurServer_ServesTheNodeClient()
    {
        NodeFixture.Require();
        var streamed = new List<string>();
        await using var server = await RpcServer.StartAsync(
            new RpcService()
                .Unary(ResourceMonitorMethods.SupportsFeature, (request, _) => Task.FromResult(new SupportsFeatureResponse { HasSupport = request.Id == "secrets" }))
                .Unary(ResourceMonitorMethods.RegisterResource, (request, _) => request.Name == "fail"
                    ? throw RpcException.WithDetail(RpcStatusCode.FailedPrecondition, "geht nicht: 100 %", new ErrorResourceInitFailed { Id = "1" })
                    : Task.FromResult(new RegisterResourceResponse { Urn = $"urn:{request.Name}" }))
                .Unary(EngineMethods.Log, (request, _) => Task.FromResult(new Empty()))
                .ClientStreaming(EventsMethods.StreamEvents, async (requests, cancellation) =>
                {
                    await foreach (var request in requests.WithCancellation(cancellation))
                    {
                        streamed.Add(request.Event);
                    }

                    return new Empty();
                }),
            Cancellation);

        using var node = NodeFixture.Start("client.js", NodeFixture.Protos, server.Address);
        var seen = JsonDocument.Parse(await node.StandardOutput.ReadToEndAsync(Cancellation)).RootElement;

        Assert.True(seen.GetProperty("known").GetProperty("hasSupport").GetBoolean());
        Assert.False(seen.GetProperty("unknown").GetProperty("hasSupport").GetBoolean());
        Assert.Equal(12, seen.GetProperty("missing").GetProperty("code").GetInt32());
        Assert.Equal(9, seen.GetProperty("failed").GetProperty("code").GetInt32());
        Assert.Equal("geht nicht: 100 %", seen.GetProperty("failed").GetProperty("details").GetString());
        var details = Status.Parser.ParseFrom(seen.GetProperty("failed").GetProperty("bin").GetBytesFromBase64());
        Assert.Equal("1", details.Details[0].Unpack<ErrorResourceInitFailed>().Id);
        Assert.Equal("taken", seen.GetProperty("large").GetString());
        Assert.Equal(500, seen.GetProperty("many").GetInt32());
        Assert.Equal("done", seen.GetProperty("streamed").GetString());
        Assert.Equal(["a", "b", "ü"], streamed);
    }

    [Fact]
    public async Task OurClient_CallsTheNodeServer()
    {
        NodeFixture.Require();
        using var node = NodeFixture.Start("server.js", NodeFixture.Protos);
        try
        {
            await using var channel = new RpcChannel($"127.0.0.1:{await node.StandardOutput.ReadLineAsync(Cancellation)}");

            Assert.True((await channel.CallAsync(ResourceMonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = "secrets" }, Cancellation)).HasSupport);
            await CallsAtOnce(channel);
            await FailureWithDetails(channel);
            await UnimplementedMethod(channel);
            await LargeMessage(channel);
            await CancelledCall(channel);
            await Streamed(channel);
        }
        finally
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync(Cancellation);
        }
    }

    private static async Task CallsAtOnce(RpcChannel channel)
    {
        var urns = await Task.WhenAll(Enumerable.Range(0, 500).Select(async number =>
            (await channel.CallAsync(ResourceMonitorMethods.RegisterResource, new RegisterResourceRequest { Name = $"r{number}" }, Cancellation)).Urn));

        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"urn:r{number}"), urns);
    }

    private static async Task FailureWithDetails(RpcChannel channel)
    {
        var status = new Status { Code = 2, Details = { Any.Pack(new ErrorResourceInitFailed { Id = "x", Reasons = { "slow" } }) } };
        var request = new ReadResourceRequest { Properties = new Struct { Fields = { ["status"] = Value.ForString(status.ToByteString().ToBase64()) } } };

        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(ResourceMonitorMethods.ReadResource, request, Cancellation));

        Assert.Equal(RpcStatusCode.Unknown, error.Code);
        Assert.Equal("nicht möglich: 100 %\nzweite Zeile", error.Message);
        Assert.Equal(["slow"], error.GetDetail<ErrorResourceInitFailed>()!.Reasons);
        Assert.Null(error.GetDetail<ErrorCause>());
    }

    private static async Task UnimplementedMethod(RpcChannel channel)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(ResourceMonitorMethods.Call, new ResourceCallRequest(), Cancellation));

        Assert.Equal(RpcStatusCode.Unimplemented, error.Code);
    }

    private static async Task LargeMessage(RpcChannel channel)
    {
        var text = new string('x', 20 * 1024 * 1024);
        var request = new ResourceInvokeRequest { Args = new Struct { Fields = { ["text"] = Value.ForString(text) } } };

        var response = await channel.CallAsync(ResourceMonitorMethods.Invoke, request, Cancellation);

        Assert.Equal(text.Length, response.Return.Fields["text"].StringValue.Length);
    }

    private static async Task CancelledCall(RpcChannel channel)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = channel.CallAsync(ResourceMonitorMethods.SignalAndWaitForShutdown, new Empty(), cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task Streamed(RpcChannel channel)
    {
        await channel.StreamAsync(EventsMethods.StreamEvents, Events(), Cancellation);

        var received = await channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest(), Cancellation);
        Assert.Equal("one,two", received.Urn);

        static async IAsyncEnumerable<EventRequest> Events()
        {
            yield return new EventRequest { Event = "one" };
            await Task.Yield();
            yield return new EventRequest { Event = "two" };
        }
    }
}
