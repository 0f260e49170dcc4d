namespace CliWrap;

/// <summary>What there is to know about a command before it runs.</summary>
public interface ICommandConfiguration
{
    /// <summary>The program: a path, or a name that is looked for on PATH.</summary>
    string TargetFilePath { get; }

    /// <summary>The arguments as one line, quoted where they need it. No shell ever reads it.</summary>
    string Arguments { get; }

    /// <summary>The directory in which the program starts.</summary>
    string WorkingDirPath { get; }

    /// <summary>What the operating system shall grant the process.</summary>
    ResourcePolicy ResourcePolicy { get; }

    /// <summary>The user as whom the process runs.</summary>
    Credentials Credentials { get; }

    /// <summary>What is changed in the inherited environment; null takes a variable away.</summary>
    IReadOnlyDictionary<string, string?> EnvironmentVariables { get; }

    /// <summary>What makes an ended process a failure.</summary>
    CommandResultValidation Validation { get; }

    /// <summary>What the process reads.</summary>
    PipeSource StandardInputPipe { get; }

    /// <summary>Where its output goes.</summary>
    PipeTarget StandardOutputPipe { get; }

    /// <summary>Where its error output goes.</summary>
    PipeTarget StandardErrorPipe { get; }
}
