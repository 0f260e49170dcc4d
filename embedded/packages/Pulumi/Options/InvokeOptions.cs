namespace Pulumi;

/// <summary>How a provider's function is called.</summary>
public class InvokeOptions
{
    /// <summary>A resource whose provider is used when none is named.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The provider.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>The version of the provider's plugin.</summary>
    public string? Version { get; set; }

    /// <summary>Where the provider's plugin is to be had.</summary>
    public string? PluginDownloadURL { get; set; }
}

/// <summary>How a provider's function is called whose result is an output.</summary>
public class InvokeOutputOptions : InvokeOptions
{
    /// <summary>Resources that must be there before the call.</summary>
    public InputList<Resource> DependsOn { get => field ??= new(); set; }
}

/// <summary>How a resource's method is called.</summary>
public class CallOptions
{
    /// <summary>A resource whose provider is used when none is named.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The provider.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>The version of the provider's plugin.</summary>
    public string? Version { get; set; }

    /// <summary>Where the provider's plugin is to be had.</summary>
    public string? PluginDownloadURL { get; set; }
}
