using System.Text;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Pulumi.Automation.Events;
using Semver;

namespace FogInfra.Tests;

/// <summary>The two ways in which events come, on their own.</summary>
public sealed class EventReceiverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, false)]
    [InlineData("3.100.0", false)]
    [InlineData("3.205.0", false)]
    [InlineData("3.205.1", true)]
    [InlineData("3.260.0", true)]
    public async Task Start_AnyVersion_UsesWhatThatVersionKnows(string? version, bool isAddress)
    {
        await using var receiver = await EventReceiver.StartAsync(
            version is null ? null : SemVersion.Parse(version), new EventSink(_ => { }), Cancellation);

        Assert.Equal(isAddress, receiver.Location.StartsWith("tcp://localhost:", StringComparison.Ordinal));
        Assert.NotEqual(isAddress, Path.IsPathFullyQualified(receiver.Location));
    }

    [Fact]
    public async Task File_LineIsWrittenInTwoHalves_IsReadOnce()
    {
        var time = new ManualTimer();
        var events = new EventQueue();
        await using var receiver = new EventFile(new EventSink(events.Add), time);

        await WriteAsync(receiver, Event(0) + "\n" + Event(1)[..20]);
        time.Fire();
        Assert.Equal(0, await events.NextAsync());
        await WriteAsync(receiver, Event(1)[20..] + "\n");
        time.Fire();
        Assert.Equal(1, await events.NextAsync());
        await receiver.CompleteAsync();

        Assert.Equal(2, events.Count);
    }

    [Fact]
    public async Task File_LinesAreLongAndNotOnlyAscii_AreReadWhole()
    {
        var messages = new List<string>();
        await using var receiver = new EventFile(new EventSink(item => messages.Add(item.DiagnosticEvent!.Message)), new ManualTimer());
        var texts = Enumerable.Range(0, 5).Select(i => string.Concat(Enumerable.Repeat("größer→∞", 20_000 + i))).ToArray();

        await WriteAsync(receiver, string.Concat(texts.Select(text => JsonSerializer.Serialize(
            new { sequence = 1, timestamp = 1, diagnosticEvent = new { message = text, color = "raw", severity = "info" } }) + "\n")));
        await receiver.CompleteAsync();

        Assert.Equal(texts, messages);
    }

    [Fact]
    public async Task File_ReceiverThrows_IsToldNoMoreAndTheErrorComesAtTheEnd()
    {
        var calls = 0;
        var sink = new EventSink(_ =>
        {
            calls++;
            throw new InvalidDataException("not this");
        });
        await using var receiver = new EventFile(sink, new ManualTimer());

        await WriteAsync(receiver, Event(0) + "\n" + Event(1) + "\n");
        await receiver.CompleteAsync();

        Assert.Throws<InvalidDataException>(sink.ThrowIfFailed);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task File_EventCannotBeRead_IsAnErrorAtTheEnd()
    {
        var sink = new EventSink(_ => { });
        await using var receiver = new EventFile(sink, new ManualTimer());

        await WriteAsync(receiver, """{"sequence":"first"}""");
        await receiver.CompleteAsync();

        Assert.Throws<JsonException>(sink.ThrowIfFailed);
    }

    [Fact]
    public async Task File_IsNeverWritten_IsNoError()
    {
        var receiver = new EventFile(new EventSink(_ => { }), new ManualTimer());
        var folder = Path.GetDirectoryName(receiver.Location);

        await receiver.CompleteAsync();
        await receiver.DisposeAsync();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Server_ReceiverThrows_TheErrorComesAtTheEnd()
    {
        var sink = new EventSink(_ => throw new InvalidDataException("not this"));
        await using var receiver = await EventServer.StartAsync(sink, Cancellation);
        await using (var channel = new RpcChannel(receiver.Location["tcp://".Length..]))
        {
            await channel.StreamAsync(EventsMethods.StreamEvents, Requests(Event(0), Event(1)), Cancellation);
        }

        await receiver.CompleteAsync();

        Assert.Throws<InvalidDataException>(sink.ThrowIfFailed);
    }

    [Fact]
    public async Task Server_EngineIsGoneInTheMiddle_WhatCameIsKept()
    {
        var events = new EventQueue();
        await using var receiver = await EventServer.StartAsync(new EventSink(events.Add), Cancellation);
        using var gone = new CancellationTokenSource();
        await using var channel = new RpcChannel(receiver.Location["tcp://".Length..]);
        var call = channel.StreamAsync(EventsMethods.StreamEvents, Endless(gone.Token), gone.Token);

        Assert.Equal(0, await events.NextAsync());
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await receiver.CompleteAsync();

        Assert.Equal(1, events.Count);
    }

    private static string Event(int sequence) => $$$"""{"sequence":{{{sequence}}},"timestamp":1,"cancelEvent":{}}""";

    private static Task WriteAsync(EventFile receiver, string text) =>
        File.AppendAllTextAsync(receiver.Location, text, new UTF8Encoding(false), Cancellation);

    private static async IAsyncEnumerable<Wire.EventRequest> Requests(params string[] events)
    {
        foreach (var json in events)
        {
            await Task.Yield();
            yield return new Wire.EventRequest { Event = json };
        }
    }

    private static async IAsyncEnumerable<Wire.EventRequest> Endless(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new Wire.EventRequest { Event = Event(0) };
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <summary>The sequence numbers of events, which a test can wait for.</summary>
    private sealed class EventQueue
    {
        private readonly System.Threading.Channels.Channel<int> _numbers = System.Threading.Channels.Channel.CreateUnbounded<int>();
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Add(EngineEvent item)
        {
            Interlocked.Increment(ref _count);
            _numbers.Writer.TryWrite(item.Sequence);
        }

        public ValueTask<int> NextAsync() => _numbers.Reader.ReadAsync(Cancellation);
    }

    /// <summary>Timers that fire only when a test says so.</summary>
    private sealed class ManualTimer : TimeProvider
    {
        private Action? _callbacks;

        public void Fire() => _callbacks?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callbacks += () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
