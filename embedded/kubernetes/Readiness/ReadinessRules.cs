using System.Collections.Frozen;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Readiness.Rules;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>The rule of each kind that has one. Objects of other built-in kinds are ready at once; custom resources say themselves.</summary>
internal static class ReadinessRules
{
    // By group and kind: a rule is the same for all versions of a kind.
    private static readonly FrozenDictionary<(string Group, string Kind), IReadinessRule> ByKind = new Dictionary<(string, string), IReadinessRule>
    {
        [("apps", "Deployment")] = new DeploymentRule(),
        [("apps", "StatefulSet")] = new StatefulSetRule(),
        [("apps", "DaemonSet")] = new DaemonSetRule(),
        [("batch", "Job")] = new JobRule(),
        [("", "Pod")] = new PodRule(),
        [("", "Service")] = new ServiceRule(),
        [("", "PersistentVolumeClaim")] = new ClaimRule(),
        [("networking.k8s.io", "Ingress")] = new IngressRule(),
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = new DefinitionRule(),
    }.ToFrozenDictionary();

    /// <summary>The rule of a kind, or null.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="hasStatus">Whether its objects have a status of their own.</param>
    public static IReadinessRule? Find(ResourceType type, bool hasStatus)
    {
        var group = type.ApiVersion.Contains('/') ? type.ApiVersion[..type.ApiVersion.IndexOf('/')] : "";
        return ByKind.GetValueOrDefault((group, type.Kind)) ?? (type.Known is null ? new CustomResourceRule(hasStatus) : null);
    }
}
