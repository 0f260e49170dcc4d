using System.Text;
using FogInfra.Embedded.Engine.Backend;

namespace FogInfra.Engine.Tests.Backend;

public sealed class JournalFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"journal-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    private JournalFile Open() => new(AtomicFile.OpenPrivate(_path, FileMode.Create), null);

    [Fact]
    public async Task Append_WhileItIsBroughtToTheDisk_IsInTheFileInOrder()
    {
        var expected = new StringBuilder();
        using (var journal = Open())
        {
            var syncs = new List<Task>();
            for (var number = 0; number < 200; number++)
            {
                journal.Append(Encoding.UTF8.GetBytes($"{number}\n"));
                expected.Append(number).Append('\n');
                syncs.Add(journal.SyncAsync());
                await Task.Yield();
            }

            await Task.WhenAll(syncs);
        }

        Assert.Equal(expected.ToString(), await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SyncAsync_AllOfItIsInACheckpoint_NeedsNothingMore()
    {
        var journal = Open();
        journal.Supersede();
        await journal.SyncAsync();
    }

    [Fact]
    public async Task SyncAsync_ClosedWithoutACheckpoint_Fails()
    {
        var journal = Open();
        journal.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(journal.SyncAsync);
    }
}
