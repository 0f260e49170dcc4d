using System.Collections.Immutable;

namespace FogInfra.Embedded.Engine;

/// <summary>One run of the command line.</summary>
public sealed record CommandInvocation
{
    /// <summary>The arguments, without the name of the program.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The folder in which the command runs; absolute.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the command; that of the process does not count.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The standard input; read only by commands that need it, for clients leave it open without ever writing to it.</summary>
    public TextReader StandardInput { get; init; } = TextReader.Null;

    /// <summary>Where its standard output goes.</summary>
    public required TextWriter StandardOutput { get; init; }

    /// <summary>The terminal that the standard output goes to; null when it goes anywhere else, so that what is written is plain.</summary>
    public Terminal? Terminal { get; init; }

    /// <summary>Where its standard error goes.</summary>
    public required TextWriter StandardError { get; init; }

    /// <summary>Called with the JSON of each engine event, in order, from a thread of the engine; null for none.</summary>
    public Action<string>? OnEngineEvent { get; init; }

    /// <summary>Ends the command at once, without waiting for what is under way: the user's second interrupt.</summary>
    public CancellationToken Abandon { get; init; }
}
