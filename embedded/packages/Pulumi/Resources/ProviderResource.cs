using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>A configured provider: resources that name it, and children of components that do, are managed by it.</summary>
public class ProviderResource : CustomResource
{
    private const string TypePrefix = "pulumi:providers:";

    /// <summary>Registers a provider.</summary>
    /// <param name="package">The package whose resources it manages.</param>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its configuration.</param>
    /// <param name="options">How it is managed.</param>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base(TypePrefix + package, name, args, options) => Package = package;

    /// <summary>Registers a provider of a parameterized package.</summary>
    /// <param name="package">The package whose resources it manages.</param>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its configuration.</param>
    /// <param name="options">How it is managed.</param>
    /// <param name="registerPackageRequest">The package.</param>
    public ProviderResource(
        string package,
        string name,
        ResourceArgs args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(TypePrefix + package, name, args, options, registerPackageRequest) => Package = package;

    private protected ProviderResource(string package)
        : base(TypePrefix + package) => Package = package;

    /// <summary>The package whose resources it manages.</summary>
    internal string Package { get; }

    /// <summary>How requests name the provider: its URN and its id.</summary>
    internal async Task<string> GetReferenceAsync()
    {
        var urn = await Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var id = await Id.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        return $"{urn}::{(string.IsNullOrEmpty(id) ? Signatures.Unknown : id)}";
    }
}
