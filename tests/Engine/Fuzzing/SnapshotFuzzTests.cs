using FogInfra.Engine.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Engine.Tests.Fuzzing;

/// <summary>
/// Whatever a valid state, a program, an operation and a failing provider do together: the state stays valid, at the end and at
/// every moment at which the process may be killed. A failing case is made as simple as it gets and printed.
/// </summary>
public sealed class SnapshotFuzzTests : IAsyncLifetime
{
    private const int UsualCases = 250;

    // FsCheck splits its random numbers from these two; the second must be odd.
    private const ulong UsualSeed = 20261127;
    private const ulong UsualGamma = 1;

    private readonly TestWorkspace _workspace = new();

    public async ValueTask InitializeAsync() => await _workspace.WithStackAsync();

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void AnyOperation_OnAnyState_LeavesAValidStateAtEveryMoment()
    {
        // The same ones each time, so that a change is not judged by the luck of its cases. FUZZ_CASES=5000 takes so many others.
        var config = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var wanted)
            ? Config.QuickThrowOnFailure.WithMaxTest(wanted)
            : Config.QuickThrowOnFailure.WithMaxTest(UsualCases).WithReplay(UsualSeed, UsualGamma);
        Prop.ForAll(FuzzCases.All, fuzzCase =>
        {
            var problems = FuzzRun.ProblemsOf(fuzzCase, _workspace);
            return (problems.Length == 0).Label(problems);
        }).Check(config);
    }
}
