using FogInfra.Clusters.Tools;

namespace FogInfra.Tests;

/// <summary>Commands that only look are run once for all that ask for them at the same time, and never instead of a look after a change.</summary>
public sealed class SharedLooksTests
{
    private static readonly ToolCommand Look = ToolCommand.Look("docker", "ps", "--all");
    private static readonly ToolCommand Change = ToolCommand.Change("docker", "rm", "node");

    private readonly Gate _tools = new();
    private readonly SharedLooks _looks;

    public SharedLooksTests() => _looks = new SharedLooks(_tools);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TheSameLookAtTheSameTime_IsRunOnceForAll()
    {
        var asked = Enumerable.Range(0, 3).Select(_ => _looks.RunAsync(Look, null, Cancellation)).ToArray();
        _tools.Open();

        Assert.Equal(["1", "1", "1"], (await Task.WhenAll(asked)).Select(result => result.Output));
        Assert.Equal("2", (await _looks.RunAsync(Look, null, Cancellation)).Output);
    }

    [Fact]
    public async Task Run_AnotherLook_OrOneThatAnotherMayCancel_IsRunByItself()
    {
        using var other = new CancellationTokenSource();
        Task<ToolResult>[] asked =
        [
            _looks.RunAsync(Look, null, Cancellation),
            _looks.RunAsync(ToolCommand.Look("docker", "ps"), null, Cancellation),
            _looks.RunAsync(Look, null, other.Token),
            _looks.RunAsync(Look with { Input = "given" }, null, Cancellation),
            _looks.RunAsync(Look, _ => { }, Cancellation),
        ];
        _tools.Open();

        Assert.Equal(["1", "2", "3", "4", "5"], (await Task.WhenAll(asked)).Select(result => result.Output));
    }

    [Fact]
    public async Task Run_ALookAfterAChangeBegan_DoesNotShareOneFromBefore()
    {
        var before = _looks.RunAsync(Look, null, Cancellation);
        var change = _looks.RunAsync(Change, null, Cancellation);
        var meanwhile = _looks.RunAsync(Look, null, Cancellation);
        _tools.Open();

        Assert.Equal(["1", "2", "3"], (await Task.WhenAll(before, change, meanwhile)).Select(result => result.Output));
    }

    [Fact]
    public async Task Run_ALookAfterAChangeEnded_DoesNotShareOneFromBefore()
    {
        var change = _looks.RunAsync(Change, null, Cancellation);
        _tools.HoldBackMore();
        var meanwhile = _looks.RunAsync(Look, null, Cancellation);
        _tools.OpenFirst();
        await change;
        var after = _looks.RunAsync(Look, null, Cancellation);
        _tools.Open();

        Assert.Equal(["2", "3"], (await Task.WhenAll(meanwhile, after)).Select(result => result.Output));
    }

    // Answers each run with its number, once it is let through.
    private sealed class Gate : IToolRunner
    {
        private readonly TaskCompletionSource _first = new();
        private TaskCompletionSource _current;
        private int _runs;

        public Gate() => _current = _first;

        public void HoldBackMore() => _current = new TaskCompletionSource();

        public void OpenFirst() => _first.SetResult();

        public void Open() => _current.TrySetResult();

        public async Task<ToolResult> RunAsync(ToolCommand command, Action<string>? onLine, CancellationToken cancellationToken)
        {
            var number = ++_runs;
            await _current.Task.WaitAsync(cancellationToken);
            return new ToolResult(0, $"{number}", "");
        }
    }
}
