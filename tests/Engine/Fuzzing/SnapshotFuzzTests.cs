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
        // More of them: FUZZ_CASES=5000.
        var count = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var wanted) ? wanted : 250;
        Prop.ForAll(FuzzCases.All, fuzzCase =>
        {
            var problems = FuzzRun.ProblemsOf(fuzzCase, _workspace);
            return (problems.Length == 0).Label(problems);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
    }
}
