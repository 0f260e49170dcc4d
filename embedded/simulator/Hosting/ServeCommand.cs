using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FogInfra.Embedded.Simulator.Client;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Storage;
using Microsoft.Extensions.Logging;

namespace FogInfra.Embedded.Simulator.Hosting;

/// <summary>The command <c>serve</c>: one process for a folder, which it locks.</summary>
internal static class ServeCommand
{
    /// <summary>The exit code when another process serves the folder.</summary>
    public const int Taken = 3;

    /// <summary>Serves until it is told to stop or cancelled.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string directory, int port, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var files = new SimulatorFiles(directory);
        using var claim = files.TryLock();
        if (claim is null)
        {
            var holder = files.ReadInfo() is { } info ? $" (process {info.Pid} at {info.Address})" : "";
            await errors.WriteLineAsync($"Another simulator serves {directory} already{holder}.").ConfigureAwait(false);
            return Taken;
        }
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
        }));
        try
        {
            var server = await SimulatorServer.StartAsync(new SimulatorOptions { Port = port == 0 ? UsualPort(files) : port, DataDirectory = directory, Loggers = loggers }, cancellationToken).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                await AtomicFile.WriteAsync(files.Info, JsonSerializer.SerializeToUtf8Bytes(server.Info, SimulatorJson.Options), cancellationToken).ConfigureAwait(false);
                await File.WriteAllTextAsync(files.Port, new Uri(server.Info.Address).Port.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync($"Serving {directory} at {server.Info.Address}").ConfigureAwait(false);
                await server.StopRequested.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            File.Delete(files.Info);
            return 0;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            await errors.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 1;
        }
    }

    // The port of the last run, so that the kubeconfigs of then are still right; any other when a stranger has it now.
    private static int UsualPort(SimulatorFiles files)
    {
        if (files.ReadPort() is not { } port) return 0;
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return port;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
