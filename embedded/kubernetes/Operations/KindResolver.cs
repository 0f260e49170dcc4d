using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Finds where a cluster has the objects of a type, and waits for what the same update may still create: kinds and namespaces.</summary>
internal sealed class KindResolver(OperationContext context)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Finds the kind; null when the cluster does not serve it.</summary>
    public async Task<ApiResource?> FindAsync(ResourceType type, CancellationToken cancellationToken)
    {
        var catalog = context.Client.Resources;
        if (await catalog.FindAsync(type.ApiVersion, type.Kind, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        catalog.Refresh(); // The kind may have been defined since the catalog was read.
        return await catalog.FindAsync(type.ApiVersion, type.Kind, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does something with a kind that may not be there yet, in a namespace that may not be there yet.</summary>
    /// <exception cref="ProviderException">The cluster does not serve the kind.</exception>
    /// <exception cref="ApiException">The cluster refused.</exception>
    public async Task<T> WhenThereAsync<T>(Urn urn, ResourceType type, Func<ApiResource, Task<T>> action, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var attempt = 0; ; attempt++, pause *= 2)
        {
            var missing = "the cluster serves its kind";
            if (await FindAsync(type, cancellationToken).ConfigureAwait(false) is { } resource)
            {
                try
                {
                    return await action(resource).ConfigureAwait(false);
                }
                catch (ApiException error) when (error.IsMissingNamespace && attempt < context.Options.CreateRetries)
                {
                    missing = "its namespace exists";
                }
                catch (ApiException error) when (error.IsMissingServiceAccount && attempt < context.Options.CreateRetries)
                {
                    missing = "its service account exists"; // In a new namespace a controller makes the default one.
                }
                catch (ApiException error) when (error.IsUnservedPath && type.Known is not null)
                {
                    throw await NotServedAsync(type, cancellationToken).ConfigureAwait(false); // As below.
                }
                catch (ApiException error) when (error.IsUnservedPath && attempt < context.Options.CreateRetries)
                {
                    // A new kind is announced a moment before it is served.
                }
            }
            else if (type.Known is not null || attempt >= context.Options.CreateRetries)
            {
                throw await NotServedAsync(type, cancellationToken).ConfigureAwait(false); // A built-in kind does not come later.
            }

            context.ShowStatus(urn, $"waiting until {missing}");
            await Task.Delay(pause, context.Options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says that a kind is not served, and in which versions it is.</summary>
    public async Task<ProviderException> NotServedAsync(ResourceType type, CancellationToken cancellationToken)
    {
        var versions = await context.Client.Resources.FindVersionsAsync(type.Kind, cancellationToken).ConfigureAwait(false);
        var advice = versions.IsEmpty
            ? "Is its CustomResourceDefinition missing?"
            : $"It serves {type.Kind} in {string.Join(", ", versions)}.";
        return new ProviderException($"The {context.Client.Connection.Describe()} does not serve {type.Kind} in {type.ApiVersion}. {advice}");
    }
}
