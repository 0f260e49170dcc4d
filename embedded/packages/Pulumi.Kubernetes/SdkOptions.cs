namespace Pulumi.Kubernetes;

/// <summary>What the SDK adds to the options of every resource.</summary>
internal static class SdkOptions
{
    /// <summary>The version of the provider that the SDK is made for.</summary>
    public static string Version { get; } = typeof(SdkOptions).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The caller's options over the SDK's own.</summary>
    /// <param name="options">The caller's options.</param>
    /// <param name="id">The existing object to read; empty for one that the program creates, whatever the caller's options say.</param>
    /// <param name="aliases">Tokens of the same kind in other versions and groups, so that a change of the version is an update.</param>
    /// <param name="secrets">The properties that are always secret.</param>
    public static CustomResourceOptions Merge(CustomResourceOptions? options, Input<string> id, string[] aliases, string[] secrets)
    {
        var defaults = new CustomResourceOptions { Version = Version };
        foreach (var alias in aliases)
        {
            defaults.Aliases.Add(new Alias { Type = alias });
        }

        defaults.AdditionalSecretOutputs.AddRange(secrets);
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id;
        return merged;
    }
}
