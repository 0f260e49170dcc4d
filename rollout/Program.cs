using System.Runtime.InteropServices;
using FogInfra.Rollout.Commands;

// The first ctrl-C lets running operations end; the second ends the process at once.
var context = CommandContext.OfProcess();
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
}
