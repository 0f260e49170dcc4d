using System.Collections.Immutable;

namespace Pulumi;

/// <summary>How a program ended.</summary>
/// <param name="Failures">The exceptions that ended it; none when it came to its end.</param>
/// <param name="IsReported">Whether the engine knows of them.</param>
/// <param name="HasLoggedErrors">Whether it wrote errors itself.</param>
internal sealed record ProgramResult(ImmutableArray<Exception> Failures, bool IsReported, bool HasLoggedErrors)
{
    // With this code the engine fails without a message of its own; any other makes it tell the code.
    private const int ReportedFailure = 32;

    public int ExitCode => !Failures.IsEmpty && IsReported ? ReportedFailure : Failures.IsEmpty && !HasLoggedErrors ? 0 : 1;

    /// <summary>The failure as one exception; null when the program succeeded.</summary>
    public Exception? ToException() => Failures switch
    {
        [var only] => only,
        [_, ..] => new AggregateException(Failures),
        _ => HasLoggedErrors ? new RunException("The program has reported errors; the diagnostics show them.") : null,
    };
}
