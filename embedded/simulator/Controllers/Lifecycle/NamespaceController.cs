using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Lifecycle;

/// <summary>Gives each namespace what every namespace has, and empties those that are deleted.</summary>
internal sealed class NamespaceController(ControllerApi api, ClusterKinds kinds, TimeProvider time) : Controller
{
    private const string RootCertificates = "kube-root-ca.crt";

    private readonly ControllerApi _api = api.As("kube-controller-manager");

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Namespaces)
        {
            Queue.Add(new ObjectKey("", change.Object.Key.Name));
        }
        else if (change.Type == ChangeType.Deleted && change.Object.Key.Namespace.Length > 0)
        {
            // It may have been the last object of a namespace that goes, or one that every namespace has.
            Queue.Add(new ObjectKey("", change.Object.Key.Namespace));
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.Namespaces, key) is not { } space) return;
        if (space.IsDeleting) Empty(space);
        else Furnish(space.Name);
    }

    private void Furnish(string space)
    {
        if (_api.Find(Resources.ServiceAccounts, new ObjectKey(space, "default")) is null)
        {
            _api.Create(Resources.ServiceAccounts, JsonMap.Of(("apiVersion", "v1"), ("kind", "ServiceAccount"), ("metadata", JsonMap.Of(("name", "default"), ("namespace", space)))));
        }
        if (_api.Find(Resources.ConfigMaps, new ObjectKey(space, RootCertificates)) is null)
        {
            _api.Create(Resources.ConfigMaps, JsonMap.Of(
                ("apiVersion", "v1"), ("kind", "ConfigMap"),
                ("metadata", JsonMap.Of(("name", RootCertificates), ("namespace", space), ("annotations", JsonMap.Of(
                    ("kubernetes.io/description", "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints."))))),
                ("data", JsonMap.Of(("ca.crt", "")))));
        }
    }

    private void Empty(JsonMap space)
    {
        var left = new List<(GroupResource Resource, List<JsonMap> Objects)>();
        foreach (var resource in kinds.Current.All.Where(kind => kind.Namespaced).Select(kind => kind.Resource).Distinct())
        {
            foreach (var value in _api.List(resource, space.Name)) _api.Delete(resource, value);
            var objects = _api.List(resource, space.Name).ToList();
            if (objects.Count > 0) left.Add((resource, objects));
        }
        if (left.Count == 0) _api.Finalize(space, NamespaceRules.Finalizer);
        else TellWhatIsLeft(space, left);
    }

    private void TellWhatIsLeft(JsonMap space, List<(GroupResource Resource, List<JsonMap> Objects)> left)
    {
        var now = KubernetesTime.Format(time.GetUtcNow());
        var remaining = string.Join(", ", left.Select(one => $"{one.Resource}. has {one.Objects.Count} resource instances"));
        var finalizers = left.SelectMany(one => one.Objects).SelectMany(value => value.Finalizers).CountBy(name => name).OrderBy(name => name.Key, StringComparer.Ordinal)
            .Select(name => $"{name.Key} in {name.Value} resource instances").ToList();
        var conditions = space.List("status", "conditions");
        conditions = Conditions.Set(conditions, "NamespaceDeletionDiscoveryFailure", isTrue: false, "ResourcesDiscovered", "All resources successfully discovered", now);
        conditions = Conditions.Set(conditions, "NamespaceDeletionGroupVersionParsingFailure", isTrue: false, "ParsedGroupVersions", "All legacy kube types successfully parsed", now);
        conditions = Conditions.Set(conditions, "NamespaceDeletionContentFailure", isTrue: false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization", now);
        conditions = Conditions.Set(conditions, "NamespaceContentRemaining", isTrue: true, "SomeResourcesRemain", $"Some resources are remaining: {remaining}", now);
        conditions = finalizers.Count > 0
            ? Conditions.Set(conditions, "NamespaceFinalizersRemaining", isTrue: true, "SomeFinalizersRemain", $"Some content in the namespace has finalizers remaining: {string.Join(", ", finalizers)}", now)
            : Conditions.Set(conditions, "NamespaceFinalizersRemaining", isTrue: false, "ContentHasNoFinalizers", "All content-preserving finalizers finished", now);
        _api.UpdateStatus(Resources.Namespaces, space, space.Map("status").With("conditions", conditions));
    }
}
