using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>What a project keeps in files, and where.</summary>
public sealed class ProjectFileTests : IDisposable
{
    private static readonly ClusterRecord Record = new()
    {
        Name = "edge-1",
        Engine = "kind",
        Owner = "urn:pulumi:edge::fog_clusters::fog:index:Cluster::edge-1",
        Instance = "7",
        Phase = ClusterPhase.Made,
        Network = "foginfra",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("fog-model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Record_IsReadAsItWasWritten()
    {
        var file = Path.Combine(_folder, "edge-1.json");
        File.WriteAllText(file, Record.Write());

        Assert.Equal(Record, ClusterRecord.ReadFile(file));
        Assert.Contains("\"made\"", Record.Write(), StringComparison.Ordinal);
        Assert.Equal("fog_clusters/edge", Record.OwnerStack());
        Assert.Equal("somebody", (Record with { Owner = "somebody" }).OwnerStack());
    }

    [Fact]
    public void Record_ThatIsNone_OrNotThere_IsNone()
    {
        Assert.Null(ClusterRecord.Read("{"));
        Assert.Null(ClusterRecord.Read("""{"name": "edge-1"}"""));
        Assert.Null(ClusterRecord.ReadFile(Path.Combine(_folder, "missing.json")));
        Assert.Null(ClusterRecord.ReadFile(Path.Combine(_folder, "no", "folder.json")));
    }

    [Fact]
    public void Layout_HasAPlaceForEachFile()
    {
        var layout = new ProjectLayout(_folder);

        Assert.Equal(Path.Combine(_folder, ".fog"), layout.RunnerFolder);
        Assert.Equal(Path.Combine(_folder, ".pulumi"), layout.StateFolder);
        Assert.Equal(Path.Combine(_folder, ".fog", "rollouts"), layout.JournalFolder);
        Assert.Equal(Path.Combine(_folder, ".fog", "simulator"), layout.SimulatorFolder);
        Assert.Equal(Path.Combine(_folder, ".fog", "clusters", "c.json"), layout.ClusterRecordFile("c"));
        Assert.Equal(Path.Combine(_folder, ".fog", "clusters", "c.kubeconfig"), layout.KubeconfigFile("c"));
    }
}
