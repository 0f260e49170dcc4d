using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>The templates that a StatefulSet or DaemonSet has had, kept as ControllerRevisions, so that kubectl can show them and go back.</summary>
internal sealed class TemplateHistory
{
    /// <summary>The label of pods that names their revision.</summary>
    public const string Label = "controller-revision-hash";

    private readonly ControllerApi _api;
    private readonly JsonMap _owner;
    private readonly List<JsonMap> _revisions;

    private TemplateHistory(ControllerApi api, JsonMap owner, List<JsonMap> revisions, JsonMap current)
    {
        (_api, _owner, _revisions) = (api, owner, revisions);
        Current = current;
    }

    /// <summary>The revision of the present template.</summary>
    public JsonMap Current { get; }

    /// <summary>The hash in a revision's name.</summary>
    public static string HashOf(JsonMap revision) => revision.Labels.Text(Label) ?? "";

    /// <summary>The history of a workload, with its present template added if that is new, and as the newest if it was there before.</summary>
    public static TemplateHistory Of(ControllerApi api, JsonMap owner)
    {
        var data = JsonMap.Of(("spec", JsonMap.Of(("template", owner.Map("spec", "template").With("$patch", "replace")))));
        var revisions = api.Controlled(Resources.ControllerRevisions, owner).OrderBy(Number).ToList();
        var newest = revisions.Count == 0 ? 0 : Number(revisions[^1]);
        var current = revisions.Find(revision => data.Equals(revision["data"]));
        if (current is null)
        {
            var hash = PodTemplates.Hash(owner.Map("spec", "template"), 0);
            current = api.Create(Resources.ControllerRevisions, JsonMap.Of(
                ("apiVersion", "apps/v1"), ("kind", "ControllerRevision"), ("data", data), ("revision", newest + 1),
                ("metadata", JsonMap.Of(
                    ("name", $"{owner.Name}-{hash}"), ("namespace", owner.Namespace), ("annotations", owner.Metadata["annotations"]),
                    ("labels", owner.Map("spec", "template", "metadata", "labels").With(Label, hash)),
                    ("ownerReferences", JsonList.Of([owner.ToControllerReference()]))))));
            revisions.Add(current);
        }
        else if (Number(current) < newest)
        {
            current = api.Update(Resources.ControllerRevisions, ControllerApi.KeyOf(current), revision => revision.With("revision", newest + 1));
        }
        return new TemplateHistory(api, owner, revisions, current);
    }

    /// <summary>The pod template of a revision by its name; the present one when that is no longer known.</summary>
    public JsonMap TemplateOf(string? name) =>
        (_revisions.Find(revision => revision.Name == name) ?? Current).Map("data", "spec", "template").Without("$patch");

    /// <summary>Removes old revisions that no pod has, as many as are more than the history may have.</summary>
    public void CleanUp(IEnumerable<string?> hashesInUse, IEnumerable<string?> namesInUse)
    {
        var (hashes, names) = (hashesInUse.ToHashSet(StringComparer.Ordinal), namesInUse.ToHashSet(StringComparer.Ordinal));
        var unused = _revisions.FindAll(revision => revision.Name != Current.Name && !names.Contains(revision.Name) && !hashes.Contains(HashOf(revision)) && !hashes.Contains(revision.Name));
        var surplus = unused.Count - (int)(_owner.Long("spec", "revisionHistoryLimit") ?? 10);
        foreach (var revision in unused.Take(Math.Max(0, surplus))) _api.Delete(Resources.ControllerRevisions, revision);
    }

    private static long Number(JsonMap revision) => revision.Long("revision") ?? 0;
}
