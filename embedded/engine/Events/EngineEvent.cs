using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Events;

/// <summary>Something that happens while an operation runs.</summary>
internal abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>The operation begins.</summary>
    /// <param name="Config">The stack's configuration; secrets masked.</param>
    public sealed record Prelude(ImmutableSortedDictionary<string, string> Config) : EngineEvent;

    /// <summary>A step begins.</summary>
    public sealed record StepStarted(Step Step, bool Planning) : EngineEvent;

    /// <summary>A step is done, or a component has its outputs.</summary>
    /// <param name="Step">The step, with its resource as it is now.</param>
    /// <param name="Op">What it came to; for a refresh that is told only now.</param>
    /// <param name="Planning">It is part of a preview.</param>
    public sealed record StepDone(Step Step, StepOp Op, bool Planning) : EngineEvent;

    /// <summary>A step has failed.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Status">What is known of the resource.</param>
    /// <param name="StepsDone">How many steps were done before.</param>
    public sealed record StepFailed(Step Step, FailureStatus Status, int StepsDone) : EngineEvent;

    /// <summary>A message for people.</summary>
    public sealed record Diagnostic(DiagnosticSeverity Severity, Urn? Urn, string Message, int StreamId, bool Ephemeral) : EngineEvent;

    /// <summary>The operation has ended.</summary>
    public sealed record Summary(
        bool IsPreview, bool MaybeCorrupt, TimeSpan Duration, ImmutableSortedDictionary<string, int> Changes, OperationResult Result) : EngineEvent;

    /// <summary>Nothing more comes.</summary>
    public sealed record End : EngineEvent;
}

/// <summary>What is known of a resource whose step failed.</summary>
internal enum FailureStatus
{
    /// <summary>It is as it was.</summary>
    Unchanged = 0,

    /// <summary>It was made or changed, but is not as it should be.</summary>
    Partial = 1,

    /// <summary>It may have been made or changed.</summary>
    Unknown = 2,
}

/// <summary>How an operation ended.</summary>
internal enum OperationResult
{
    /// <summary>Well.</summary>
    Succeeded,

    /// <summary>Badly.</summary>
    Failed,

    /// <summary>By the user's wish.</summary>
    Canceled,
}

/// <summary>How much a message matters.</summary>
internal enum DiagnosticSeverity
{
    /// <summary>For developers.</summary>
    Debug,

    /// <summary>For users.</summary>
    Info,

    /// <summary>What a program wrote to its standard error.</summary>
    InfoError,

    /// <summary>Something may be wrong.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Error,
}
