using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Tests.Support;

/// <summary>A cluster in the test's own process, on a clock that the test moves.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly ManualTime _time;
    private readonly ErrorLog _log;

    private TestCluster(SimulatedCluster cluster, ManualTime time, ErrorLog log) => (Cluster, _time, _log) = (cluster, time, log);

    public SimulatedCluster Cluster { get; }

    public TimeProvider Time => _time;

    /// <summary>A cluster with one node and the namespaces of every cluster, at rest.</summary>
    public static Task<TestCluster> StartAsync(params NodeSpec[] nodes) => StartAsync(new ClusterSpec { Name = "test", Nodes = nodes });

    public static async Task<TestCluster> StartAsync(ClusterSpec spec, ObjectStore? saved = null)
    {
        var (time, log) = (new ManualTime(), new ErrorLog());
        var withNodes = spec.Nodes.Count > 0 ? spec : spec with { Nodes = [new NodeSpec { Name = "node-1" }] };
        var cluster = new TestCluster(new SimulatedCluster(withNodes, saved, time, new Random(1), log), time, log);
        await cluster.SettleAsync();
        return cluster;
    }

    /// <summary>Lets the controllers do all that needs no time.</summary>
    public Task SettleAsync() => Cluster.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Lets time pass, with everything that happens in it.</summary>
    public async Task PassAsync(double seconds)
    {
        await SettleAsync();
        var end = _time.GetUtcNow().AddSeconds(seconds);
        while (_time.MoveToNext(end)) await SettleAsync();
        await SettleAsync();
    }

    public JsonMap Create(string yaml, string manager = "test")
    {
        var value = (JsonMap)YamlReading.Parse(yaml);
        var kind = KindOf(value);
        return Cluster.Writer.Create(kind, Space(kind, value), value, new WriteOptions(manager) { Validation = FieldValidation.Strict }).Value;
    }

    public JsonMap Apply(string yaml, string manager = "test", bool force = false)
    {
        var value = (JsonMap)YamlReading.Parse(yaml);
        var kind = KindOf(value);
        return Cluster.Writer.Apply(kind, new ObjectKey(Space(kind, value), value.Name), value, force, new WriteOptions(manager)).Value;
    }

    public JsonMap Update(string resource, string name, Func<JsonMap, JsonMap> change, string space = "default", string subresource = "", string manager = "test")
    {
        var kind = Kind(resource);
        return Cluster.Writer.Update(kind, new ObjectKey(kind.Namespaced ? space : "", name), new WriteOptions(manager) { Subresource = subresource }, change).Value;
    }

    public void Delete(string resource, string name, string space = "default", Propagation? propagation = Propagation.Background)
    {
        var kind = Kind(resource);
        Cluster.Deleter.Delete(kind, new ObjectKey(kind.Namespaced ? space : "", name), new DeleteOptions { Propagation = propagation });
    }

    public JsonMap? Find(string resource, string name, string space = "default")
    {
        var kind = Kind(resource);
        return Cluster.Store.Find(kind.Resource, new ObjectKey(kind.Namespaced ? space : "", name))?.Value;
    }

    public JsonMap Get(string resource, string name, string space = "default") =>
        Find(resource, name, space) ?? throw new Xunit.Sdk.XunitException($"There is no {resource} {space}/{name}.");

    public List<JsonMap> List(string resource, string space = "default")
    {
        var kind = Kind(resource);
        var objects = Cluster.Store.Read(kind.Resource).Objects;
        return [.. (kind.Namespaced ? objects.In(space) : objects.All).Select(stored => stored.Value)];
    }

    /// <summary>The Events about an object: reason and message, in the order in which they came.</summary>
    public List<(string Reason, string Message)> EventsOf(string name, string space = "default") => [.. List("events", space)
        .Where(value => value.Text("involvedObject", "name") == name).OrderBy(value => value.Name, StringComparer.Ordinal)
        .Select(value => (value.Text("reason") ?? "", value.Text("message") ?? ""))];

    /// <summary>The refusal that a write must meet.</summary>
    public static StatusException Refused(Action write) => Assert.Throws<StatusException>(write);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Assert.Empty(_log.Errors); // A controller that fails and tries again would go unseen.
    }

    public ResourceKind Kind(string resource) => Cluster.Kinds.Current.All.First(kind => kind.Plural == resource && kind.Version == kind.StorageVersion);

    private ResourceKind KindOf(JsonMap value) =>
        Cluster.Kinds.Current.FindKind(value.Text("apiVersion") ?? "", value.Text("kind") ?? "") ?? throw new Xunit.Sdk.XunitException($"No such kind: {value.Text("apiVersion")} {value.Text("kind")}");

    private static string Space(ResourceKind kind, JsonMap value) => !kind.Namespaced ? "" : value.Namespace.Length > 0 ? value.Namespace : "default";
}
