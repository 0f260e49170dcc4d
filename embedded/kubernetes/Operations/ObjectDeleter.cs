using System.Collections.Frozen;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Deletes objects.</summary>
internal sealed class ObjectDeleter(OperationContext context)
{
    // Built-in kinds whose objects own others.
    private static readonly FrozenSet<string> Owners = FrozenSet.Create(
        StringComparer.Ordinal, "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicationController");

    private readonly KindResolver _kinds = new(context);

    /// <summary>Deletes an object and waits until it is gone.</summary>
    /// <exception cref="ProviderException">It is not gone in time.</exception>
    public async Task DeleteAsync(ResourceType type, DeleteRequest request, CancellationToken cancellationToken)
    {
        if (await _kinds.FindAsync(type, cancellationToken).ConfigureAwait(false) is not { } resource)
        {
            return; // Without the kind there are no objects of it.
        }

        var identity = ObjectIdentity.Parse(request.Id);
        var @namespace = resource.Namespaced ? identity.Namespace ?? "default" : null;
        KubeObject? left;
        try
        {
            left = await context.Client.DeleteAsync(resource, @namespace, identity.Name, Propagation(type, request.OldInputs), cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            left = null;
        }

        if (left is not null && !MayBeLeft(type, request.OldInputs))
        {
            await WaitAsync(type, resource, left, request, cancellationToken).ConfigureAwait(false);
        }

        if (type.IsDefinition)
        {
            context.Client.Resources.Refresh();
        }
    }

    private async Task WaitAsync(ResourceType type, ApiResource resource, KubeObject left, DeleteRequest request, CancellationToken cancellationToken)
    {
        var budget = ReadinessGate.Budget(request.Timeout, request.OldInputs, context.Options.Readiness.Timeout);
        var result = await context.Session.Deletions.WaitAsync(
            resource, left, budget, text => context.ShowStatus(request.Urn, text), cancellationToken).ConfigureAwait(false);
        if (result is not null)
        {
            throw new ProviderException($"{type.Kind} {ObjectIdentity.Of(left)} is not deleted: {result.Message}");
        }
    }

    // By default what an object owns goes first, so that nothing is left when the delete ends. An object that owns nothing is gone the
    // sooner without that: the garbage collector would have to look at each.
    private static DeletionPropagation Propagation(ResourceType type, PropertyMap inputs) =>
        inputs.Annotation(Annotations.DeletionPropagation)?.ToLowerInvariant() switch
        {
            "orphan" => DeletionPropagation.Orphan,
            "background" => DeletionPropagation.Background,
            null when type.Known is { } known && !Owners.Contains(known.Kind) => DeletionPropagation.Background,
            _ => DeletionPropagation.Foreground,
        };

    // As in pulumi-kubernetes, the annotation that skips waiting counts on deletion for these kinds only.
    private static bool MayBeLeft(ResourceType type, PropertyMap inputs) =>
        inputs.Annotation(Annotations.SkipAwait) == "true"
        && type.Kind is "Namespace" or "Pod" or "ReplicationController" or "DaemonSet" or "Deployment" or "StatefulSet" or "Job";
}
