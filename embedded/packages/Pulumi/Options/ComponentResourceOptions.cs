namespace Pulumi;

/// <summary>How a component is managed.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    /// <summary>The providers of its children, one for each package.</summary>
    public List<ProviderResource> Providers { get => field ??= []; set; }

    /// <summary>Options with what two others set: lists are joined, single values and providers of the second count.</summary>
    /// <param name="options1">The one.</param>
    /// <param name="options2">The other.</param>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = new ComponentResourceOptions();
        foreach (var options in new[] { options1, options2 }.OfType<ComponentResourceOptions>())
        {
            merged.Include(options);
            // Of two providers of a package the later counts, and keeps its place.
            merged.Providers = [.. merged.Providers.Concat(options.Providers).Reverse().DistinctBy(provider => provider.Package).Reverse()];
        }

        return merged;
    }

    internal override ResourceOptions Clone() => Merge(this, options2: null);
}
