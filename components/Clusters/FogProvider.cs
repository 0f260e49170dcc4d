using Pulumi;

namespace FogInfra.Components;

/// <summary>Where the clusters of a project are kept.</summary>
public sealed class FogProvider : ProviderResource
{
    /// <summary>Configures the provider.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="args">The settings.</param>
    /// <param name="options">Its options.</param>
    public FogProvider(string name, FogProviderArgs args, CustomResourceOptions? options = null)
        : base("fog", name, args, options)
    {
    }
}

/// <summary>The settings of a <see cref="FogProvider"/>.</summary>
public sealed class FogProviderArgs : ResourceArgs
{
    /// <summary>The folder for kubeconfigs, the simulator's data and records of what was made. Default: <c>.fog</c> of the current folder.</summary>
    [Input("folder")]
    public Input<string>? Folder { get; set; }
}
