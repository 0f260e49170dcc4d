using System.Runtime.InteropServices;
using FogInfra.Rollout.Commands;

// The first ctrl-C lets running operations end; the second gives them up; the third ends the process at once.
using var abandon = new CancellationTokenSource();
var context = CommandContext.OfProcess() with { Abandon = abandon.Token };
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

try
{
    return await FogCommandLine.RunAsync(args, context, cancellation.Token);
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    context.WriteError("Cancelled.");
    return ExitCode.Cancelled;
}

void Cancel(PosixSignalContext signal)
{
    if (!cancellation.IsCancellationRequested)
    {
        signal.Cancel = true;
        context.WriteError("Ending what runs. Press ctrl-C again to end at once.");
        cancellation.Cancel();
    }
    else if (args is ["pulumi", ..] && !abandon.IsCancellationRequested)
    {
        // The engine takes its programs and plugins with it, which the end of the process would not.
        signal.Cancel = true;
        abandon.Cancel();
    }
}
