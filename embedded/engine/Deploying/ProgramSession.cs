using FogInfra.Embedded.Engine.Monitor;
using FogInfra.Embedded.Engine.Programs;
using FogInfra.Embedded.Protocol.Rpc;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>A program that runs, with the server that it talks to.</summary>
internal sealed class ProgramSession : IAsyncDisposable
{
    // How long a program may take to end once its calls are refused.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    private readonly DeploymentContext _context;
    private readonly ResourceMonitorService _monitor;
    private readonly RpcServer _server;
    private readonly CancellationTokenSource _kill = new();
    private readonly Task<ProgramOutcome> _program;

    private ProgramSession(DeploymentContext context, ResourceMonitorService monitor, RpcServer server, DeploymentSetup setup)
    {
        _context = context;
        _monitor = monitor;
        _server = server;
        var run = new ProgramRun(server.Address, setup.EngineAddress, setup.Info, context.Diagnostics, context.RootUrn);
        _program = RunAsync(setup.Program, run);
    }

    /// <summary>The program has ended badly.</summary>
    public bool HasProgramFailed => _program is { IsCompletedSuccessfully: true } && !_program.Result.Succeeded;

    /// <summary>Starts the server and the program.</summary>
    public static async Task<ProgramSession> StartAsync(DeploymentContext context, ResourceMonitorService monitor, DeploymentSetup setup)
    {
        var service = new RpcService();
        monitor.AddTo(service);
        var server = await RpcServer.StartAsync(service, CancellationToken.None).ConfigureAwait(false);
        monitor.ListensAt(server.Address);
        return new ProgramSession(context, monitor, server, setup);
    }

    /// <summary>Waits until the program registers nothing more, or the run stops; then until all calls under way have ended.</summary>
    public async Task WaitForRegistrationsAsync()
    {
        var stopped = new TaskCompletionSource();
        using (_context.Control.Stopping.Register(() => stopped.TrySetResult()))
        {
            await Task.WhenAny(_program, _monitor.Signaled, stopped.Task).ConfigureAwait(false);
        }

        if (_program.IsCompleted)
        {
            NoteFailure(await _program.ConfigureAwait(false));
        }

        await _monitor.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Lets the program go and waits for its end.</summary>
    public async Task WaitForExitAsync()
    {
        var ended = _program.IsCompleted;
        var succeeded = !_context.Control.Stopping.IsCancellationRequested;
        _monitor.Release(succeeded);
        if (!succeeded)
        {
            _kill.CancelAfter(GracePeriod);
        }

        var outcome = await _program.ConfigureAwait(false);
        if (!ended)
        {
            NoteFailure(outcome);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _kill.CancelAsync().ConfigureAwait(false);
        await ((Task)_program).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync().ConfigureAwait(false);
        _kill.Dispose();
    }

    private async Task<ProgramOutcome> RunAsync(IProgram program, ProgramRun run)
    {
        try
        {
            return await program.RunAsync(run, _kill.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_kill.IsCancellationRequested)
        {
            return ProgramOutcome.AlreadyTold; // It was ended because the run has stopped.
        }
    }

    // A program that ends because the run has stopped may complain; that is no news.
    private void NoteFailure(ProgramOutcome outcome)
    {
        if (outcome.Succeeded || _context.Control.Stopping.IsCancellationRequested)
        {
            return;
        }

        if (outcome.Message is { } message)
        {
            _context.Diagnostics.Error(_context.RootUrn, message);
        }

        _context.Control.Fail(goOn: false);
    }
}
