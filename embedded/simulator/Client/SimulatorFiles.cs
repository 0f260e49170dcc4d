using System.Globalization;
using System.Text.Json;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;

namespace FogInfra.Embedded.Simulator.Client;

/// <summary>The files in a simulator's folder by which processes find each other.</summary>
internal sealed class SimulatorFiles(string directory)
{
    /// <summary>The name of the file that takes what a simulator in the background prints.</summary>
    public const string LogName = "simulator.log";

    /// <summary>Says which process serves the folder, and where.</summary>
    public string Info { get; } = Path.Combine(directory, "simulator.json");

    /// <summary>Takes what a simulator in the background prints.</summary>
    public string Log { get; } = Path.Combine(directory, LogName);

    /// <summary>Keeps the port from one run to the next.</summary>
    public string Port { get; } = Path.Combine(directory, "simulator.port");

    private string Lock { get; } = Path.Combine(directory, "simulator.lock");

    /// <summary>Takes the folder for this process; null when another process has it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null; // The system gives a locked file to one process only, and frees it when that ends, however it ends.
        }
    }

    /// <summary>The port of the last run; null when there is none.</summary>
    public int? ReadPort() => File.Exists(Port) && int.TryParse(File.ReadAllText(Port), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>The process that serves the folder, or served it last; null when there is none.</summary>
    public SimulatorInfo? ReadInfo()
    {
        try
        {
            return JsonSerializer.Deserialize<SimulatorInfo>(File.ReadAllBytes(Info), SimulatorJson.Options);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null; // Not there, or not one of ours: nobody to talk to.
        }
    }
}
