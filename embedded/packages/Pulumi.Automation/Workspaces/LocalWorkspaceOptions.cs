namespace Pulumi.Automation;

/// <summary>How a workspace is made.</summary>
public class LocalWorkspaceOptions
{
    /// <summary>The folder of the project; without it, a temporary one that goes with the workspace.</summary>
    public string? WorkDir { get; set; }

    /// <summary>The folder in which <c>pulumi</c> keeps what belongs to the user.</summary>
    public string? PulumiHome { get; set; }

    /// <summary>
    /// The engine; without it, the <c>pulumi</c> on PATH. It counts for <see cref="LocalWorkspace.CreateAsync"/> only: the methods that
    /// make workspace and stack in one step always take <c>pulumi</c>.
    /// </summary>
    public Commands.PulumiCommand? PulumiCommand { get; set; }

    /// <summary>What encrypts the secrets of new stacks.</summary>
    public string? SecretsProvider { get; set; }

    /// <summary>The program, if it runs in this process.</summary>
    public PulumiFn? Program { get; set; }

    /// <summary>What is changed in the environment that the engine inherits; null takes a variable away.</summary>
    public IDictionary<string, string?>? EnvironmentVariables { get; set; }

    /// <summary>The project. It is written into the folder, unless that has a project file.</summary>
    public ProjectSettings? ProjectSettings { get; set; }

    /// <summary>The settings of stacks, by name. They are written into the folder.</summary>
    public IDictionary<string, StackSettings>? StackSettings { get; set; }
}

/// <summary>A stack whose program runs in this process.</summary>
public class InlineProgramArgs : LocalWorkspaceOptions
{
    /// <summary>Makes the options for a stack, and a .NET project in the current directory.</summary>
    public InlineProgramArgs(string projectName, string stackName, PulumiFn program)
    {
        StackName = stackName;
        Program = program;
        ProjectSettings = Automation.ProjectSettings.Default(projectName);
    }

    /// <summary>The stack's name.</summary>
    public string StackName { get; }
}

/// <summary>A stack whose program the engine starts.</summary>
public class LocalProgramArgs : LocalWorkspaceOptions
{
    /// <summary>Makes the options for a stack of the project in a folder.</summary>
    public LocalProgramArgs(string stackName, string workDir)
    {
        StackName = stackName;
        WorkDir = workDir;
    }

    /// <summary>The stack's name.</summary>
    public string StackName { get; }
}
