using System.Diagnostics.Contracts;
using System.Text;

namespace CliWrap;

public partial class Command
{
    /// <summary>Sends the output to a target.</summary>
    [Pure]
    public static Command operator |(Command source, PipeTarget target) => source.WithStandardOutputPipe(target);

    /// <summary>Sends the output to a stream.</summary>
    [Pure]
    public static Command operator |(Command source, Stream target) => source | PipeTarget.ToStream(target);

    /// <summary>Adds the output to a text.</summary>
    [Pure]
    public static Command operator |(Command source, StringBuilder target) => source | PipeTarget.ToStringBuilder(target);

    /// <summary>Calls for each line of output.</summary>
    [Pure]
    public static Command operator |(Command source, Func<string, CancellationToken, Task> target) =>
        source | PipeTarget.ToDelegate(target);

    /// <summary>Calls for each line of output.</summary>
    [Pure]
    public static Command operator |(Command source, Func<string, Task> target) => source | PipeTarget.ToDelegate(target);

    /// <summary>Calls for each line of output.</summary>
    [Pure]
    public static Command operator |(Command source, Action<string> target) => source | PipeTarget.ToDelegate(target);

    /// <summary>Sends output and error output each to its target.</summary>
    [Pure]
    public static Command operator |(Command source, (PipeTarget stdOut, PipeTarget stdErr) targets) =>
        source.WithStandardOutputPipe(targets.stdOut).WithStandardErrorPipe(targets.stdErr);

    /// <summary>Sends output and error output each to its stream.</summary>
    [Pure]
    public static Command operator |(Command source, (Stream stdOut, Stream stdErr) targets) =>
        source | (PipeTarget.ToStream(targets.stdOut), PipeTarget.ToStream(targets.stdErr));

    /// <summary>Adds output and error output each to its text.</summary>
    [Pure]
    public static Command operator |(Command source, (StringBuilder stdOut, StringBuilder stdErr) targets) =>
        source | (PipeTarget.ToStringBuilder(targets.stdOut), PipeTarget.ToStringBuilder(targets.stdErr));

    /// <summary>Calls for each line of output and of error output.</summary>
    [Pure]
    public static Command operator |(
        Command source, (Func<string, CancellationToken, Task> stdOut, Func<string, CancellationToken, Task> stdErr) targets) =>
        source | (PipeTarget.ToDelegate(targets.stdOut), PipeTarget.ToDelegate(targets.stdErr));

    /// <summary>Calls for each line of output and of error output.</summary>
    [Pure]
    public static Command operator |(Command source, (Func<string, Task> stdOut, Func<string, Task> stdErr) targets) =>
        source | (PipeTarget.ToDelegate(targets.stdOut), PipeTarget.ToDelegate(targets.stdErr));

    /// <summary>Calls for each line of output and of error output.</summary>
    [Pure]
    public static Command operator |(Command source, (Action<string> stdOut, Action<string> stdErr) targets) =>
        source | (PipeTarget.ToDelegate(targets.stdOut), PipeTarget.ToDelegate(targets.stdErr));

    /// <summary>Lets the command read from a source.</summary>
    [Pure]
    public static Command operator |(PipeSource source, Command target) => target.WithStandardInputPipe(source);

    /// <summary>Lets the command read a stream.</summary>
    [Pure]
    public static Command operator |(Stream source, Command target) => PipeSource.FromStream(source) | target;

    /// <summary>Lets the command read the given bytes.</summary>
    [Pure]
    public static Command operator |(ReadOnlyMemory<byte> source, Command target) => PipeSource.FromBytes(source) | target;

    /// <summary>Lets the command read the given bytes.</summary>
    [Pure]
    public static Command operator |(byte[] source, Command target) => PipeSource.FromBytes(source) | target;

    /// <summary>Lets the command read a text.</summary>
    [Pure]
    public static Command operator |(string source, Command target) => PipeSource.FromString(source) | target;

    /// <summary>Lets the second command read the output of the first; both run at the same time.</summary>
    [Pure]
    public static Command operator |(Command source, Command target) => PipeSource.FromCommand(source) | target;
}
