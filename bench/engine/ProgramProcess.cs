using System.Diagnostics;
using System.Globalization;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Bench;

/// <summary>
/// The program in a process of its own, as programs have it, so that what its client of gRPC takes is not counted as the engine's. It
/// lives as long as the measurement: what is compiled and loaded once is no part of what a resource costs.
/// </summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    /// <summary>By this argument the benchmark's executable is the program.</summary>
    public const string Argument = "program";

    private readonly Process _process;

    private ProgramProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where the program waits to be run.</summary>
    public string Address { get; }

    /// <summary>Processor time that it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it.</summary>
    public static async Task<ProgramProcess> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument]) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // The program takes processor time from the engine, whose time is measured: with so much memory it has nothing to collect.
        start.Environment["DOTNET_GCgen0size"] = "10000000"; // 256 MiB: settings of the runtime are hexadecimal.
        var process = Process.Start(start)!;
        return new ProgramProcess(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the program did not start"));
    }

    /// <summary>Says what the program registers when it is run next.</summary>
    public async Task PrepareAsync(int size, bool isChanged)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{size} {isChanged}"));
        await _process.StandardInput.FlushAsync();
        await _process.StandardOutput.ReadLineAsync();
    }

    /// <summary>What the process does: it is the program until its standard input ends.</summary>
    public static async Task ServeAsync()
    {
        var register = (ProgramClient _) => Task.CompletedTask;
        await using var host = await InlineHost.StartAsync(client => register(client), CancellationToken.None);
        Console.WriteLine(host.Address);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var workload = new Workload(int.Parse(words[0], CultureInfo.InvariantCulture));
            var isChanged = bool.Parse(words[1]);
            register = client => workload.RegisterAsync(client, isChanged);
            await CompilerRest.WaitAsync();
            GC.Collect(); // What the last run has left is not to be cleaned up in the next.
            Console.WriteLine("ready");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
