using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers;

/// <summary>The API as controllers use it: the same rules as for everyone, in the name of one component.</summary>
/// <param name="store">The cluster's objects.</param>
/// <param name="kinds">The cluster's kinds.</param>
/// <param name="writer">Writes objects.</param>
/// <param name="deleter">Deletes objects.</param>
/// <param name="component">The component, which is the field manager of what it writes.</param>
internal sealed class ControllerApi(ObjectStore store, ClusterKinds kinds, ObjectWriter writer, ObjectDeleter deleter, string component)
{
    private readonly WriteOptions _main = new(component);
    private readonly WriteOptions _status = new(component) { Subresource = "status" };

    /// <summary>The component.</summary>
    public string Component => component;

    /// <summary>The same API in the name of another component.</summary>
    public ControllerApi As(string other) => new(store, kinds, writer, deleter, other);

    /// <summary>An object, or null.</summary>
    public JsonMap? Find(GroupResource resource, ObjectKey key) => store.Find(resource, key)?.Value;

    /// <summary>The objects of a namespace, or of all when it is empty.</summary>
    public IEnumerable<JsonMap> List(GroupResource resource, string space = "")
    {
        var objects = store.Read(resource).Objects;
        return (space.Length == 0 ? objects.All : objects.In(space)).Select(stored => stored.Value);
    }

    /// <summary>The objects of a resource that an object controls.</summary>
    public List<JsonMap> Controlled(GroupResource resource, JsonMap owner) =>
        [.. store.DependentsOf(owner.Uid).Where(stored => stored.Resource == resource && stored.Value.Controller?.Text("uid") == owner.Uid).Select(stored => stored.Value)];

    /// <summary>Creates an object.</summary>
    public JsonMap Create(GroupResource resource, JsonMap value) => writer.Create(Kind(resource), value.Namespace, value, _main).Value;

    /// <summary>Changes an object.</summary>
    public JsonMap Update(GroupResource resource, ObjectKey key, Func<JsonMap, JsonMap> change) => writer.Update(Kind(resource), key, _main, change).Value;

    /// <summary>Changes an object's status, and sets annotations where they are given.</summary>
    public void UpdateStatus(GroupResource resource, JsonMap value, JsonMap status, JsonMap? annotations = null)
    {
        var given = annotations ?? JsonMap.Empty;
        if (status.Equals(value["status"]) && given.All(annotation => annotation.Value.Equals(value.Annotations[annotation.Key]))) return;
        writer.Update(Kind(resource), KeyOf(value), _status, current => current.Uid == value.Uid
            ? given.Aggregate(current.With("status", status), (next, annotation) => next.Set(annotation.Value, "metadata", "annotations", annotation.Key))
            : current);
    }

    /// <summary>Puts a pod on a node.</summary>
    public void Bind(JsonMap pod, string node) => PodBinding.Bind(writer, Kind(Resources.Pods), KeyOf(pod), node, new WriteOptions(component) { Subresource = "binding" });

    /// <summary>Deletes an object, if it is still the same; nothing to do when it is gone.</summary>
    public void Delete(GroupResource resource, JsonMap value, Propagation? propagation = Propagation.Background, long? gracePeriodSeconds = null)
    {
        try
        {
            deleter.Delete(Kind(resource), KeyOf(value), new DeleteOptions { Uid = value.Uid, Propagation = propagation, GracePeriodSeconds = gracePeriodSeconds });
        }
        catch (StatusException error) when (error.Reason is "NotFound" or "Conflict")
        {
            // Gone, or already another object of that name: either way this one is no more.
        }
    }

    /// <summary>Removes the finalizers of a namespace, so that it goes.</summary>
    public void Finalize(JsonMap space, string finalizer) => writer.Update(Kind(Resources.Namespaces), KeyOf(space), new WriteOptions(component) { Subresource = "finalize" },
        current => current.Set(JsonList.FromTexts(current.List("spec", "finalizers").Texts().Where(name => name != finalizer)), "spec", "finalizers"));

    /// <summary>The kind of a resource, as it is stored.</summary>
    public ResourceKind Kind(GroupResource resource) => kinds.Current.Stored(resource);

    /// <summary>The key of an object.</summary>
    public static ObjectKey KeyOf(JsonMap value) => new(value.Namespace, value.Name);
}
