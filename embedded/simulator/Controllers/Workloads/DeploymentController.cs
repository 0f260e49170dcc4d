using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>Rolls each Deployment's present template out: a new ReplicaSet grows while the old ones shrink.</summary>
internal sealed class DeploymentController(ControllerApi api, TimeProvider time) : Controller
{
    private readonly ControllerApi _api = api.As("kube-controller-manager");
    private readonly EventRecorder _events = new(api.As("deployment-controller"), time);

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.Deployments)
        {
            Queue.Add(change.Object.Key);
        }
        else if (change.Object.Resource == Resources.ReplicaSets)
        {
            Owners.Enqueue(Queue, change, "Deployment");
        }
        else if (change.Object.Resource == Resources.Pods && change.Type == ChangeType.Deleted && change.Object.Value.Controller is { } owner
            && _api.Find(Resources.ReplicaSets, new ObjectKey(change.Object.Key.Namespace, owner.Text("name") ?? ""))?.Controller is { } deployment)
        {
            Queue.Add(new ObjectKey(change.Object.Key.Namespace, deployment.Text("name") ?? "")); // One that is recreated waits for the last old pod.
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.Deployments, key) is not { } deployment) return;
        var sets = Owners.Claim(_api, Resources.ReplicaSets, deployment, LabelSelector.Read(deployment.At("spec", "selector")));
        var rollout = new Rollout(deployment, [.. sets.OrderBy(set => set.CreatedAt).ThenBy(set => set.Name, StringComparer.Ordinal)]);
        if (!deployment.IsDeleting)
        {
            var isPaused = deployment.Flag("spec", "paused");
            NotePause(rollout, isPaused);
            if (isPaused || rollout.WasScaled) Scale(rollout);
            else if (deployment.Text("spec", "strategy", "type") == "Recreate") Recreate(rollout);
            else Roll(rollout);
            if (!isPaused) CleanUp(rollout);
        }
        UpdateStatus(rollout);
    }

    private void Roll(Rollout rollout)
    {
        var fresh = EnsureFresh(rollout);
        var old = rollout.Old;
        var oldSizes = old.Select(SetSize.Of).ToList();
        var next = rollout.Sizes.NextOfNew(SetSize.Of(fresh), oldSizes);
        if (next != SetSize.Of(fresh).Wanted)
        {
            ScaleSet(rollout, fresh, next);
            return; // What comes of that decides on the old ones.
        }
        var nextOfOld = rollout.Sizes.NextOfOld(SetSize.Of(fresh), oldSizes);
        for (var i = 0; i < old.Count; i++) ScaleSet(rollout, old[i], nextOfOld[i]);
    }

    private void Recreate(Rollout rollout)
    {
        foreach (var set in rollout.Old) ScaleSet(rollout, set, 0);
        if (rollout.Old.SelectMany(set => _api.Controlled(Resources.Pods, set)).Any(pod => !pod.HasEnded)) return;
        ScaleSet(rollout, EnsureFresh(rollout), rollout.Sizes.Replicas);
    }

    // Another number of pods is wanted, or the rollout is paused: only sizes change.
    private void Scale(Rollout rollout)
    {
        var active = rollout.Sets.Where(set => SetSize.Of(set).Wanted > 0).ToList();
        if (active.Count <= 1)
        {
            var only = active.Count == 1 ? active[0] : rollout.Fresh ?? rollout.Sets.LastOrDefault();
            if (only is not null) ScaleSet(rollout, only, rollout.Sizes.Replicas);
            return;
        }
        var grows = rollout.Sizes.Replicas + rollout.Sizes.MaxSurge > active.Sum(set => SetSize.Of(set).Wanted);
        var ordered = active.OrderByDescending(set => SetSize.Of(set).Wanted).ThenBy(set => grows ? -set.CreatedAt.UtcTicks : set.CreatedAt.UtcTicks).ToList();
        var next = rollout.Sizes.Proportional([.. ordered.Select(set => SetSize.Of(set).Wanted)], [.. ordered.Select(Revisions.MostOf)]);
        for (var i = 0; i < ordered.Count; i++) ScaleSet(rollout, ordered[i], next[i]);
    }

    private JsonMap EnsureFresh(Rollout rollout)
    {
        var revision = rollout.Revision;
        var fresh = rollout.Fresh ?? CreateFresh(rollout, revision);
        var annotations = Revisions.OfNew(fresh.Annotations, rollout.Deployment, revision);
        var minReady = rollout.Deployment.At("spec", "minReadySeconds");
        if (!annotations.Equals(fresh.Annotations) || !Equals(minReady, fresh.At("spec", "minReadySeconds")))
        {
            fresh = _api.Update(Resources.ReplicaSets, ControllerApi.KeyOf(fresh), current => current.Set(annotations, "metadata", "annotations").Set(minReady, "spec", "minReadySeconds"));
            rollout.Changed(fresh);
        }
        rollout.Annotations = rollout.Annotations.With(Revisions.Revision, fresh.Annotations[Revisions.Revision]);
        if (!rollout.Conditions.Maps().Any(condition => condition.Text("type") == "Progressing")) SetProgress(rollout, "FoundNewReplicaSet", $"Found new replica set \"{fresh.Name}\"");
        return fresh;
    }

    private JsonMap CreateFresh(Rollout rollout, long revision)
    {
        var deployment = rollout.Deployment;
        var spec = deployment.Map("spec");
        var collisions = deployment.Long("status", "collisionCount") ?? 0;
        var hash = PodTemplates.Hash(spec.Map("template"), collisions);
        var size = rollout.Sizes.NextOfNew(default, rollout.Old.Select(SetSize.Of));
        var value = JsonMap.Of(
            ("apiVersion", "apps/v1"),
            ("kind", "ReplicaSet"),
            ("metadata", JsonMap.Of(
                ("name", $"{deployment.Name}-{hash}"),
                ("namespace", deployment.Namespace),
                ("labels", spec.Map("template", "metadata", "labels").With(PodTemplates.HashLabel, hash)),
                ("annotations", Revisions.WithSizes(Revisions.OfNew(JsonMap.Empty, deployment, revision), rollout.Sizes)),
                ("ownerReferences", JsonList.Of([deployment.ToControllerReference()])))),
            ("spec", JsonMap.Of(
                ("replicas", size),
                ("minReadySeconds", spec["minReadySeconds"]),
                ("selector", spec.Map("selector").Set(hash, "matchLabels", PodTemplates.HashLabel)),
                ("template", spec.Map("template").Set(hash, "metadata", "labels", PodTemplates.HashLabel)))));
        try
        {
            var fresh = _api.Create(Resources.ReplicaSets, value);
            rollout.Add(fresh);
            SetProgress(rollout, "NewReplicaSetCreated", $"Created new replica set \"{fresh.Name}\"");
            if (size > 0) _events.Normal(deployment, "ScalingReplicaSet", $"Scaled up replica set {fresh.Name} from 0 to {size}");
            return fresh;
        }
        catch (StatusException error) when (error.Reason == "AlreadyExists")
        {
            // Another template has the same hash: the next try takes another name.
            _api.UpdateStatus(Resources.Deployments, deployment, deployment.Map("status").With("collisionCount", collisions + 1));
            throw;
        }
    }

    private void ScaleSet(Rollout rollout, JsonMap set, long size)
    {
        var from = SetSize.Of(set).Wanted;
        var annotations = Revisions.WithSizes(set.Annotations, rollout.Sizes);
        if (from == size && (size == 0 || annotations.Equals(set.Annotations))) return;
        rollout.Changed(_api.Update(Resources.ReplicaSets, ControllerApi.KeyOf(set), current => current.Set(size, "spec", "replicas").Set(annotations, "metadata", "annotations")));
        if (from != size) _events.Normal(rollout.Deployment, "ScalingReplicaSet", $"Scaled {(size > from ? "up" : "down")} replica set {set.Name} from {from} to {size}");
    }

    // A finished rollout keeps as many old ReplicaSets as its history may have.
    private void CleanUp(Rollout rollout)
    {
        if (rollout.Deployment.Long("spec", "revisionHistoryLimit") is not { } limit || !DeploymentStatus.IsComplete(rollout.Deployment, rollout.Deployment.Map("status"))) return;
        var unused = rollout.Old.Where(set => SetSize.Of(set).Wanted == 0 && (set.Long("status", "replicas") ?? 0) == 0 && !set.IsDeleting).OrderBy(Revisions.Of).ToList();
        foreach (var set in unused.Take((int)Math.Max(0, unused.Count - limit)))
        {
            _api.Delete(Resources.ReplicaSets, set);
            rollout.Remove(set);
        }
    }

    private void NotePause(Rollout rollout, bool isPaused)
    {
        var reason = rollout.Conditions.Maps().FirstOrDefault(condition => condition.Text("type") == "Progressing")?.Text("reason");
        if (!rollout.Deployment.Map("spec").ContainsKey("progressDeadlineSeconds") || reason == "ProgressDeadlineExceeded") return;
        var (paused, unknown) = ("DeploymentPaused", "Unknown");
        if (isPaused && reason != paused) SetProgress(rollout, paused, "Deployment is paused", unknown);
        else if (!isPaused && reason == paused) SetProgress(rollout, "DeploymentResumed", "Deployment is resumed", unknown);
    }

    private void SetProgress(Rollout rollout, string reason, string message, string? status = null)
    {
        var conditions = Conditions.Set(rollout.Conditions, "Progressing", isTrue: true, reason, message, KubernetesTime.Format(time.GetUtcNow()), withUpdateTime: true);
        rollout.Conditions = status is null ? conditions : conditions.ChangeMaps(condition => condition.Text("type") == "Progressing" ? condition.With("status", status) : condition);
    }

    private void UpdateStatus(Rollout rollout)
    {
        var (deployment, now) = (rollout.Deployment, time.GetUtcNow());
        var status = DeploymentStatus.Of(deployment, rollout.Sets, rollout.Fresh, rollout.Conditions, now);
        _api.UpdateStatus(Resources.Deployments, deployment, status, rollout.Annotations);
        if (DeploymentStatus.UntilStuck(deployment, status, now) is { } left) Queue.AddAfter(ControllerApi.KeyOf(deployment), left);
    }
}
