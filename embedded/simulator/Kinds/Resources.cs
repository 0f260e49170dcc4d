namespace FogInfra.Embedded.Simulator.Kinds;

/// <summary>The resources that controllers know by name.</summary>
internal static class Resources
{
    public static readonly GroupResource Autoscalers = new("autoscaling", "horizontalpodautoscalers");
    public static readonly GroupResource ConfigMaps = new("", "configmaps");
    public static readonly GroupResource ControllerRevisions = new("apps", "controllerrevisions");
    public static readonly GroupResource CronJobs = new("batch", "cronjobs");
    public static readonly GroupResource CustomResourceDefinitions = new("apiextensions.k8s.io", "customresourcedefinitions");
    public static readonly GroupResource DaemonSets = new("apps", "daemonsets");
    public static readonly GroupResource Deployments = new("apps", "deployments");
    public static readonly GroupResource Endpoints = new("", "endpoints");
    public static readonly GroupResource EndpointSlices = new("discovery.k8s.io", "endpointslices");
    public static readonly GroupResource Events = new("", "events");
    public static readonly GroupResource Ingresses = new("networking.k8s.io", "ingresses");
    public static readonly GroupResource Jobs = new("batch", "jobs");
    public static readonly GroupResource Namespaces = new("", "namespaces");
    public static readonly GroupResource Nodes = new("", "nodes");
    public static readonly GroupResource PersistentVolumeClaims = new("", "persistentvolumeclaims");
    public static readonly GroupResource PersistentVolumes = new("", "persistentvolumes");
    public static readonly GroupResource DisruptionBudgets = new("policy", "poddisruptionbudgets");
    public static readonly GroupResource Pods = new("", "pods");
    public static readonly GroupResource PriorityClasses = new("scheduling.k8s.io", "priorityclasses");
    public static readonly GroupResource ReplicaSets = new("apps", "replicasets");
    public static readonly GroupResource ServiceAccounts = new("", "serviceaccounts");
    public static readonly GroupResource ResourceQuotas = new("", "resourcequotas");
    public static readonly GroupResource Secrets = new("", "secrets");
    public static readonly GroupResource Services = new("", "services");
    public static readonly GroupResource StatefulSets = new("apps", "statefulsets");
    public static readonly GroupResource StorageClasses = new("storage.k8s.io", "storageclasses");
}
