using FogInfra.Embedded.Simulator.Kinds;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>Finds the columns of a kind.</summary>
internal static class ColumnsOfKinds
{
    private static readonly Dictionary<string, IReadOnlyList<TableColumn>> BuiltIn = new(StringComparer.Ordinal)
    {
        ["apiservices.apiregistration.k8s.io"] = ClusterColumns.ApiService,
        ["certificatesigningrequests.certificates.k8s.io"] = ClusterColumns.CertificateRequest,
        ["clusterrolebindings.rbac.authorization.k8s.io"] = ClusterColumns.RoleBinding,
        ["clusterroles.rbac.authorization.k8s.io"] = ClusterColumns.Role,
        ["configmaps"] = ClusterColumns.ConfigMap,
        ["controllerrevisions.apps"] = WorkloadColumns.ControllerRevision,
        ["cronjobs.batch"] = WorkloadColumns.CronJob,
        ["csidrivers.storage.k8s.io"] = StorageColumns.Driver,
        ["csinodes.storage.k8s.io"] = StorageColumns.Node,
        ["customresourcedefinitions.apiextensions.k8s.io"] = ClusterColumns.CustomResourceDefinition,
        ["daemonsets.apps"] = WorkloadColumns.DaemonSet,
        ["deployments.apps"] = WorkloadColumns.Deployment,
        ["endpoints"] = NetworkColumns.Endpoints,
        ["endpointslices.discovery.k8s.io"] = NetworkColumns.EndpointSlice,
        ["events"] = ClusterColumns.Event,
        ["horizontalpodautoscalers.autoscaling"] = WorkloadColumns.Autoscaler,
        ["ingressclasses.networking.k8s.io"] = NetworkColumns.IngressClass,
        ["ingresses.networking.k8s.io"] = NetworkColumns.Ingress,
        ["jobs.batch"] = WorkloadColumns.Job,
        ["leases.coordination.k8s.io"] = ClusterColumns.Lease,
        ["limitranges"] = ClusterColumns.LimitRange,
        ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] = ClusterColumns.Webhooks,
        ["namespaces"] = ClusterColumns.Namespace,
        ["networkpolicies.networking.k8s.io"] = NetworkColumns.NetworkPolicy,
        ["nodes"] = ClusterColumns.Node,
        ["persistentvolumeclaims"] = StorageColumns.Claim,
        ["persistentvolumes"] = StorageColumns.Volume,
        ["poddisruptionbudgets.policy"] = WorkloadColumns.DisruptionBudget,
        ["pods"] = PodColumns.All,
        ["podtemplates"] = WorkloadColumns.PodTemplate,
        ["priorityclasses.scheduling.k8s.io"] = ClusterColumns.PriorityClass,
        ["replicasets.apps"] = WorkloadColumns.ReplicaSet,
        ["replicationcontrollers"] = WorkloadColumns.ReplicationController,
        ["resourcequotas"] = ClusterColumns.ResourceQuota,
        ["rolebindings.rbac.authorization.k8s.io"] = ClusterColumns.RoleBinding,
        ["roles.rbac.authorization.k8s.io"] = ClusterColumns.Role,
        ["runtimeclasses.node.k8s.io"] = ClusterColumns.RuntimeClass,
        ["secrets"] = ClusterColumns.Secret,
        ["serviceaccounts"] = ClusterColumns.ServiceAccount,
        ["services"] = NetworkColumns.Service,
        ["statefulsets.apps"] = WorkloadColumns.StatefulSet,
        ["storageclasses.storage.k8s.io"] = StorageColumns.Class,
        ["validatingadmissionpolicies.admissionregistration.k8s.io"] = ClusterColumns.AdmissionPolicy,
        ["validatingadmissionpolicybindings.admissionregistration.k8s.io"] = ClusterColumns.AdmissionPolicyBinding,
        ["validatingwebhookconfigurations.admissionregistration.k8s.io"] = ClusterColumns.Webhooks,
        ["volumeattachments.storage.k8s.io"] = StorageColumns.Attachment,
    };

    /// <summary>The columns of a kind; those of a custom kind come from its definition.</summary>
    public static IReadOnlyList<TableColumn> Of(ResourceKind kind)
    {
        if (kind.Custom is not { Columns.Count: > 0 } custom) return BuiltIn.GetValueOrDefault(kind.Resource.ToString(), Columns.NameAndAge);
        return [Columns.Name, .. custom.Columns.Select(CustomColumns.Of)];
    }
}
