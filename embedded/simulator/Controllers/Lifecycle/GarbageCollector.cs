using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Lifecycle;

/// <summary>
/// Follows owner references: what lost its last owner goes too; an owner that is deleted in the foreground waits for its dependents; an orphaning one lets go of them.
/// </summary>
internal sealed class GarbageCollector(ControllerApi api, ObjectStore store, ClusterKinds kinds) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");
    private readonly Queue<(GroupResource Resource, ObjectKey Key)> _places = new();
    private readonly HashSet<(GroupResource Resource, ObjectKey Key)> _queued = [];

    public override void Observe(ObjectChange change)
    {
        var value = change.Object.Value;
        if (change.Type == ChangeType.Deleted)
        {
            foreach (var dependent in store.DependentsOf(value.Uid)) Enqueue(dependent.Resource, dependent.Key);
            foreach (var owner in value.OwnerReferences) EnqueueOwner(owner, value.Namespace);
        }
        else if (value.OwnerReferences.Any() && change.Type == ChangeType.Added || HoldsDependents(value))
        {
            Enqueue(change.Object.Resource, change.Object.Key);
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (!_places.TryDequeue(out var place)) return;
        _queued.Remove(place);
        if (_places.Count > 0) Queue.Add(key);
        if (kinds.Current.FindStored(place.Resource) is null || _api.Find(place.Resource, place.Key) is not { } value) return;
        try
        {
            Collect(place.Resource, value);
        }
        catch (StatusException error) when (error.Reason is "Conflict" or "NotFound")
        {
            Enqueue(place.Resource, place.Key); // Changed in the meantime: look again.
        }
    }

    private static bool HoldsDependents(JsonMap value) =>
        value.IsDeleting && value.Finalizers.Any(name => name is DeletionRules.Foreground or DeletionRules.Orphan);

    private void Enqueue(GroupResource resource, ObjectKey key)
    {
        if (!_queued.Add((resource, key))) return;
        _places.Enqueue((resource, key));
        Queue.Add(default); // Keys of the queue have no resource; each call takes the next place.
    }

    private void EnqueueOwner(JsonMap reference, string space)
    {
        if (FindOwner(reference, space) is var (resource, owner) && HoldsDependents(owner)) Enqueue(resource, ControllerApi.KeyOf(owner));
    }

    private (GroupResource Resource, JsonMap Owner)? FindOwner(JsonMap reference, string space)
    {
        if (kinds.Current.FindKind(reference.Text("apiVersion") ?? "", reference.Text("kind") ?? "") is not { } kind) return null;
        var owner = _api.Find(kind.Resource, new ObjectKey(kind.Namespaced ? space : "", reference.Text("name") ?? ""));
        return owner?.Uid == reference.Text("uid") ? (kind.Resource, owner!) : null;
    }

    private void Collect(GroupResource resource, JsonMap value)
    {
        if (HoldsDependents(value))
        {
            if (value.Finalizers.Contains(DeletionRules.Orphan)) Orphan(resource, value);
            else DeleteDependents(resource, value);
            return;
        }
        var references = value.OwnerReferences.ToList();
        if (references.Count == 0 || value.IsDeleting) return;
        var owners = references.ConvertAll(reference => FindOwner(reference, value.Namespace));
        if (owners.TrueForAll(owner => owner is null))
        {
            _api.Delete(resource, value, propagation: null);
        }
        else if (owners.TrueForAll(owner => owner is null || IsInForeground(owner.Value.Owner)))
        {
            _api.Delete(resource, value, store.DependentsOf(value.Uid).Count > 0 ? Propagation.Foreground : null);
        }
        else if (owners.Exists(owner => owner is null))
        {
            var left = references.Where((_, index) => owners[index] is not null);
            _api.Update(resource, ControllerApi.KeyOf(value), current => current.Set(JsonList.From(left), "metadata", "ownerReferences"));
        }
    }

    private static bool IsInForeground(JsonMap owner) => owner.IsDeleting && owner.Finalizers.Contains(DeletionRules.Foreground);

    private void DeleteDependents(GroupResource resource, JsonMap owner)
    {
        var dependents = store.DependentsOf(owner.Uid);
        foreach (var dependent in dependents.Where(dependent => !dependent.Value.IsDeleting)) Enqueue(dependent.Resource, dependent.Key);
        var blocks = dependents.Any(dependent => dependent.Value.OwnerReferences.Any(reference => reference.Text("uid") == owner.Uid && reference.Flag("blockOwnerDeletion")));
        if (!blocks) RemoveFinalizer(resource, owner, DeletionRules.Foreground);
    }

    private void Orphan(GroupResource resource, JsonMap owner)
    {
        foreach (var dependent in store.DependentsOf(owner.Uid))
        {
            _api.Update(dependent.Resource, dependent.Key, current =>
            {
                var left = JsonList.From(current.OwnerReferences.Where(reference => reference.Text("uid") != owner.Uid));
                return current.Set(left.Count == 0 ? null : left, "metadata", "ownerReferences");
            });
        }
        RemoveFinalizer(resource, owner, DeletionRules.Orphan);
    }

    private void RemoveFinalizer(GroupResource resource, JsonMap value, string finalizer) => _api.Update(resource, ControllerApi.KeyOf(value), current =>
    {
        var left = JsonList.FromTexts(current.Finalizers.Where(name => name != finalizer));
        return current.Set(left.Count == 0 ? null : left, "metadata", "finalizers");
    });
}
