using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>A Deployment with its ReplicaSets, as one look at it finds and changes them.</summary>
internal sealed class Rollout
{
    private readonly List<JsonMap> _sets;

    /// <summary>A Deployment and its ReplicaSets, the oldest first.</summary>
    public Rollout(JsonMap deployment, List<JsonMap> sets)
    {
        (Deployment, _sets) = (deployment, sets);
        Sizes = RollingUpdate.Of(deployment.Map("spec"));
        Conditions = deployment.List("status", "conditions");
    }

    /// <summary>The Deployment.</summary>
    public JsonMap Deployment { get; }

    /// <summary>Its limits.</summary>
    public RollingUpdate Sizes { get; }

    /// <summary>Its conditions, as they are to be.</summary>
    public JsonList Conditions { get; set; }

    /// <summary>The annotations that it is to get.</summary>
    public JsonMap Annotations { get; set; } = JsonMap.Empty;

    /// <summary>All ReplicaSets.</summary>
    public IReadOnlyList<JsonMap> Sets => _sets;

    /// <summary>The ReplicaSet of the present template; null before there is one.</summary>
    public JsonMap? Fresh => _sets.Find(IsFresh);

    /// <summary>The ReplicaSets of former templates.</summary>
    public IReadOnlyList<JsonMap> Old
    {
        get
        {
            var fresh = Fresh;
            return [.. _sets.Where(set => !ReferenceEquals(set, fresh))];
        }
    }

    /// <summary>The number of this rollout.</summary>
    public long Revision => Math.Max(Fresh is { } fresh ? Revisions.Of(fresh) : 0, Old.Select(Revisions.Of).DefaultIfEmpty().Max() + 1);

    /// <summary>Whether another number of pods is wanted than when the ReplicaSets were last scaled.</summary>
    public bool WasScaled => _sets.Exists(set => set.Long("spec", "replicas") > 0 && Revisions.DesiredOf(set) is { } desired && desired != Sizes.Replicas);

    /// <summary>Adds a new ReplicaSet.</summary>
    public void Add(JsonMap set) => _sets.Add(set);

    /// <summary>Takes a ReplicaSet's new state.</summary>
    public void Changed(JsonMap set) => _sets[_sets.FindIndex(known => known.Uid == set.Uid)] = set;

    /// <summary>Forgets a ReplicaSet that was deleted.</summary>
    public void Remove(JsonMap set) => _sets.Remove(set);

    private bool IsFresh(JsonMap set)
    {
        var template = set.Map("spec", "template");
        return template.Set(template.Map("metadata", "labels").Without(PodTemplates.HashLabel), "metadata", "labels").Equals(Deployment.At("spec", "template"));
    }
}
