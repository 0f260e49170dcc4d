using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Journal;

/// <summary>
/// Writes a rollout down as it happens: a file of JSON lines, each on the disk before the step that it announces is taken. What a stack
/// had before is among it, so that the file alone tells what to go back to.
/// </summary>
internal sealed class RolloutJournal : IRolloutObserver, IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly FileStream _file;
    private readonly TimeProvider _time;

    private RolloutJournal(FileStream file, TimeProvider time)
    {
        _file = file;
        _time = time;
    }

    /// <summary>Opens the journal of a rollout that begins now.</summary>
    /// <param name="folder">The folder of the project's journals.</param>
    /// <param name="time">The clock.</param>
    public static RolloutJournal Open(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var id = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // Workloads may hold values of environment variables.
        }

        return new RolloutJournal(new FileStream(Path.Combine(folder, $"{id}{JournalFile.Extension}"), options), time);
    }

    /// <inheritdoc/>
    public async ValueTask OnAsync(RolloutEvent @event, CancellationToken cancellationToken)
    {
        if (Entry(@event) is not { } entry)
        {
            return;
        }

        entry.Insert(0, JournalFile.Time, _time.GetUtcNow());
        var line = Encoding.UTF8.GetBytes($"{entry.ToJsonString(JournalFile.Options)}\n");

        // Not cancelled: what is announced must be on the disk, and what has happened must be told.
        await _writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await _file.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Activities are for people who watch, not for the record.</summary>
    public void OnActivity(StackId stack, string activity)
    {
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    private static JsonObject? Entry(RolloutEvent @event) => @event switch
    {
        RolloutEvent.Started { Plan: var plan } => Named("started", ("plan", ReportJson.Of(plan))),
        RolloutEvent.RingStarted { Ring: var ring } => Named("ringStarted", ("ring", ring.Ring.Name)),
        RolloutEvent.StackStarted { Step: var step } => OfStack("stackStarted", step, ("before", Workload(step.Deployed)), ("wanted", Workload(step.Wanted))),
        RolloutEvent.StackFinished { Step: var step, Result: var result } => OfStack("stackFinished", step, ("failures", Failures(result)), ("changes", Changes(result))),
        RolloutEvent.Checked { Step: var step, Result: var check } =>
            OfStack("checked", step, ("check", check.Check.ToString()), ("passed", check.Passed), ("evidence", check.Evidence)),
        RolloutEvent.RingPassed { Ring: var ring } => Named("ringPassed", ("ring", ring.Ring.Name)),
        RolloutEvent.Stopped { Failures: var failures } => Named("stopped", ("failures", new JsonArray([.. failures.Select(failure => (JsonNode?)failure.ToString())]))),
        RolloutEvent.RollbackStarted => Named("rollbackStarted"),
        RolloutEvent.RollbackStackStarted { Step: var step } => OfStack("rollbackStackStarted", step, ("wanted", Workload(step.Deployed))),
        RolloutEvent.RollbackStackFinished { Step: var step, Result: var result } =>
            OfStack("rollbackStackFinished", step, ("failures", Failures(result)), ("changes", Changes(result))),
        RolloutEvent.Finished { Report: var report } => Named(JournalFile.Finished, (JournalFile.Report, ReportJson.Of(report))),
        _ => null,
    };

    private static JsonObject Named(string name, params (string Name, JsonNode? Value)[] fields) =>
        new([KeyValuePair.Create(JournalFile.Event, (JsonNode?)name), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);

    private static JsonObject OfStack(string name, StackStep step, params (string Name, JsonNode? Value)[] fields) =>
        Named(name, [("application", step.Stack.Application), ("cluster", step.Stack.Cluster), .. fields]);

    private static JsonNode? Workload(ClusterWorkload? workload) => workload is null ? null : JsonNode.Parse(WorkloadJson.Write(workload));

    private static JsonArray Failures(StackResult result) => new([.. result.Failures.Select(failure => (JsonNode?)failure.Reason)]);

    private static JsonObject Changes(StackResult result) =>
        new(result.Changes.Select(change => KeyValuePair.Create(change.Key, (JsonNode?)change.Value)));
}
