using System.Runtime;

namespace FogInfra.Bench;

/// <summary>
/// Waits for the runtime's compiler, which compiles in the background again, and better, what was called often: what it does once is no
/// part of what a resource costs.
/// </summary>
internal static class CompilerRest
{
    // It waits for a tenth of a second without new methods before it begins, so a rest is one that is a good deal longer.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until it has nothing more to do.</summary>
    public static async Task WaitAsync()
    {
        long before;
        do
        {
            before = Compiled;
            await Task.Delay(Rest);
        }
        while (Compiled != before);
    }

    /// <summary>Does something again and again, until it makes the compiler do nothing that matters any more.</summary>
    public static async Task RepeatAsync(Func<int, Task> work)
    {
        const int turns = 10;
        const int few = 100;
        long before;
        var turn = 0;
        do
        {
            before = Compiled;
            await work(turn++);
            await WaitAsync();
        }
        while (Compiled - before > few && turn < turns);
    }

    private static long Compiled => JitInfo.GetCompiledMethodCount();
}
