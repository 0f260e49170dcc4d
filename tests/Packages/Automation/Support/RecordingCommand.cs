using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Automation.Commands;
using Pulumi.Automation.Events;
using Pulumi.Automation.Serialization;
using Semver;

namespace FogInfra.Tests;

/// <summary>An engine for tests: it writes down what it is asked, and answers as <c>pulumi</c> would after an uneventful update.</summary>
internal sealed class RecordingCommand : PulumiCommand
{
    private readonly List<(string Command, Func<RecordedCall, Task<string>> Answer)> _answers = [];
    private readonly ConcurrentQueue<RecordedCall> _calls = [];

    public RecordingCommand(string? version = "3.260.0")
    {
        Version = version is null ? null : SemVersion.Parse(version, SemVersionStyles.Strict);
        Answer("stack output", "{}");
        Answer("stack history", """[{"kind":"update","startTime":"2026-01-02T03:04:05.000Z","message":"","result":"succeeded","version":7}]""");
        Events("preview", """{"sequence":0,"timestamp":1,"summaryEvent":{"maybeCorrupt":false,"durationSeconds":1,"resourceChanges":{"same":1}}}""");
    }

    public override SemVersion? Version { get; }

    /// <summary>The calls, in order.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <summary>The command lines, in order.</summary>
    public IReadOnlyList<string> Lines => [.. _calls.Select(call => call.Line)];

    /// <summary>Sets what a command writes.</summary>
    public RecordingCommand Answer(string command, string output) => Answer(command, _ => Task.FromResult(output));

    /// <summary>Sets what a command does and writes. Of the commands that fit, the one said last counts.</summary>
    public RecordingCommand Answer(string command, Func<RecordedCall, Task<string>> answer)
    {
        _answers.Insert(0, (command, answer));
        return this;
    }

    /// <summary>Sets the events that a command sends.</summary>
    public RecordingCommand Events(string command, params string[] events) => Answer(command, call =>
    {
        foreach (var item in events)
        {
            call.OnEvent?.Invoke(new LocalSerializer().DeserializeJson<EngineEvent>(item));
        }

        return Task.FromResult("");
    });

    public override Task<CommandResult> RunAsync(
        IList<string> args,
        string workingDir,
        IDictionary<string, string?> additionalEnv,
        Action<string>? onStandardOutput = null,
        Action<string>? onStandardError = null,
        Action<EngineEvent>? onEngineEvent = null,
        CancellationToken cancellationToken = default) =>
        RunInputAsync(args, workingDir, additionalEnv, onStandardOutput, onStandardError, stdIn: null, onEngineEvent, cancellationToken);

    public override async Task<CommandResult> RunInputAsync(
        IList<string> args,
        string workingDir,
        IDictionary<string, string?> additionalEnv,
        Action<string>? onStandardOutput = null,
        Action<string>? onStandardError = null,
        string? stdIn = null,
        Action<EngineEvent>? onEngineEvent = null,
        CancellationToken cancellationToken = default)
    {
        var call = new RecordedCall([.. args], workingDir, additionalEnv.ToImmutableDictionary(), stdIn, onEngineEvent, cancellationToken);
        _calls.Enqueue(call);
        var answer = _answers.FirstOrDefault(known => call.Line.StartsWith(known.Command, StringComparison.Ordinal)).Answer;
        var output = answer is null ? "" : await answer(call);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            onStandardOutput?.Invoke(line);
        }

        return new CommandResult(0, output, "");
    }
}

/// <summary>A command that the engine was asked to run.</summary>
internal sealed record RecordedCall(
    ImmutableArray<string> Arguments,
    string WorkDir,
    ImmutableDictionary<string, string?> Environment,
    string? Input,
    Action<EngineEvent>? OnEvent,
    CancellationToken Cancellation)
{
    public string Line => string.Join(' ', Arguments);

    /// <summary>What follows an option's name and equals sign.</summary>
    public string Option(string name) => Assert.Single(Arguments, argument => argument.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];
}
