using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Ownership;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Writes objects to a cluster: the requests behind create and update.</summary>
internal sealed class ObjectWriter(KubernetesClient client, ResourceType type, string manager, bool dryRun)
{
    private const int Tries = 3;

    private WriteOptions Options => new(manager) { DryRun = dryRun };

    /// <summary>Creates an object that must not be there yet. Where an answer is lost, looks whether it was created before trying again.</summary>
    public async Task<WriteResult> CreateAsync(ApiResource resource, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var identity = ObjectIdentity.Of(inputs);
        var body = Body(resource, inputs);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await client.CreateAsync(resource, identity.Namespace, body, Options, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (!dryRun && attempt < Tries
                && error is ApiException { IsServerFailure: true, IsMissingServiceAccount: false } or ClusterUnreachableException { MayHaveTakenEffect: true })
            {
                var found = await client.FindAsync(resource, identity.Namespace, identity.Name, cancellationToken).ConfigureAwait(false);
                if (found is not null && IsWrittenByUs(found))
                {
                    return new WriteResult(found, Created: true, []);
                }
            }
        }
    }

    /// <summary>Whether the object that has the place of this one was written by this resource.</summary>
    public async Task<bool> HasWrittenAsync(ApiResource resource, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var identity = ObjectIdentity.Of(inputs);
        return await client.FindAsync(resource, identity.Namespace, identity.Name, cancellationToken).ConfigureAwait(false) is { IsDeleting: false } found
            && IsWrittenByUs(found);
    }

    /// <summary>Applies an object by the route that was chosen.</summary>
    /// <param name="resource">Where the objects are.</param>
    /// <param name="inputs">What to apply.</param>
    /// <param name="route">How.</param>
    /// <param name="knownVersion">The version in which the object was seen last; only needed for <see cref="ApplyRoute.ForceAtKnownVersion"/>.</param>
    /// <param name="formerInputs">The inputs until now; only needed for <see cref="ApplyRoute.MigrateFirst"/>.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <exception cref="ProviderException">Other managers own fields.</exception>
    /// <exception cref="ApiException">The server refused it, perhaps because the object is no longer in the version that was known.</exception>
    public async Task<WriteResult> ApplyAsync(
        ApiResource resource, PropertyMap inputs, ApplyRoute route, string? knownVersion, PropertyMap? formerInputs, CancellationToken cancellationToken)
    {
        if (route == ApplyRoute.MigrateFirst && !dryRun)
        {
            await MigrateAsync(resource, ObjectIdentity.Of(inputs), formerInputs ?? PropertyMap.Empty, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var sent = route == ApplyRoute.ForceAtKnownVersion ? inputs.WithAt(["metadata", "resourceVersion"], knownVersion!) : inputs;
            var force = route is ApplyRoute.Force or ApplyRoute.ForceAtKnownVersion;
            return await SendAsync(resource, sent, force, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.IsApplyConflict)
        {
            var conflicts = ApplyConflict.Read(error);
            return ApplyConflict.MayBeForced(conflicts, manager)
                ? await SendAsync(resource, inputs, force: true, cancellationToken).ConfigureAwait(false)
                : throw new ProviderException(ApplyConflict.Explain(conflicts, manager), error);
        }
    }

    /// <summary>Gives up the fields that another manager of ours owned.</summary>
    public async Task ReleaseAsync(ApiResource resource, PropertyMap inputs, string formerManager, CancellationToken cancellationToken)
    {
        var identity = ObjectIdentity.Of(inputs);
        var nothing = PropertyMap.Of(("apiVersion", resource.ApiVersion), ("kind", type.Kind)).WithAt(["metadata", "name"], identity.Name);
        var options = new WriteOptions(formerManager);
        await client.ApplyAsync(resource, identity.Namespace, identity.Name, ObjectJson.Write(nothing), options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WriteResult> SendAsync(ApiResource resource, PropertyMap inputs, bool force, CancellationToken cancellationToken)
    {
        var identity = ObjectIdentity.Of(inputs);
        return await client.ApplyAsync(
            resource, identity.Namespace, identity.Name, Body(resource, inputs), Options with { Force = force }, cancellationToken).ConfigureAwait(false);
    }

    // The version makes sure that nobody's entry is lost who wrote in between.
    private async Task MigrateAsync(ApiResource resource, ObjectIdentity identity, PropertyMap formerInputs, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var live = await client.FindAsync(resource, identity.Namespace, identity.Name, cancellationToken).ConfigureAwait(false);
            if (live is null || ManagedFields.Migrated(ManagedFields.Of(ObjectJson.Read(live)), manager, formerInputs) is not { } entries)
            {
                return;
            }

            var patch = PropertyValue.ListOf(
                Replace("/metadata/managedFields", PropertyValue.ListOf(entries.Select(entry => (PropertyValue)entry.Entry))),
                Replace("/metadata/resourceVersion", live.ResourceVersion));
            try
            {
                await client.JsonPatchAsync(resource, identity.Namespace, identity.Name, ObjectJson.Write(patch), Options, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ApiException error) when (error.IsStale && attempt < Tries)
            {
                // Somebody wrote in between; once more from what is there now.
            }
        }
    }

    // The version is the one that the cluster serves, which need not be the one that the program names.
    private ReadOnlyMemory<byte> Body(ApiResource resource, PropertyMap inputs) =>
        ObjectJson.Write(ListKeys.WithDefaults(ApiForm(type, inputs).With("apiVersion", resource.ApiVersion), type.Schema));

    private bool IsWrittenByUs(KubeObject item) => ManagedFields.Of(ObjectJson.Read(item)).Any(entry => entry.Manager == manager);

    /// <summary>The inputs as the API has them.</summary>
    public static PropertyMap ApiForm(ResourceType type, PropertyMap inputs) => type.IsDefinition ? DefinitionKeys.ToApi(inputs) : inputs;

    private static PropertyValue Replace(string path, PropertyValue value) => PropertyMap.Of(("op", "replace"), ("path", path), ("value", value));
}
