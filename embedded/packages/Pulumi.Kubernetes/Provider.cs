namespace Pulumi.Kubernetes;

/// <summary>A cluster, and how the resources that name this provider are written to it.</summary>
[KubernetesResourceType("pulumi:providers:kubernetes")]
public partial class Provider : ProviderResource
{
    /// <summary>Creates the provider.</summary>
    /// <param name="name">The name of the resource in the program.</param>
    /// <param name="args">The settings; without them those of the environment.</param>
    /// <param name="options">How the engine handles the resource.</param>
    public Provider(string name, ProviderArgs? args = null, CustomResourceOptions? options = null)
        : base("kubernetes", name, args ?? new ProviderArgs(), SdkOptions.Merge(options, id: "", aliases: [], secrets: []))
    {
    }
}
