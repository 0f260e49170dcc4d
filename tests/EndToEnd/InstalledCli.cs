using System.Runtime.Versioning;

namespace FogInfra.Tests;

/// <summary>
/// A <c>pulumi</c> executable that runs the embedded engine's command line in a process of its own, as a client of the Automation API
/// finds it on PATH.
/// </summary>
public sealed class InstalledCli : IDisposable
{
    public InstalledCli()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs a system with executable scripts");
        }
        else
        {
            Install(Path.Combine(Folder, "pulumi"));
        }
    }

    /// <summary>The folder that holds it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("fog-cli-").FullName;

    /// <summary>PATH with that folder in front.</summary>
    public string SearchPath => $"{Folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [UnsupportedOSPlatform("windows")]
    private static void Install(string executable)
    {
        File.WriteAllText(executable, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "fog.dll")}' pulumi \"$@\"\n");
        File.SetUnixFileMode(executable, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
