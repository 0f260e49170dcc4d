namespace FogInfra.Embedded.Engine.Backend;

/// <summary>
/// Is told of each change of a stack's files before it is made. Tests end the process there, to prove that every moment is one that the
/// next command can go on from; benchmarks count what is written.
/// </summary>
internal interface IWriteObserver
{
    /// <summary>A change is about to be made.</summary>
    /// <param name="change">What kind of change.</param>
    /// <param name="path">The file that is written, appended to, deleted or given its name; for a copy the file that is copied.</param>
    /// <param name="content">What is written or appended; empty for the others.</param>
    void Before(FileChange change, string path, ReadOnlyMemory<byte> content);
}

/// <summary>A change of a file.</summary>
internal enum FileChange
{
    /// <summary>A new file is written under a name that nobody reads.</summary>
    Write,

    /// <summary>A file that is complete gets its name.</summary>
    Rename,

    /// <summary>A file is copied.</summary>
    Copy,

    /// <summary>A file gets a new end.</summary>
    Append,

    /// <summary>A file is deleted.</summary>
    Delete,
}
