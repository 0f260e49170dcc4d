namespace Pulumi.Kubernetes;

/// <summary>An object in a cluster. Programs derive their own kinds from <see cref="ApiExtensions.CustomResource"/>.</summary>
public abstract class KubernetesResource : CustomResource
{
    internal KubernetesResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, args, options)
    {
    }
}
