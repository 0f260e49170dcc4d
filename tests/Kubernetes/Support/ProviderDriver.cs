using System.Text.Json.Nodes;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Tests.Kubernetes.Support;

/// <summary>One resource as an engine keeps it.</summary>
internal sealed record Resource(Urn Urn, string Id, PropertyMap Inputs, PropertyMap Outputs);

/// <summary>Does with a provider what an engine does: check, then diff, then create, update or replace.</summary>
internal sealed class ProviderDriver(IResourceProvider provider)
{
    private readonly Random _random = new(7);

    public IResourceProvider Provider => provider;

    public static Urn UrnOf(string type, string name) => Urn.Create("dev", "project", null, type, name);

    public static PropertyMap Map(string json) => PlainJson.FromJson(JsonNode.Parse(json)!.AsObject());

    /// <summary>Makes a provider for the API server at an address.</summary>
    public static async Task<ProviderDriver> ConnectAsync(
        string kubeconfig, RecordingHost? host = null, KubernetesProviderOptions? options = null, params (string Name, PropertyValue Value)[] configuration)
    {
        var provider = new KubernetesProvider(host ?? new RecordingHost(), options);
        var inputs = PropertyMap.Of([("kubeconfig", kubeconfig), .. configuration]);
        await provider.ConfigureAsync(new ConfigureRequest(null, inputs), CancellationToken.None);
        return new ProviderDriver(provider);
    }

    public async Task<CheckResult> CheckAsync(string type, string name, PropertyMap inputs, PropertyMap? old, CancellationToken cancellationToken)
    {
        var seed = new byte[32];
        _random.NextBytes(seed);
        return await provider.CheckAsync(new CheckRequest(UrnOf(type, name), old ?? PropertyMap.Empty, inputs, [.. seed]), cancellationToken);
    }

    public async Task<PropertyMap> CheckedAsync(string type, string name, PropertyMap inputs, PropertyMap? old, CancellationToken cancellationToken)
    {
        var result = await CheckAsync(type, name, inputs, old, cancellationToken);
        return result.Failures.IsEmpty
            ? result.Inputs
            : throw new InvalidOperationException(string.Join(Environment.NewLine, result.Failures.Select(failure => $"{failure.Property}: {failure.Reason}")));
    }

    public async Task<Resource> CreateAsync(string type, string name, string inputs, CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        var urn = UrnOf(type, name);
        var given = await CheckedAsync(type, name, Map(inputs), null, cancellationToken);
        var created = await provider.CreateAsync(new CreateRequest(urn, given, timeout, Preview: false), cancellationToken);
        return new Resource(urn, created.Id, given, created.Outputs);
    }

    public async Task<DiffResult> DiffAsync(Resource resource, string inputs, CancellationToken cancellationToken, params string[] ignoreChanges)
    {
        var given = await CheckedAsync(resource.Urn.Type, resource.Urn.Name, Map(inputs), resource.Inputs, cancellationToken);
        return await provider.DiffAsync(
            new DiffRequest(resource.Urn, resource.Id, resource.Inputs, resource.Outputs, given, [.. ignoreChanges]), cancellationToken);
    }

    /// <summary>Brings a resource to new inputs, in place or by replacement, and says which diff led to it.</summary>
    public async Task<(Resource Resource, DiffResult Diff)> UpAsync(Resource resource, string inputs, CancellationToken cancellationToken)
    {
        var (type, name) = (resource.Urn.Type, resource.Urn.Name);
        var given = await CheckedAsync(type, name, Map(inputs), resource.Inputs, cancellationToken);
        var diff = await provider.DiffAsync(new DiffRequest(resource.Urn, resource.Id, resource.Inputs, resource.Outputs, given, []), cancellationToken);
        if (diff.Changes == DiffChanges.None)
        {
            return (resource with { Inputs = given }, diff);
        }

        if (!diff.IsReplace)
        {
            var updated = await provider.UpdateAsync(
                new UpdateRequest(resource.Urn, resource.Id, resource.Inputs, resource.Outputs, given, null, [], Preview: false), cancellationToken);
            return (resource with { Inputs = given, Outputs = updated.Outputs }, diff);
        }

        if (diff.DeleteBeforeReplace)
        {
            await DeleteAsync(resource, cancellationToken);
        }

        given = await CheckedAsync(type, name, Map(inputs), null, cancellationToken);
        var created = await provider.CreateAsync(new CreateRequest(resource.Urn, given, null, Preview: false), cancellationToken);
        if (!diff.DeleteBeforeReplace)
        {
            await DeleteAsync(resource, cancellationToken);
        }

        return (new Resource(resource.Urn, created.Id, given, created.Outputs), diff);
    }

    /// <summary>Refreshes a resource. That it is not ready is no failure of a refresh; what was read counts.</summary>
    public async Task<Resource?> RefreshAsync(Resource resource, CancellationToken cancellationToken)
    {
        try
        {
            var read = await ReadAsync(resource, cancellationToken);
            return read.Id == "" ? null : resource with { Id = read.Id, Inputs = read.Inputs!, Outputs = read.Outputs };
        }
        catch (ResourceInitException notReady)
        {
            return resource with { Id = notReady.Id, Inputs = notReady.Inputs!, Outputs = notReady.Outputs };
        }
    }

    /// <summary>Takes over an object that may be there; null when it is not.</summary>
    public async Task<Resource?> ImportAsync(string type, string name, string id, CancellationToken cancellationToken)
    {
        var urn = UrnOf(type, name);
        var read = await provider.ReadAsync(new ReadRequest(urn, id, PropertyMap.Empty, PropertyMap.Empty, null), cancellationToken);
        return read.Id == "" ? null : new Resource(urn, read.Id, read.Inputs!, read.Outputs);
    }

    public Task<ReadResult> ReadAsync(Resource resource, CancellationToken cancellationToken) =>
        provider.ReadAsync(new ReadRequest(resource.Urn, resource.Id, resource.Inputs, resource.Outputs, null), cancellationToken);

    public Task DeleteAsync(Resource resource, CancellationToken cancellationToken, TimeSpan? timeout = null) =>
        provider.DeleteAsync(new DeleteRequest(resource.Urn, resource.Id, resource.Inputs, resource.Outputs, timeout), cancellationToken);
}
