using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Records;
using FogInfra.Clusters.Simulated;
using FogInfra.Embedded.Simulator.Client;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>The process of the simulated clusters is there as long as there are any.</summary>
public sealed class SimulatedRemovalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-simulated-").FullName;
    private readonly RecordStore _records;
    private readonly SimulatedEngine _engine;

    public SimulatedRemovalTests()
    {
        _records = new RecordStore(_folder);
        _engine = new SimulatedEngine(_records, TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Remove_BothAtOnce_TheProcessEndsWithTheLast()
    {
        var (first, second) = (await MakeAsync("first"), await MakeAsync("second"));

        // Neither record is gone before both are removed.
        await RemoveAsync(first);
        Assert.True(await RunsAsync());
        await RemoveAsync(second);

        Assert.False(await RunsAsync());
    }

    [Fact]
    public async Task Remove_WhileAnotherIsAboutToBeMade_TheProcessStays()
    {
        var first = await MakeAsync("first");
        await _records.WriteAsync(Record("second") with { Phase = ClusterPhase.Creating }, Cancellation);

        await RemoveAsync(first);
        Assert.True(await RunsAsync());
        await RemoveAsync(await MakeAsync("second"));

        Assert.False(await RunsAsync());
    }

    private async Task<ClusterRecord> MakeAsync(string name)
    {
        var record = Record(name);
        await _records.WriteAsync(record, Cancellation);
        await _engine.CreateAsync(
            new ClusterArguments { Name = name, Engine = new ClusterEngine.Simulated(), Spec = new ClusterSpec() }, record, new Progress<string>(), Cancellation);
        return record;
    }

    private async Task RemoveAsync(ClusterRecord record)
    {
        await _records.WriteAsync(record with { Phase = ClusterPhase.Deleting }, Cancellation);
        await _engine.RemoveAsync(record, new Progress<string>(), Cancellation);
    }

    // It answers that it will stop before it has.
    private async Task<bool> RunsAsync()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var simulator = await SimulatorClient.FindAsync(Path.Combine(_folder, "simulator"), Cancellation);
            if (simulator is null)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
        }

        return true;
    }

    private static ClusterRecord Record(string name) => new()
    {
        Name = name, Engine = "simulated", Owner = "owner", Instance = name, Phase = ClusterPhase.Made,
    };
}
