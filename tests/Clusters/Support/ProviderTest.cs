using System.Text.Json.Nodes;
using FogInfra.Clusters.Provider;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Tests;

/// <summary>The provider on a machine that is not there, driven as an engine drives it.</summary>
public abstract class ProviderTest : IAsyncLifetime
{
    private FakeMachine? _machine;

    private protected FakeMachine Machine => _machine!;

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("fog-clusters-").FullName;

    /// <summary>Told what the provider tells its engine.</summary>
    private protected Action<string>? OnLog { get; set; }

    /// <summary>Where the provider keeps what it remembers.</summary>
    private protected virtual string RecordsFolder => Folder;

    private protected FogProvider Provider { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _machine = await FakeMachine.StartAsync();
        Provider = await NewProviderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Machine.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task<FogProvider> NewProviderAsync()
    {
        var provider = new FogProvider(new Host(this), new FogProviderOptions(), Machine);
        await provider.ConfigureAsync(new ConfigureRequest(null, PropertyMap.Of(("folder", RecordsFolder))), Cancellation);
        return provider;
    }

    private protected static Urn UrnOf(string name, string stack = "edge", string type = "fog:index:Cluster") => Urn.Create(stack, "fog_clusters", null, type, name);

    private protected static PropertyMap Map(string json) => PlainJson.FromJson(JsonNode.Parse(json)!.AsObject());

    private protected Task<CheckResult> CheckAsync(string json, PropertyMap? old = null, string stack = "edge") =>
        Provider.CheckAsync(new CheckRequest(UrnOf("edge-1", stack), old ?? PropertyMap.Empty, Map(json), []), Cancellation);

    private protected async Task<PropertyMap> CheckedAsync(string json, PropertyMap? old = null)
    {
        var result = await CheckAsync(json, old);
        Assert.Empty(result.Failures.Select(failure => $"{failure.Property}: {failure.Reason}"));
        return result.Inputs;
    }

    private protected async Task<(string Id, PropertyMap Inputs, PropertyMap Outputs)> CreateAsync(string json)
    {
        var inputs = await CheckedAsync(json);
        var created = await Provider.CreateAsync(new CreateRequest(UrnOf("edge-1"), inputs, null, Preview: false), Cancellation);
        return (created.Id, inputs, created.Outputs);
    }

    private protected Task<ReadResult> ReadAsync((string Id, PropertyMap Inputs, PropertyMap Outputs) cluster) =>
        Provider.ReadAsync(new ReadRequest(UrnOf("edge-1"), cluster.Id, cluster.Inputs, cluster.Outputs, null), Cancellation);

    private protected Task<DiffResult> DiffAsync((string Id, PropertyMap Inputs, PropertyMap Outputs) cluster, PropertyMap inputs) =>
        Provider.DiffAsync(new DiffRequest(UrnOf("edge-1"), cluster.Id, cluster.Inputs, cluster.Outputs, inputs, []), Cancellation);

    private protected Task<UpdateResult> UpdateAsync((string Id, PropertyMap Inputs, PropertyMap Outputs) cluster, PropertyMap inputs) =>
        Provider.UpdateAsync(new UpdateRequest(UrnOf("edge-1"), cluster.Id, cluster.Inputs, cluster.Outputs, inputs, null, [], Preview: false), Cancellation);

    private protected Task DeleteAsync((string Id, PropertyMap Inputs, PropertyMap Outputs) cluster) =>
        Provider.DeleteAsync(new DeleteRequest(UrnOf("edge-1"), cluster.Id, cluster.Inputs, cluster.Outputs, null), Cancellation);

    private sealed class Host(ProviderTest test) : IProviderHost
    {
        public void Log(LogSeverity severity, Urn? urn, string message, bool ephemeral = false) => test.OnLog?.Invoke(message);
    }
}
