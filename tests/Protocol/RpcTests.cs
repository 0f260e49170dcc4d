using System.Net;
using System.Net.Sockets;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Tests;

public sealed class RpcTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_HandlerAnswers_ReturnsTheAnswer()
    {
        await using var server = await Serve(new RpcService().Unary(ResourceMonitorMethods.SupportsFeature, (request, _) =>
            Task.FromResult(new SupportsFeatureResponse { HasSupport = request.Id == "secrets" })));
        await using var channel = new RpcChannel(server.Address);

        var known = await channel.CallAsync(ResourceMonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = "secrets" }, Cancellation);
        var unknown = await channel.CallAsync(ResourceMonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = "magic" }, Cancellation);

        Assert.True(known.HasSupport);
        Assert.False(unknown.HasSupport);
    }

    [Fact]
    public async Task Server_ListensOnLoopbackOnly()
    {
        await using var server = await Serve(new RpcService());

        Assert.StartsWith("127.0.0.1:", server.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_SettingsOfTheEnvironment_DoNotMakeItListenElsewhere()
    {
        const string variable = "Kestrel__Endpoints__Other__Url";
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Environment.SetEnvironmentVariable(variable, $"http://127.0.0.1:{port}");
        try
        {
            await using var server = await Serve(new RpcService());
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port, Cancellation).AsTask());
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("100 % über\nzwei Zeilen\t\"quoted\"")]
    [InlineData("")]
    public async Task Call_HandlerThrowsAnRpcException_TheCallerSeesItsCodeAndText(string message)
    {
        await using var server = await Serve(new RpcService().Unary(EngineMethods.Log, (_, _) => throw new RpcException(RpcStatusCode.NotFound, message)));
        await using var channel = new RpcChannel(server.Address);

        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation));

        Assert.Equal((RpcStatusCode.NotFound, message), (error.Code, error.Message));
    }

    [Fact]
    public async Task Call_HandlerThrowsAnything_TheCallerSeesUnknown()
    {
        await using var server = await Serve(new RpcService().Unary(EngineMethods.Log, (_, _) => throw new InvalidOperationException("broken")));
        await using var channel = new RpcChannel(server.Address);

        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation));

        Assert.Equal((RpcStatusCode.Unknown, "broken"), (error.Code, error.Message));
    }

    [Fact]
    public async Task Call_VeryLongErrorText_StillArrives()
    {
        await using var server = await Serve(new RpcService().Unary(EngineMethods.Log, (_, _) => throw new RpcException(RpcStatusCode.Internal, new string('ü', 100_000))));
        await using var channel = new RpcChannel(server.Address);

        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation));

        Assert.Equal(RpcStatusCode.Internal, error.Code);
        Assert.StartsWith("üüü", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_DetailOfAnError_Travels()
    {
        var detail = new ErrorResourceInitFailed { Id = "a/b", Reasons = { "one", "two" }, Properties = new Struct { Fields = { ["x"] = Value.ForNumber(1) } } };
        await using var server = await Serve(new RpcService().Unary(EngineMethods.Log, (_, _) => throw RpcException.WithDetail(RpcStatusCode.Unknown, "no", detail)));
        await using var channel = new RpcChannel(server.Address);

        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation));

        Assert.Equal(detail, error.GetDetail<ErrorResourceInitFailed>());
    }

    [Fact]
    public async Task Call_UnknownMethod_IsUnimplemented()
    {
        await using var server = await Serve(new RpcService());
        await using var channel = new RpcChannel(server.Address);

        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation));

        Assert.Equal(RpcStatusCode.Unimplemented, error.Code);
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnavailable()
    {
        string address;
        await using (var server = await Serve(new RpcService()))
        {
            address = server.Address;
        }

        await using var channel = new RpcChannel(address);

        var error = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation));

        Assert.Equal(RpcStatusCode.Unavailable, error.Code);
        Assert.Contains(address, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ServerGoesAwayMeanwhile_IsUnavailable()
    {
        var entered = new TaskCompletionSource();
        var server = await Serve(new RpcService().Unary(EngineMethods.Log, async (_, cancellation) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return new Empty();
        }));
        await using var channel = new RpcChannel(server.Address);

        var call = channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation);
        await entered.Task;
        await server.DisposeAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal(RpcStatusCode.Unavailable, error.Code);
    }

    [Fact]
    public async Task Call_Cancelled_TheHandlerSeesIt()
    {
        var entered = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var server = await Serve(new RpcService().Unary(EngineMethods.Log, async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(left.SetResult);
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return new Empty();
        }));
        await using var channel = new RpcChannel(server.Address);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = channel.CallAsync(EngineMethods.Log, new LogRequest(), cancellation.Token);
        await entered.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await left.Task;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(50_000_000)]
    public async Task Call_MessageOfAnySize_Arrives(int size)
    {
        await using var server = await Serve(new RpcService().Unary(ResourceMonitorMethods.Invoke, (request, _) =>
            Task.FromResult(new ResourceInvokeResponse { Return = request.Args })));
        await using var channel = new RpcChannel(server.Address);
        var args = new Struct { Fields = { ["text"] = Value.ForString(new string('x', size)) } };

        var response = await channel.CallAsync(ResourceMonitorMethods.Invoke, new ResourceInvokeRequest { Args = args }, Cancellation);

        Assert.Equal(args, response.Return);
    }

    [Fact]
    public async Task Call_ManyMessagesOfManySizesAtOnce_AllArrive()
    {
        // The server takes what has arrived in slices; messages begin and end anywhere in them.
        await using var server = await Serve(new RpcService().Unary(ResourceMonitorMethods.Invoke, (request, _) =>
            Task.FromResult(new ResourceInvokeResponse { Return = request.Args })));
        await using var channel = new RpcChannel(server.Address);
        var random = new Random(20261201);
        var all = Enumerable.Range(0, 500).Select(number => new Struct
        {
            Fields = { ["text"] = Value.ForString($"{number}{new string('x', random.Next(number % 20 == 0 ? 60_000 : 3_000))}") },
        }).ToArray();

        var responses = await Task.WhenAll(all.Select(args =>
            channel.CallAsync(ResourceMonitorMethods.Invoke, new ResourceInvokeRequest { Args = args }, Cancellation)));

        Assert.Equal(all, responses.Select(response => response.Return));
    }

    [Fact]
    public async Task Call_DeeplyNestedValues_Arrive()
    {
        await using var server = await Serve(new RpcService().Unary(ResourceMonitorMethods.Invoke, (request, _) =>
            Task.FromResult(new ResourceInvokeResponse { Return = request.Args })));
        await using var channel = new RpcChannel(server.Address);
        var args = new Struct();
        for (var depth = 0; depth < 300; depth++)
        {
            args = new Struct { Fields = { ["inner"] = Value.ForStruct(args) } };
        }

        var response = await channel.CallAsync(ResourceMonitorMethods.Invoke, new ResourceInvokeRequest { Args = args }, Cancellation);

        Assert.Equal(args.CalculateSize(), response.Return.CalculateSize());
    }

    [Fact]
    public async Task Call_ThousandsThatWaitForEachOther_AllEnd()
    {
        // A program registers all resources at once, and the engine answers none before its step is done.
        const int Count = 3000;
        var all = new TaskCompletionSource();
        var waiting = 0;
        await using var server = await Serve(new RpcService().Unary(EngineMethods.Log, async (_, _) =>
        {
            if (Interlocked.Increment(ref waiting) == Count)
            {
                all.SetResult();
            }

            await all.Task;
            return new Empty();
        }));
        await using var channel = new RpcChannel(server.Address);

        await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => channel.CallAsync(EngineMethods.Log, new LogRequest(), Cancellation)));

        Assert.Equal(Count, waiting);
    }

    [Fact]
    public async Task Stream_Messages_ArriveAsTheyAreSent()
    {
        var received = new List<string>();
        var first = new TaskCompletionSource();
        await using var server = await Serve(new RpcService().ClientStreaming(EventsMethods.StreamEvents, async (requests, cancellation) =>
        {
            await foreach (var request in requests.WithCancellation(cancellation))
            {
                received.Add(request.Event);
                first.TrySetResult();
            }

            return new Empty();
        }));
        await using var channel = new RpcChannel(server.Address);

        await channel.StreamAsync(EventsMethods.StreamEvents, Events(), Cancellation);

        Assert.Equal(["one", "two"], received);

        async IAsyncEnumerable<EventRequest> Events()
        {
            yield return new EventRequest { Event = "one" };
            await first.Task; // Would never come if the messages were held back until the end.
            yield return new EventRequest { Event = "two" };
        }
    }

    private static Task<RpcServer> Serve(RpcService service) => RpcServer.StartAsync(service, Cancellation);
}
