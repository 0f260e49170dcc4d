using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;

namespace FogInfra.Engine.Tests.Harness;

/// <summary>Serves a program that is written in the test as an Automation API client does.</summary>
internal sealed class InlineHost : IAsyncDisposable
{
    private readonly RpcServer _server;

    private InlineHost(RpcServer server) => _server = server;

    public string Address => _server.Address;

    public static async Task<InlineHost> StartAsync(Func<ProgramClient, Task> program, CancellationToken cancellationToken) =>
        new(await RpcServer.StartAsync(
            new RpcService()
                .Unary(LanguageRuntimeMethods.GetPluginInfo, (_, _) => Task.FromResult(new PluginInfo { Version = "1.0.0" }))
                .Unary(LanguageRuntimeMethods.Run, (request, cancellation) => RunAsync(program, request, cancellation)),
            cancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<RunResponse> RunAsync(Func<ProgramClient, Task> program, RunRequest request, CancellationToken cancellationToken)
    {
        await using var client = await ProgramClient.ConnectAsync(request, cancellationToken);
        try
        {
            await program(client);
            await client.SignalAndWaitForShutdownAsync();
            return new RunResponse();
        }
        catch (RpcException exception) when (exception.Code == RpcStatusCode.Unavailable)
        {
            return new RunResponse(); // The engine is going away; SDKs end quietly then.
        }
        catch (Exception exception)
        {
            return new RunResponse { Error = exception.Message };
        }
    }
}
