using System.Runtime.InteropServices;
using FogInfra.Clusters.Provider;
using FogInfra.Embedded.Provider.Plugins;

// The plugin pulumi-resource-fog, as the Pulumi CLI starts it.
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
await ProviderPluginServer.RunAsync(args, host => new FogProvider(host), Console.Out, cancellation.Token);

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = true;
    cancellation.Cancel();
}
