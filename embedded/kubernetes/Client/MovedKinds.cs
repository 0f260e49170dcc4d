using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>
/// Kinds that were moved to another version of their API, or to another group, without a change of their fields. A program that names one
/// of these versions means the kind; which one a cluster serves depends on its age. The moves are those of Kubernetes' deprecated API
/// migration guide. Versions whose fields differ are left out: autoscaling/v1 and v2beta1 from v2, Ingress v1beta1 from v1, EndpointSlice
/// v1beta1 from v1.
/// </summary>
internal static class MovedKinds
{
    private static readonly FrozenDictionary<(string ApiVersion, string Kind), ImmutableArray<string>> Versions = Table();

    /// <summary>The other API versions in which the same objects may be served, the best one first; empty for a kind that never moved.</summary>
    public static ImmutableArray<string> ElsewhereIn(string apiVersion, string kind) => Versions.GetValueOrDefault((apiVersion, kind), []);

    private static FrozenDictionary<(string, string), ImmutableArray<string>> Table()
    {
        (string Kinds, ImmutableArray<string> Versions)[] moves =
        [
            ("PodDisruptionBudget", ["policy/v1", "policy/v1beta1"]),
            ("HorizontalPodAutoscaler", ["autoscaling/v2", "autoscaling/v2beta2"]),
            ("CronJob", ["batch/v1", "batch/v1beta1"]),
            ("Ingress", ["networking.k8s.io/v1beta1", "extensions/v1beta1"]),
            ("IngressClass", ["networking.k8s.io/v1", "networking.k8s.io/v1beta1"]),
            ("NetworkPolicy", ["networking.k8s.io/v1", "extensions/v1beta1"]),
            ("Deployment StatefulSet", ["apps/v1", "apps/v1beta2", "apps/v1beta1"]),
            ("DaemonSet ReplicaSet", ["apps/v1", "apps/v1beta2", "extensions/v1beta1"]),
            ("Role RoleBinding ClusterRole ClusterRoleBinding", ["rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"]),
            ("PriorityClass", ["scheduling.k8s.io/v1", "scheduling.k8s.io/v1beta1"]),
            ("Lease", ["coordination.k8s.io/v1", "coordination.k8s.io/v1beta1"]),
            ("StorageClass VolumeAttachment CSIDriver CSINode", ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"]),
            ("CSIStorageCapacity", ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"]),
            ("RuntimeClass", ["node.k8s.io/v1", "node.k8s.io/v1beta1"]),
        ];
        return (from move in moves
                from kind in move.Kinds.Split(' ')
                from version in move.Versions
                select KeyValuePair.Create((version, kind), move.Versions.Remove(version))).ToFrozenDictionary();
    }
}
