using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>
/// The kinds that an API server serves. Kinds that every server has are known without asking; for the others the server is asked:
/// in one document where it offers that (aggregated discovery, Kubernetes 1.26 on), else by group version, each once.
/// </summary>
public sealed class ResourceCatalog
{
    private const string AggregatedTypes =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    // In their present version since Kubernetes 1.21 or later: PodDisruptionBudget and CronJob 1.21, CSIStorageCapacity 1.24,
    // HorizontalPodAutoscaler (v2) 1.23, EndpointSlice 1.21.
    private static readonly FrozenSet<string> MovedLately =
        FrozenSet.Create(StringComparer.Ordinal, "PodDisruptionBudget", "CronJob", "CSIStorageCapacity", "HorizontalPodAutoscaler", "EndpointSlice");

    private readonly RequestSender _sender;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Discovered _discovered = new();

    internal ResourceCatalog(RequestSender sender) => _sender = sender;

    /// <summary>Finds a kind. One that has moved between versions of its API is found in the version that the server has.</summary>
    /// <param name="apiVersion">Group and version.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>Where its objects are, or null when the server does not serve it.</returns>
    public async Task<ApiResource?> FindAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        // Kinds that came into their version before any server that is still about need not be asked for.
        if (KnownResource(apiVersion, kind) is { } known && !MovedLately.Contains(kind))
        {
            return known;
        }

        foreach (var version in MovedKinds.ElsewhereIn(apiVersion, kind).Insert(0, apiVersion))
        {
            if (await FindServedAsync(version, kind, cancellationToken).ConfigureAwait(false) is { } served)
            {
                return served;
            }
        }

        return null;
    }

    /// <summary>Finds a kind among those that the server says it serves.</summary>
    /// <returns>Where its objects are, or null when the server does not serve it.</returns>
    public async Task<ApiResource?> FindServedAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        var resources = await GetGroupVersionAsync(apiVersion, cancellationToken).ConfigureAwait(false);
        return resources.FirstOrDefault(resource => resource.Kind == kind);
    }

    /// <summary>The API versions in which the server serves a kind, the preferred one of each group first.</summary>
    public async Task<ImmutableArray<string>> FindVersionsAsync(string kind, CancellationToken cancellationToken)
    {
        var discovered = await LoadAsync(cancellationToken).ConfigureAwait(false);
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var apiVersion in discovered.ApiVersions)
        {
            if (await FindServedAsync(apiVersion, kind, cancellationToken).ConfigureAwait(false) is not null)
            {
                found.Add(apiVersion);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Forgets what the server has said, as after a new kind was defined.</summary>
    public void Refresh() => _discovered = new Discovered();

    /// <summary>Finds a kind that every server is taken to have; null for others.</summary>
    public static ApiResource? KnownResource(string apiVersion, string kind) =>
        KubernetesSchema.BuiltIn.FindKind(apiVersion, kind) is { } known ? new ApiResource(apiVersion, kind, known.Plural, known.Namespaced) : null;

    private async Task<ImmutableArray<ApiResource>> GetGroupVersionAsync(string apiVersion, CancellationToken cancellationToken)
    {
        var discovered = await LoadAsync(cancellationToken).ConfigureAwait(false);
        if (discovered.ByApiVersion.TryGetValue(apiVersion, out var known))
        {
            return known;
        }

        if (discovered.IsAggregated || !discovered.ApiVersions.Contains(apiVersion))
        {
            return [];
        }

        var resources = await GetAsync(ApiResource.GroupVersionPath(apiVersion), cancellationToken).ConfigureAwait(false);
        return discovered.ByApiVersion[apiVersion] = resources is null ? [] : DiscoveryDocuments.ReadResources(resources, apiVersion);
    }

    private async Task<Discovered> LoadAsync(CancellationToken cancellationToken)
    {
        if (_discovered.ApiVersions.Length > 0)
        {
            return _discovered;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_discovered.ApiVersions.Length == 0)
            {
                _discovered = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
            }

            return _discovered;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Discovered> DiscoverAsync(CancellationToken cancellationToken)
    {
        var documents = await Task.WhenAll(GetAsync("/api", cancellationToken), GetAsync("/apis", cancellationToken)).ConfigureAwait(false);
        var discovered = new Discovered { IsAggregated = documents.OfType<KubeObject>().Any(document => document.Kind == "APIGroupDiscoveryList") };
        foreach (var document in documents.OfType<KubeObject>())
        {
            foreach (var (apiVersion, resources) in DiscoveryDocuments.ReadGroups(document))
            {
                discovered.ApiVersions = discovered.ApiVersions.Add(apiVersion);
                if (resources is { } known)
                {
                    discovered.ByApiVersion[apiVersion] = known;
                }
            }
        }

        return discovered;
    }

    private async Task<KubeObject?> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _sender.SendAsync(new ApiRequest(HttpMethod.Get, path) { Accept = AggregatedTypes }, cancellationToken).ConfigureAwait(false);
            return KubeObject.Parse(response.Body);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return null; // A server without that group; a server has at least one of /api and /apis.
        }
    }

    private sealed class Discovered
    {
        public bool IsAggregated { get; init; }

        public ImmutableArray<string> ApiVersions { get; set; } = [];

        public ConcurrentDictionary<string, ImmutableArray<ApiResource>> ByApiVersion { get; } = new(StringComparer.Ordinal);
    }
}
