using System.Buffers;
using System.Text;
using FogInfra.Embedded.Engine.State;
using static FogInfra.Engine.Tests.State.TestStates;

namespace FogInfra.Engine.Tests.State;

public sealed class JournalTests
{
    private static readonly SecretsProviderState NoSecrets = new("none", null);
    private static readonly SnapshotWriter Writer = new(ValueJson.Shown);

    private static string Text(Snapshot snapshot) => Encoding.UTF8.GetString(Writer.ToCheckpoint("s", snapshot with { SecretsProvider = NoSecrets }).Span);

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        var target = new ArrayBufferWriter<byte>();
        write(target);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static string Line(IEnumerable<StateChange> changes) => Text(target => JournalJson.Write(target, changes, Writer));

    private static string Header(StateImage image) => Text(target => JournalJson.WriteHeader(target, "hash", image.KeepsPendingCreates, NoSecrets));

    [Fact]
    public void Replay_AfterEachGroupOfRandomChanges_GivesTheStateOfThatMoment()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 200; round++)
        {
            var before = Snapshot(Enumerable.Range(0, random.Next(6)).Select(number => Resource($"old{number}")));
            var image = new StateImage(before, keepsPendingCreates: round % 2 == 0);
            var changes = new RandomChanges(random, image);
            var journal = new StringBuilder(Header(image));
            for (var group = 0; group < 12; group++)
            {
                var made = changes.Next();
                image.Apply(made);
                journal.Append(Line(made));
                var replayed = JournalJson.Open(journal.ToString(), "hash")!.Replay(before, new ValueJsonReader(null));
                Assert.Equal(Text(image.ToSnapshot()), Text(replayed));
            }
        }
    }

    [Fact]
    public void Open_LineThatWasNotWrittenToItsEnd_DoesNotCount()
    {
        var image = new StateImage(null);
        StateChange[] first = [new StateChange.Recorded(new ResourceEntry(Resource("a")))];
        StateChange[] second = [new StateChange.Recorded(new ResourceEntry(Resource("b")))];
        image.Apply(first);
        image.Apply(second);
        var whole = Header(image) + Line(first);
        var torn = Line(second);
        for (var length = 0; length < torn.Length; length++)
        {
            var replayed = JournalJson.Open(whole + torn[..length], "hash")!.Replay(null, new ValueJsonReader(null));
            Assert.Equal(["a"], replayed.Names());
        }

        Assert.Equal(["a", "b"], JournalJson.Open(whole + torn, "hash")!.Replay(null, new ValueJsonReader(null)).Names());
    }

    [Fact]
    public void Write_AfterALaterChangeRenamedWhatItRefersTo_SaysWhatWasTrueThen()
    {
        var before = Snapshot(Resource("old"), Resource("user", "old"));
        var image = new StateImage(before);
        var header = Header(image);
        StateChange[] first = [new StateChange.Removed(image.Entries[1]), new StateChange.Recorded(new ResourceEntry(image.Entries[1].State))];
        image.Apply(first);
        image.Apply(new StateChange.Renamed(Thing("old"), Thing("new")));
        var journal = header + Line(first);
        Assert.Empty(SnapshotIntegrity.Check(JournalJson.Open(journal, "hash")!.Replay(before, new ValueJsonReader(null))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"base\":\"ha")]
    [InlineData("{\"base\":\"other\"}\n")]
    [InlineData("{\"base\"\n")]
    public void Open_NotOfThisCheckpoint_GivesNull(string text) => Assert.Null(JournalJson.Open(text, "hash"));

    [Fact]
    public void Replay_MalformedLine_SaysSo()
    {
        var journal = JournalJson.Open(Header(new StateImage(null)) + "{\"changes\":[{\"removed\":7}]}\n", "hash")!;
        Assert.Contains("journal", Assert.Throws<SnapshotException>(() => journal.Replay(null, new ValueJsonReader(null))).Message);
    }

    /// <summary>Makes changes such as steps make, at random.</summary>
    private sealed class RandomChanges(Random random, StateImage image)
    {
        private readonly List<OperationEntry> _operations = [];
        private int _names;

        public StateChange[] Next()
        {
            var entries = image.Entries;
            var name = $"new{_names++}";
            switch (random.Next(entries.Length == 0 ? 2 : 6))
            {
                case 0:
                    var started = new OperationEntry(new PendingOperation(Resource(name), (OperationKind)random.Next(5)));
                    _operations.Add(started);
                    return [new StateChange.Started(started)];
                case 1:
                    return [.. End(), new StateChange.Recorded(new ResourceEntry(Resource(name, entries.Length == 0 ? [] : [Pick(entries).State.Urn.Name])))];
                case 2:
                    var same = Pick(entries);
                    return [.. End(), new StateChange.Removed(same), new StateChange.Recorded(new ResourceEntry(same.State with { Id = name }))];
                case 3:
                    var changed = Pick(entries);
                    return [new StateChange.Changed(changed, changed.State with { Delete = true })];
                case 4:
                    return [.. End(), new StateChange.Removed(Pick(entries))];
                default:
                    var renamed = Pick(entries);
                    return
                    [
                        new StateChange.Renamed(renamed.State.Urn, Thing(name)),
                        new StateChange.Removed(renamed),
                        new StateChange.Recorded(new ResourceEntry(renamed.State with { Urn = Thing(name) })),
                    ];
            }
        }

        private ResourceEntry Pick(IReadOnlyList<ResourceEntry> entries) => entries[random.Next(entries.Count)];

        private IEnumerable<StateChange> End()
        {
            if (_operations.Count == 0)
            {
                return [];
            }

            var ended = _operations[random.Next(_operations.Count)];
            _operations.Remove(ended);
            return [new StateChange.Ended(ended)];
        }
    }
}
