namespace Pulumi.Automation;

/// <summary>How what a project needs is installed.</summary>
public class InstallOptions
{
    /// <summary>Whether the language's version manager picks the language's version.</summary>
    public bool UseLanguageVersionTools { get; set; }

    /// <summary>Whether plugins are left out.</summary>
    public bool NoPlugins { get; set; }

    /// <summary>Whether the language's packages are left out.</summary>
    public bool NoDependencies { get; set; }

    /// <summary>Whether plugins that are there are installed again.</summary>
    public bool Reinstall { get; set; }
}

/// <summary>How a plugin is installed.</summary>
public class PluginInstallOptions
{
    /// <summary>Whether a newer version will not do.</summary>
    public bool ExactVersion { get; set; }

    /// <summary>Where it comes from.</summary>
    public string? ServerUrl { get; set; }
}

/// <summary>How a stack's secrets get another encryption.</summary>
public class SecretsProviderOptions
{
    /// <summary>The passphrase, for the provider of that name.</summary>
    public string? NewPassphrase { get; set; }
}
