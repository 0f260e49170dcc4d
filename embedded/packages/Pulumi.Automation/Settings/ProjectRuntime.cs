namespace Pulumi.Automation;

/// <summary>What runs a program.</summary>
public class ProjectRuntime
{
    /// <summary>Makes a runtime.</summary>
    public ProjectRuntime(ProjectRuntimeName name) => Name = name;

    /// <summary>Its name.</summary>
    public ProjectRuntimeName Name { get; set; }

    /// <summary>How it runs the program.</summary>
    public ProjectRuntimeOptions? Options { get; set; }
}

/// <summary>The runtimes that this library knows.</summary>
public enum ProjectRuntimeName
{
    /// <summary>Node.js.</summary>
    NodeJS = 0,

    /// <summary>Go.</summary>
    Go = 1,

    /// <summary>Python.</summary>
    Python = 2,

    /// <summary>.NET.</summary>
    Dotnet = 3,
}

/// <summary>How a runtime runs a program.</summary>
public class ProjectRuntimeOptions
{
    /// <summary>Node.js: whether the program is TypeScript.</summary>
    public bool? TypeScript { get; set; }

    /// <summary>Go and .NET: the program in executable form.</summary>
    public string? Binary { get; set; }

    /// <summary>Python: the folder of the virtual environment.</summary>
    public string? VirtualEnv { get; set; }
}
