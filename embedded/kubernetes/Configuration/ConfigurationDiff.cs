using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Configuration;

/// <summary>
/// Decides whether a change of the configuration leads to another cluster, which replaces every resource made with the provider. Only the
/// address counts, not certificates, credentials or proxies; and where the address has changed, the clusters themselves are asked who they
/// are before they count as two.
/// </summary>
internal sealed class ConfigurationDiff(HostEnvironment environment, IProviderHost host, Func<ClusterConnection, CancellationToken, Task<string?>> identify)
{
    private static readonly ImmutableArray<string> ChoosingKeys = ["kubeconfig", "context", "cluster"];

    /// <summary>How patient the question for an identity is: a cluster that is gone must not hold up the preview.</summary>
    internal static readonly ClientOptions QuestionOptions = new() { RequestTimeout = TimeSpan.FromSeconds(5), Retries = 0 };

    /// <summary>Compares two configurations.</summary>
    public async Task<DiffResult> CompareAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        var old = request.OldInputs.Count > 0 ? request.OldInputs : request.OldOutputs;
        var changed = old.Names.Union(request.NewInputs.Names, StringComparer.Ordinal)
            .Where(name => !Equals(old[name]?.Reveal(), request.NewInputs[name]?.Reveal()))
            .ToImmutableArray();
        return changed.IsEmpty
            ? DiffResult.NoChanges
            : new DiffResult
            {
                Changes = DiffChanges.Some,
                Diffs = changed,
                Replaces = await ReplacesAsync(request.Urn, old, request.NewInputs, changed, cancellationToken).ConfigureAwait(false),
            };
    }

    private async Task<ImmutableArray<string>> ReplacesAsync(
        Urn urn, PropertyMap old, PropertyMap now, ImmutableArray<string> changed, CancellationToken cancellationToken)
    {
        if (ProviderSettings.Text(old, "clusterIdentifier") is { } before && ProviderSettings.Text(now, "clusterIdentifier") is { } after)
        {
            return before == after ? [] : ["clusterIdentifier"];
        }

        var unknown = changed.Where(name => ChoosingKeys.Contains(name) && now[name]?.ContainsUnknowns == true).ToImmutableArray();
        if (!unknown.IsEmpty)
        {
            return unknown;
        }

        var choosing = changed.Where(name => ChoosingKeys.Contains(name)).ToImmutableArray();
        if (choosing.IsEmpty || Resolve(old) is not { } from || Resolve(now) is not { } to || IsSameServer(from, to))
        {
            return [];
        }

        return await IsSameClusterAsync(urn, from, to, cancellationToken).ConfigureAwait(false) ? [] : choosing;
    }

    private async Task<bool> IsSameClusterAsync(Urn urn, ClusterConnection from, ClusterConnection to, CancellationToken cancellationToken)
    {
        var identities = await Task.WhenAll(identify(from, cancellationToken), identify(to, cancellationToken)).ConfigureAwait(false);
        if (identities is [{ } before, { } after])
        {
            return before == after;
        }

        host.Log(LogSeverity.Warning, urn,
            $"The provider leads from {from.Describe()} to {to.Describe()}, and it cannot be found out whether they are one cluster, "
            + "so all its resources are replaced. If they are one, set the provider's clusterIdentifier.");
        return false;
    }

    private ClusterConnection? Resolve(PropertyMap inputs)
    {
        try
        {
            var settings = ProviderSettings.Read(inputs, environment);
            return ConnectionResolver.Resolve(settings.Kubeconfig, settings.Context, settings.Cluster, environment);
        }
        catch (KubeconfigException)
        {
            return null; // What it led to is not known, so nothing can be said to have changed.
        }
    }

    private static bool IsSameServer(ClusterConnection from, ClusterConnection to) =>
        Uri.Compare(from.Cluster.Server, to.Cluster.Server, UriComponents.HttpRequestUrl, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Asks a cluster who it is: the uid of its namespace <c>kube-system</c>. Null when it does not say.</summary>
    public static async Task<string?> AskClusterAsync(ClusterConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new KubernetesClient(connection, QuestionOptions, time);
            var kind = ResourceCatalog.KnownResource("v1", "Namespace")!;
            return (await client.FindAsync(kind, null, "kube-system", cancellationToken).ConfigureAwait(false))?.Uid;
        }
        catch (Exception error) when (error is ApiException or ClusterUnreachableException or KubeconfigException)
        {
            return null;
        }
    }
}
