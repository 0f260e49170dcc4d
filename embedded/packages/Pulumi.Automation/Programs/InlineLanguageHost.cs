using System.Runtime.ExceptionServices;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;

namespace Pulumi.Automation;

/// <summary>The language host of one operation: it runs a program of this process when the engine asks for it.</summary>
internal sealed class InlineLanguageHost : IAsyncDisposable
{
    private readonly RpcServer _server;
    private readonly ProgramService _service;

    private InlineLanguageHost(RpcServer server, ProgramService service)
    {
        _server = server;
        _service = service;
    }

    /// <summary>What tells the engine where the host is.</summary>
    public string Argument => $"--client={_server.Address}";

    /// <param name="program">The program.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public static async Task<InlineLanguageHost> StartAsync(PulumiFn program, CancellationToken cancellationToken)
    {
        var service = new ProgramService(program, cancellationToken);
        var methods = new RpcService()
            .Unary(LanguageRuntimeMethods.GetPluginInfo, (_, _) => Task.FromResult(new Wire.PluginInfo { Version = "1.0.0" }))
            .Unary(LanguageRuntimeMethods.GetRequiredPlugins, (_, _) => Task.FromResult(new Wire.GetRequiredPluginsResponse()))
            .Unary(LanguageRuntimeMethods.Run, service.RunAsync);
        return new InlineLanguageHost(await RpcServer.StartAsync(methods, cancellationToken).ConfigureAwait(false), service);
    }

    /// <summary>Throws what the program failed with, if it did, with its own stack trace.</summary>
    public void ThrowIfProgramFailed()
    {
        if (_service.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class ProgramService(PulumiFn program, CancellationToken cancellation)
    {
        public Exception? Failure { get; private set; }

        public async Task<Wire.RunResponse> RunAsync(Wire.RunRequest request, CancellationToken engineGone)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, engineGone);
            if (ended.IsCancellationRequested)
            {
                return new Wire.RunResponse();
            }

            Failure = await program.RunAsync(Describe(request), ended.Token).ConfigureAwait(false);

            // "Bail": the engine has been told already, and needs to print nothing.
            return Failure is null ? new Wire.RunResponse() : new Wire.RunResponse { Bail = true, Error = Failure.Message };
        }

        private static InlineDeploymentSettings Describe(Wire.RunRequest request) => new()
        {
            MonitorAddress = request.MonitorAddress,
            EngineAddress = request.Args.FirstOrDefault() ?? "",
            Project = request.Project,
            Stack = request.Stack,
            Organization = request.Organization,
            Config = request.Config,
            ConfigSecretKeys = request.ConfigSecretKeys,
            Parallel = request.Parallel,
            IsDryRun = request.DryRun,
        };
    }
}
