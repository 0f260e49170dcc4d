using CliWrap.EventStream;

namespace FogInfra.Tests;

/// <summary>Remembers the events that it is told of.</summary>
internal sealed class EventRecorder : IObserver<CommandEvent>
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<CommandEvent> Events { get; } = [];

    public Task Ended => _ended.Task;

    public void OnNext(CommandEvent value) => Events.Add(value);

    public void OnError(Exception error) => _ended.SetException(error);

    public void OnCompleted() => _ended.SetResult();
}
