using FogInfra.Clusters;
using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

/// <summary>The hash by which an update sees that there is nothing to do: it stays while nothing changes, and only then.</summary>
public sealed class FingerprintTests : ProviderTest
{
    private const string Inputs = """
        {"name":"edge-1","engine":"kind","layer":"edge","topology":{"controlPlanes":1,"workers":1},"worker":{"labels":{"site":"plant"}}}
        """;

    private const string Document = """
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {name: f}
        applications:
          a: {services: {web: {version: "1", containers: [{name: web, image: web}], layers: {edge: {}}}}}
        rings: [{name: all}]
        clusters:
          edge-1: {layer: edge, ring: all, engine: kind, topology: {controlPlanes: 1, workers: 1}, worker: {labels: {site: plant}}}
        """;

    [Fact]
    public async Task Fingerprint_WithoutAChange_IsTheSame_AndIsHadWithoutACommandThatChanges()
    {
        await MakeAsync();
        Machine.Forget();

        var first = await FingerprintAsync();

        Assert.NotNull(first);
        Assert.Equal(first, await FingerprintAsync());
        Assert.Empty(Machine.Changes);
    }

    [Theory]
    [InlineData("workers: 1", "workers: 2")]
    [InlineData("ring: all,", "ring: all, ports: [{host: 61080, node: 30080}],")]
    [InlineData("engine: kind,", "engine: kind, version: 1.33.1,")]
    public async Task Fingerprint_OfAnotherDescription_IsAnother(string before, string after)
    {
        await MakeAsync();

        Assert.NotEqual(await FingerprintAsync(), await FingerprintAsync(Document.Replace(before, after, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Fingerprint_WithAnImageThatWasBuiltAnew_IsAnother()
    {
        await MakeAsync();
        var without = await FingerprintAsync();
        Machine.Images["web:1"] = "sha256:one";
        var with = await FingerprintAsync();
        Machine.Images["web:1"] = "sha256:two";
        var anew = await FingerprintAsync();

        Assert.Equal(3, new[] { without, with, anew }.Distinct().Count());
        Assert.All([without, with, anew], Assert.NotNull);
    }

    [Fact]
    public async Task Fingerprint_OfAClusterThatWasMadeAnew_IsAnother()
    {
        var cluster = await MakeAsync();
        var before = await FingerprintAsync();

        await DeleteAsync(cluster);
        await MakeAsync();

        Assert.NotEqual(before, await FingerprintAsync());
    }

    [Fact]
    public async Task Fingerprint_WithAStoppedNode_IsNone()
    {
        await MakeAsync();
        Machine.Containers["edge-1-worker"] = Machine.Containers["edge-1-worker"] with { State = "exited" };

        Assert.Null(await FingerprintAsync());
    }

    [Fact]
    public async Task Fingerprint_WithALabelThatIsGone_IsNone()
    {
        await MakeAsync();

        Assert.Null(await FingerprintAsync(Document.Replace("site: plant", "site: harbour", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Fingerprint_WithoutDocker_IsNone()
    {
        await MakeAsync();
        Machine.Missing.Add("docker");

        Assert.Null(await FingerprintAsync());
    }

    [Fact]
    public async Task Fingerprint_BeforeAnythingWasMade_IsNone() => Assert.Null(await FingerprintAsync());

    private protected override string RecordsFolder => new ProjectLayout(Folder).RunnerFolder;

    private Task<(string Id, Embedded.Protocol.Values.PropertyMap Inputs, Embedded.Protocol.Values.PropertyMap Outputs)> MakeAsync() => CreateAsync(Inputs);

    private Task<string?> FingerprintAsync(string document = Document)
    {
        var fleet = FleetReader.Read("fleet.yaml", document).Value!;
        return new ProjectClusters(new ProjectLayout(Folder), TimeProvider.System, Machine).FingerprintAsync(fleet, fleet.Clusters, _ => ["web:1"], Cancellation);
    }
}
