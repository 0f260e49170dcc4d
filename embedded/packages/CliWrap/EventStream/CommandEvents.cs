namespace CliWrap.EventStream;

/// <summary>Something that happens while a command runs.</summary>
public abstract class CommandEvent
{
}

/// <summary>The process has started. Always the first event.</summary>
public class StartedCommandEvent : CommandEvent
{
    /// <summary>Makes an event.</summary>
    public StartedCommandEvent(int processId) => ProcessId = processId;

    /// <summary>The process's id.</summary>
    public int ProcessId { get; }

    /// <inheritdoc/>
    public override string ToString() => $"Process ID: {ProcessId}";
}

/// <summary>The process has written a line.</summary>
public class StandardOutputCommandEvent : CommandEvent
{
    /// <summary>Makes an event.</summary>
    public StandardOutputCommandEvent(string text) => Text = text;

    /// <summary>The line, without its end.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>The process has written a line of error output.</summary>
public class StandardErrorCommandEvent : CommandEvent
{
    /// <summary>Makes an event.</summary>
    public StandardErrorCommandEvent(string text) => Text = text;

    /// <summary>The line, without its end.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>The process has ended. Always the last event.</summary>
public class ExitedCommandEvent : CommandEvent
{
    /// <summary>Makes an event.</summary>
    public ExitedCommandEvent(int exitCode) => ExitCode = exitCode;

    /// <summary>What the process returned.</summary>
    public int ExitCode { get; }

    /// <inheritdoc/>
    public override string ToString() => $"Exit code: {ExitCode}";
}
