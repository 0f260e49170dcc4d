using System.Runtime.InteropServices;

namespace FogInfra.Embedded.Simulator.Hosting;

/// <summary>Makes this process independent of the terminal and of the process that started it.</summary>
internal static class Daemon
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>Begins a session of its own, so that no signal of the terminal reaches it, and sends all output to a file.</summary>
    public static void LeaveTerminal(string log)
    {
        if (OperatingSystem.IsWindows())
        {
            var writer = new StreamWriter(new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
            Console.SetOut(writer);
            Console.SetError(writer);
            return;
        }
        _ = NewSession(); // Fails only for a leader of a group, which has a session of its own already.
        using var file = File.OpenHandle(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _ = Duplicate((int)file.DangerousGetHandle(), StandardOutput);
        _ = Duplicate((int)file.DangerousGetHandle(), StandardError);
        _ = Duplicate((int)nothing.DangerousGetHandle(), StandardInput);
    }

    [DllImport("libc", EntryPoint = "setsid")]
    private static extern int NewSession();

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int from, int to);
}
