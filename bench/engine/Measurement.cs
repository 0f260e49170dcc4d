using System.Diagnostics;
using System.Globalization;
using FogInfra.Embedded.Engine.Secrets;

namespace FogInfra.Bench;

/// <summary>What one operation of one size cost.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Size">How many resources.</param>
/// <param name="Seconds">Wall time: the middle one of several runs.</param>
/// <param name="ProcessorSeconds">Processor time of the engine's process, which other work of the machine hardly changes.</param>
/// <param name="ProgramSeconds">Processor time of the program's process.</param>
/// <param name="CallSeconds">How long one call of the provider takes in a process that does nothing else.</param>
/// <param name="Allocated">Bytes that the engine has allocated.</param>
/// <param name="PeakMemory">The most memory that the engine's process had, in bytes.</param>
/// <param name="Written">Bytes written to the stack's files.</param>
internal sealed record Measurement(
    string Operation, int Size, double Seconds, double ProcessorSeconds, double ProgramSeconds, double CallSeconds, long Allocated, long PeakMemory, long Written)
{
    /// <summary>The operations, in the order in which a stack meets them.</summary>
    public static IReadOnlyList<string> Operations { get; } = ["preview", "first up", "no-change up", "one-change up"];

    private static readonly string[] UpCommand = ["up", "--yes", "--skip-preview"];

    /// <summary>Measures in this process, which must do nothing else.</summary>
    public static async Task<Measurement> TakeAsync(string operation, int size, TimeSpan delay, int runs, Action? onBegin = null)
    {
        var keys = new PassphraseKeyCache();
        await using var program = await ProgramProcess.StartAsync();
        using (var small = new BenchStack(keys, program))
        {
            // What is compiled and loaded once is no part of what a resource costs.
            small.CallTime = delay; // Calls that take time go other ways through the engine than those that are answered at once.
            await small.InitAsync();
            await CompilerRest.RepeatAsync(async turn =>
            {
                await small.PrepareAndOperateAsync(100 + (turn * 10), isChanged: turn % 2 == 1, UpCommand);
                await small.PrepareAndOperateAsync(60, isChanged: true, "preview");
            });
        }

        using var stack = new BenchStack(keys, program);
        await stack.InitAsync();
        if (operation is not ("first up" or "preview"))
        {
            await stack.PrepareAndOperateAsync(size, isChanged: false, UpCommand);
        }

        stack.Save();
        stack.CallTime = delay;
        var call = await new InstantProvider(delay).MeasureCallAsync();
        var taken = new List<Measurement>();
        for (var run = 0; run < runs; run++)
        {
            stack.Restore();
            await stack.PrepareAsync(size, isChanged: operation == "one-change up");
            GC.Collect();
            ResetPeakMemory();
            onBegin?.Invoke();
            var (allocated, written, ofProgram, processor, started) = (
                GC.GetTotalAllocatedBytes(precise: true), stack.Written, program.ProcessorTime, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            await stack.OperateAsync(operation == "preview" ? ["preview"] : UpCommand);
            var elapsed = Stopwatch.GetElapsedTime(started);
            taken.Add(new Measurement(
                operation,
                size,
                elapsed.TotalSeconds,
                (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
                (program.ProcessorTime - ofProgram).TotalSeconds,
                call.TotalSeconds,
                GC.GetTotalAllocatedBytes(precise: true) - allocated,
                PeakMemoryNow(),
                stack.Written - written));
        }

        return taken.OrderBy(item => item.Seconds).ElementAt(runs / 2);
    }

    // Linux forgets the peak when 5 is written here; elsewhere the peak is that of the whole process.
    private static void ResetPeakMemory()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    private static long PeakMemoryNow()
    {
        const string label = "VmHWM:";
        if (!OperatingSystem.IsLinux())
        {
            return Process.GetCurrentProcess().PeakWorkingSet64;
        }

        var line = File.ReadLines("/proc/self/status").Single(text => text.StartsWith(label, StringComparison.Ordinal));
        return long.Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
