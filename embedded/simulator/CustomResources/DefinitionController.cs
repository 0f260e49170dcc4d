using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.CustomResources;

/// <summary>Serves the kinds of CustomResourceDefinitions, and removes their objects before a definition goes.</summary>
internal sealed class DefinitionController(ControllerApi api, ObjectStore store, ClusterKinds kinds, TimeProvider time) : Controller
{
    private const string CleanUp = "customresourcecleanup.apiextensions.k8s.io";

    private readonly ControllerApi _api = api.As("kube-apiserver");

    public override void Observe(ObjectChange change)
    {
        var resource = change.Object.Resource;
        if (resource == Resources.CustomResourceDefinitions) Queue.Add(change.Object.Key);
        else if (change.Type == ChangeType.Deleted && kinds.Current.FindStored(resource)?.Custom is not null) Queue.Add(new ObjectKey("", resource.ToString()));
    }

    public override void Reconcile(ObjectKey key)
    {
        var definition = _api.Find(Resources.CustomResourceDefinitions, key);
        if (definition is { IsDeleting: true })
        {
            RemoveObjects(definition);
            return;
        }
        kinds.Serve(CustomKinds.Of(_api.List(Resources.CustomResourceDefinitions)));
        if (definition is null) store.Drop(ResourceOf(key.Name));
        else Establish(definition);
    }

    // The name of a definition is that of its resource.
    private static GroupResource ResourceOf(string name) => new(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..], name.Split('.')[0]);

    private void Establish(JsonMap definition)
    {
        if (!definition.Finalizers.Contains(CleanUp))
        {
            definition = _api.Update(Resources.CustomResourceDefinitions, ControllerApi.KeyOf(definition),
                current => current.Set(JsonList.FromTexts(current.Finalizers.Append(CleanUp)), "metadata", "finalizers"));
        }
        var now = KubernetesTime.Format(time.GetUtcNow());
        var names = definition.Map("spec", "names");
        var isServed = kinds.Current.All.Any(kind => kind.Custom is not null && kind.Resource == ResourceOf(definition.Name) && kind.Kind == names.Text("kind"));
        var conditions = definition.List("status", "conditions");
        conditions = isServed
            ? Conditions.Set(conditions, "NamesAccepted", isTrue: true, "NoConflicts", "no conflicts found", now)
            : Conditions.Set(conditions, "NamesAccepted", isTrue: false, "KindConflict", $"\"{names.Text("kind")}\" is already in use", now);
        conditions = isServed
            ? Conditions.Set(conditions, "Established", isTrue: true, "InitialNamesAccepted", "the initial names have been accepted", now)
            : Conditions.Set(conditions, "Established", isTrue: false, "NotAccepted", "not all names are accepted", now);
        var stored = definition.List("status", "storedVersions").Texts()
            .Union(definition.Maps("spec", "versions").Where(version => version.Flag("storage")).Select(version => version.Text("name") ?? ""));
        _api.UpdateStatus(Resources.CustomResourceDefinitions, definition, JsonMap.Of(
            ("acceptedNames", isServed ? names : JsonMap.Of(("kind", ""), ("plural", ""))), ("conditions", conditions), ("storedVersions", JsonList.FromTexts(stored))));
    }

    private void RemoveObjects(JsonMap definition)
    {
        var resource = ResourceOf(definition.Name);
        if (kinds.Current.FindStored(resource) is not null)
        {
            foreach (var value in _api.List(resource)) _api.Delete(resource, value);
        }
        if (store.Read(resource).Objects.All.Any())
        {
            var conditions = Conditions.Set(definition.List("status", "conditions"), "Terminating", isTrue: true, "InstanceDeletionInProgress",
                "CustomResource deletion is in progress", KubernetesTime.Format(time.GetUtcNow()));
            _api.UpdateStatus(Resources.CustomResourceDefinitions, definition, definition.Map("status").With("conditions", conditions));
            return;
        }
        _api.Update(Resources.CustomResourceDefinitions, ControllerApi.KeyOf(definition), current =>
        {
            var left = JsonList.FromTexts(current.Finalizers.Where(name => name != CleanUp));
            return current.Set(left.Count == 0 ? null : left, "metadata", "finalizers");
        });
    }
}
