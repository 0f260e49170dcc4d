using FogInfra.Embedded.Simulator.CustomResources;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Network;
using FogInfra.Embedded.Simulator.Storage;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Finds the rules of a kind.</summary>
internal sealed class RulesOfKinds
{
    private const string Access = "rbac.authorization.k8s.io";
    private const string Admission = "admissionregistration.k8s.io";

    private readonly Dictionary<GroupResource, KindRules> _rules;

    /// <summary>The rules of one cluster's kinds.</summary>
    public RulesOfKinds(ObjectStore store, ClusterNetwork network, NameSuffixes suffixes) => _rules = new Dictionary<GroupResource, KindRules>
    {
        [new("", "configmaps")] = new ConfigMapRules(),
        [new("", "endpoints")] = new EndpointsRules(),
        [new("", "namespaces")] = new NamespaceRules(),
        [new("", "persistentvolumeclaims")] = new PersistentVolumeClaimRules(store),
        [new("", "persistentvolumes")] = new PersistentVolumeRules(),
        [new("", "pods")] = new PodRules(suffixes),
        [new("", "secrets")] = new SecretRules(),
        [new("", "services")] = new ServiceRules(network),
        [new("apps", "daemonsets")] = new DaemonSetRules(),
        [new("apps", "deployments")] = new DeploymentRules(),
        [new("apps", "replicasets")] = new ReplicaSetRules(),
        [new("apps", "statefulsets")] = new StatefulSetRules(),
        [new("autoscaling", "horizontalpodautoscalers")] = new AutoscalerRules(),
        [new("batch", "cronjobs")] = new CronJobRules(),
        [new("batch", "jobs")] = new JobRules(),
        [new("discovery.k8s.io", "endpointslices")] = new EndpointSliceRules(),
        [new("networking.k8s.io", "ingresses")] = new IngressRules(),
        [new("networking.k8s.io", "networkpolicies")] = new NetworkPolicyRules(),
        [new("policy", "poddisruptionbudgets")] = new DisruptionBudgetRules(),
        [new("scheduling.k8s.io", "priorityclasses")] = new PriorityClassRules(),
        [new("storage.k8s.io", "csidrivers")] = new CsiDriverRules(),
        [new("storage.k8s.io", "storageclasses")] = new StorageClassRules(),
        [new(Access, "clusterrolebindings")] = new RoleBindingRules(),
        [new(Access, "clusterroles")] = new RoleRules(),
        [new(Access, "rolebindings")] = new RoleBindingRules(),
        [new(Access, "roles")] = new RoleRules(),
        [new(Admission, "mutatingwebhookconfigurations")] = new WebhookRules(mutating: true),
        [new(Admission, "validatingwebhookconfigurations")] = new WebhookRules(mutating: false),
        [new("apiextensions.k8s.io", "customresourcedefinitions")] = new CustomResourceDefinitionRules(),
    };

    /// <summary>The rules of a kind.</summary>
    public KindRules Of(ResourceKind kind) => kind.Custom is not null ? CustomObjectRules.Instance : _rules.GetValueOrDefault(kind.Resource, KindRules.None);
}
