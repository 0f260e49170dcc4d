namespace Pulumi.Kubernetes;

/// <summary>Tells the deployment which class a type token stands for.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KubernetesResourceTypeAttribute(string type) : ResourceTypeAttribute(type, SdkOptions.Version);
