using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Commands;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Operators;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Tests.Operators;

/// <summary>A project folder in which a rollout runs, and the real <c>fog</c> commands run beside it as from another terminal.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-operators-").FullName;
    private CancellationTokenSource _ending = new();
    private RolloutJournal? _journal;
    private Task<RolloutReport>? _running;

    public RunningSite() => File.Copy("fleet.yaml", Path.Combine(_folder, "fleet.yaml"));

    public string Journals => Path.Combine(_folder, ".fog", "rollouts");

    public FakeStacks Stacks { get; } = new();

    /// <summary>Cancelled when the runner ends.</summary>
    public CancellationToken Ending => _ending.Token;

    public RolloutFolder Rollout => RolloutFolder.List(Journals)[0];

    public IReadOnlyList<RolloutEvent> Events => [.. Rollout.Read().Entries.Select(entry => entry.Event)];

    /// <summary>How the rollout ended.</summary>
    public Task<RolloutReport> End => _running!;

    /// <summary>Starts a rollout in the background.</summary>
    public void Start(RolloutPlan plan)
    {
        _journal = RolloutJournal.Open(Journals, TimeProvider.System);
        _running = RunAsync(_journal, runner => runner.RunAsync(plan, _ending.Token));
    }

    /// <summary>Takes up the rollout in the background.</summary>
    public void TakeUp()
    {
        _ending.Dispose();
        _ending = new CancellationTokenSource();
        var (journal, rollout) = RolloutJournal.TakeOver(Rollout, TimeProvider.System);
        _running = RunAsync(journal, runner => runner.ResumeAsync(rollout.Entries, "the test", null, _ending.Token));
    }

    /// <summary>Ends the runner as a kill does: nothing more is put on record, and its lease is free.</summary>
    public async Task KillAsync()
    {
        await _journal!.DisposeAsync();
        await _ending.CancelAsync();
        await _running!.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Waits until the journal has an event.</summary>
    public async Task UntilAsync(Func<RolloutEvent, bool> has)
    {
        while (!Directory.Exists(Journals) || RolloutFolder.List(Journals).Count == 0 || !Events.Any(has))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public Task UntilAsync<T>()
        where T : RolloutEvent => UntilAsync(@event => @event is T);

    /// <summary>Runs <c>fog</c>.</summary>
    public async Task<(int Code, string Output, string Error)> FogAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CommandContext
        {
            Out = Consoles.For(output, redirected: true),
            Error = Consoles.For(error, redirected: true),
            Time = TimeProvider.System,
            Environment = new Dictionary<string, string>(),
            CurrentDirectory = _folder,
        };
        var code = await FogCommandLine.RunAsync(arguments, context, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    public async Task<JsonNode> FogJsonAsync(params string[] arguments)
    {
        var (code, output, error) = await FogAsync([.. arguments, "--json"]);
        Assert.True(code == 0, $"{code}: {output}{error}");
        return JsonNode.Parse(output)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_running is not null)
        {
            await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        _ending.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<RolloutReport> RunAsync(RolloutJournal journal, Func<RolloutRunner, Task<RolloutReport>> run)
    {
        await using var closing = journal;
        return await run(new RolloutRunner(new RolloutSurroundings
        {
            Driver = Stacks,
            Journal = journal,
            Inboxes = [new CommandMailbox(journal.Folder, TimeProvider.System)],
            Time = TimeProvider.System,
        }));
    }
}
