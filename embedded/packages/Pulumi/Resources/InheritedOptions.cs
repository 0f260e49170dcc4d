using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What a resource hands on to its children.</summary>
/// <param name="Protect">Whether they are protected.</param>
/// <param name="Providers">Their providers, by package.</param>
/// <param name="Transformations">What changes them, in order.</param>
internal sealed record InheritedOptions(
    bool? Protect,
    ImmutableDictionary<string, ProviderResource> Providers,
    ImmutableArray<ResourceTransformation> Transformations)
{
    public static InheritedOptions None { get; } = new(Protect: false, ImmutableDictionary<string, ProviderResource>.Empty, []);

    /// <summary>What a resource hands on, from its own options and from what its parent hands on.</summary>
    /// <exception cref="ResourceException">The options have both a provider and providers.</exception>
    public static InheritedOptions For(Resource resource, ResourceOptions options, ImmutableArray<ResourceTransformation> transformations)
    {
        var own = options is ComponentResourceOptions { Providers: var several } ? several : [];
        if (options.Provider is not null && own.Count > 0)
        {
            throw new ResourceException("A component takes the option Provider or the option Providers, not both.", options.Parent);
        }

        var providers = options.Parent?.Inherited.Providers ?? ImmutableDictionary<string, ProviderResource>.Empty;
        if (resource is not CustomResource)
        {
            var given = options.Provider is { } single ? [single] : own;
            providers = providers.SetItems(given.Select(provider => KeyValuePair.Create(provider.Package, provider)));
        }
        else if (options.Provider is { } provider && PackageOf(resource.GetResourceType()) is { } package)
        {
            providers = providers.SetItem(package, provider);
        }

        return new(options.Protect ?? options.Parent?.Inherited.Protect, providers, transformations);
    }

    /// <summary>The provider for a type or function, <c>package:module:Name</c>.</summary>
    public ProviderResource? ProviderFor(string token) => PackageOf(token) is { } package ? Providers.GetValueOrDefault(package) : null;

    private static string? PackageOf(string token) => token.Split(':') is [var package, _, _] ? package : null;
}
