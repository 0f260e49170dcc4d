namespace Pulumi.Automation;

/// <summary>A project: the content of Pulumi.yaml.</summary>
public class ProjectSettings
{
    /// <summary>Makes a project.</summary>
    public ProjectSettings(string name, ProjectRuntime runtime)
    {
        Name = name;
        Runtime = runtime;
    }

    /// <summary>Makes a project.</summary>
    public ProjectSettings(string name, ProjectRuntimeName runtime)
        : this(name, new ProjectRuntime(runtime))
    {
    }

    /// <summary>Makes a project that is about to be read. Without a runtime it is one of Node.js, for Pulumi.</summary>
    internal ProjectSettings()
        : this("", ProjectRuntimeName.NodeJS)
    {
    }

    /// <summary>Its name.</summary>
    public string Name { get; set; }

    /// <summary>What runs its program.</summary>
    public ProjectRuntime Runtime { get; set; }

    /// <summary>Where its program is, from the project file.</summary>
    public string? Main { get; set; }

    /// <summary>What it is.</summary>
    public string? Description { get; set; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; set; }

    /// <summary>Where to read more.</summary>
    public string? Website { get; set; }

    /// <summary>How it may be used.</summary>
    public string? License { get; set; }

    /// <summary>Where its stacks' files are, from the project file.</summary>
    public string? Config { get; set; }

    /// <summary>What it is as a template for others.</summary>
    public ProjectTemplate? Template { get; set; }

    /// <summary>Where its stacks are kept.</summary>
    public ProjectBackend? Backend { get; set; }

    /// <summary>The project of a program in this process, for which nothing else was said.</summary>
    internal static ProjectSettings Default(string name) => new(name, ProjectRuntimeName.Dotnet) { Main = Directory.GetCurrentDirectory() };
}

/// <summary>Where stacks are kept.</summary>
public class ProjectBackend
{
    /// <summary>The backend's URL.</summary>
    public string? Url { get; set; }
}
