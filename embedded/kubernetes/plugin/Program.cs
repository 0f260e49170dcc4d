using System.Runtime.InteropServices;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Provider.Plugins;

// Engines end a plugin by an interrupt or by SIGTERM.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await ProviderPluginServer.RunAsync(args, host => new KubernetesProvider(host), Console.Out, stop.Token).ConfigureAwait(false);
    return 0;
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync($"pulumi-resource-kubernetes: {exception.Message}").ConfigureAwait(false);
    return 2;
}
