using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Monitor;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Programs;

/// <summary>A Pulumi program that can be run.</summary>
internal interface IProgram
{
    /// <summary>Runs the program to its end.</summary>
    /// <param name="run">What the program is told.</param>
    /// <param name="cancellationToken">Ends the program by force.</param>
    Task<ProgramOutcome> RunAsync(ProgramRun run, CancellationToken cancellationToken);
}

/// <summary>One run of a program.</summary>
/// <param name="MonitorAddress">Where it registers resources.</param>
/// <param name="EngineAddress">Where it sends messages.</param>
/// <param name="Info">What it is told of the run.</param>
/// <param name="Diagnostics">Where its output goes.</param>
/// <param name="RootUrn">The stack's resource, to which its output belongs.</param>
internal sealed record ProgramRun(string MonitorAddress, string EngineAddress, RunInfo Info, Diagnostics Diagnostics, Urn RootUrn);

/// <summary>How a program ended.</summary>
/// <param name="Succeeded">It ended well.</param>
/// <param name="Message">What to tell of its failure; null when it has been told.</param>
internal sealed record ProgramOutcome(bool Succeeded, string? Message)
{
    /// <summary>It ended well.</summary>
    public static ProgramOutcome Success { get; } = new(true, null);

    /// <summary>It failed and has told why.</summary>
    public static ProgramOutcome AlreadyTold { get; } = new(false, null);

    /// <summary>It failed.</summary>
    public static ProgramOutcome Failure(string message) => new(false, message);
}
