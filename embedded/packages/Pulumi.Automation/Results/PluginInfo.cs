namespace Pulumi.Automation;

/// <summary>A plugin that is installed.</summary>
public class PluginInfo
{
    internal PluginInfo()
    {
    }

    /// <summary>Its name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Where it is.</summary>
    public string? Path { get; internal init; }

    /// <summary>What it is for.</summary>
    public PluginKind Kind { get; internal init; }

    /// <summary>Its version.</summary>
    public string? Version { get; internal init; }

    /// <summary>Its size in bytes.</summary>
    public long Size { get; internal init; }

    /// <summary>When it was installed.</summary>
    public DateTimeOffset InstallTime { get; internal init; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset LastUsedTime { get; internal init; }

    /// <summary>Where it came from.</summary>
    public string? ServerUrl { get; internal init; }
}

/// <summary>What a plugin is for.</summary>
public enum PluginKind
{
    /// <summary>It checks policies.</summary>
    Analyzer = 0,

    /// <summary>It runs programs.</summary>
    Language = 1,

    /// <summary>It manages resources.</summary>
    Resource = 2,
}
