namespace Pulumi;

/// <summary>How a resource of a provider is managed.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    /// <summary>Whether a replacement deletes the old resource before it creates the new one; the provider's choice when null.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Names of outputs that are secret.</summary>
    public List<string> AdditionalSecretOutputs { get => field ??= []; set; }

    /// <summary>The id of a resource that exists and is to be managed from now on.</summary>
    public string? ImportId { get; set; }

    /// <summary>For a provider: the names that its plugin knows environment variables by, by the names that they really have.</summary>
    public Dictionary<string, string> EnvVarMappings { get => field ??= []; set; }

    /// <summary>Options with what two others set: lists are joined, single values of the second count.</summary>
    /// <param name="options1">The one.</param>
    /// <param name="options2">The other.</param>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = new CustomResourceOptions();
        foreach (var options in new[] { options1, options2 }.OfType<CustomResourceOptions>())
        {
            merged.Include(options);
            merged.DeleteBeforeReplace = options.DeleteBeforeReplace ?? merged.DeleteBeforeReplace;
            merged.AdditionalSecretOutputs.AddRange(options.AdditionalSecretOutputs);
            merged.ImportId = options.ImportId ?? merged.ImportId;
            foreach (var (name, value) in options.EnvVarMappings)
            {
                merged.EnvVarMappings[name] = value;
            }
        }

        return merged;
    }

    internal override ResourceOptions Clone() => Merge(this, options2: null);
}
