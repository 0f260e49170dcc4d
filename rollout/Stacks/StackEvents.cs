using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Running;
using Pulumi.Automation;
using Pulumi.Automation.Events;

namespace FogInfra.Rollout.Stacks;

/// <summary>Listens to the engine's events of one operation: tells what it does, and keeps what went wrong.</summary>
/// <param name="workload">The workload that is brought about, by which resources are recognised; null for a removal.</param>
/// <param name="activity">Told what is done or waited for.</param>
/// <param name="time">The clock.</param>
internal sealed class StackEvents(ClusterWorkload? workload, IProgress<string> activity, TimeProvider time)
{
    private (long First, long Last)? _events;

    private readonly Lock _lock = new();
    private readonly List<StackFailure> _failures = [];
    private ImmutableSortedDictionary<string, int> _changes = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The counts of the operation's end, as far as it got.</summary>
    public ImmutableSortedDictionary<string, int> Changes
    {
        get
        {
            lock (_lock)
            {
                return _changes;
            }
        }
    }

    /// <summary>The time from the first event to the last; null when there was none.</summary>
    public TimeSpan? EngineTime
    {
        get
        {
            lock (_lock)
            {
                return _events is var (first, last) ? time.GetElapsedTime(first, last) : null;
            }
        }
    }

    /// <summary>Takes an event.</summary>
    public void Take(EngineEvent @event)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _events = (_events?.First ?? now, now);
            switch (@event)
            {
                case { DiagnosticEvent: { } diagnostic }:
                    TakeDiagnostic(diagnostic);
                    break;
                case { ResourcePreEvent.Metadata: { Op: not OperationType.Same and not OperationType.Read } step }:
                    activity.Report($"{Verb(step.Op)} {Describe(step.Urn)}");
                    break;
                case { SummaryEvent: { } summary }:
                    _changes = summary.ResourceChanges.ToImmutableSortedDictionary(
                        change => OperationNames.Of(change.Key), change => change.Value, StringComparer.Ordinal);
                    break;
            }
        }
    }

    /// <summary>What went wrong; where no event tells, the exception does.</summary>
    public ImmutableArray<StackFailure> FailuresOr(Exception exception)
    {
        lock (_lock)
        {
            // What concerns a service says more than what concerns the stack, such as that the update failed.
            var telling = _failures.Exists(failure => failure.Service is not null) ? _failures.Where(failure => failure.Service is not null) : _failures;
            var failures = telling.Distinct().ToImmutableArray();
            return failures.IsEmpty ? [new StackFailure(null, DiagnosticText.OneLine(exception.Message))] : failures;
        }
    }

    private void TakeDiagnostic(DiagnosticEvent diagnostic)
    {
        var message = DiagnosticText.OneLine(diagnostic.Message);
        if (diagnostic.Severity == "error")
        {
            _failures.Add(new StackFailure(ServiceOf(diagnostic.Urn), message));
        }
        else if (diagnostic.Severity == "info" && message.Length > 0)
        {
            activity.Report(ServiceOf(diagnostic.Urn) is { } service ? $"{service}: {message}" : message);
        }
    }

    private string? ServiceOf(string? urn)
    {
        var name = NameOf(urn);
        return workload?.Services.FirstOrDefault(service => workload.ResourceNameOf(service.Name) == name)?.Name;
    }

    private static string Describe(string urn)
    {
        var type = urn.Split("::") is [_, _, var qualified, ..] ? qualified[(qualified.LastIndexOfAny(['$', ':']) + 1)..] : "";
        return $"{type} {NameOf(urn)}";
    }

    // urn:pulumi:STACK::PROJECT::TYPES::NAME
    private static string? NameOf(string? urn) => urn?.Split("::", 4) is [.., var name] ? name : null;

    private static string Verb(OperationType operation) => operation switch
    {
        OperationType.Create => "creating",
        OperationType.Update => "updating",
        OperationType.Delete or OperationType.DeleteReplaced => "deleting",
        OperationType.Replace or OperationType.CreateReplacement => "replacing",
        _ => OperationNames.Of(operation),
    };
}
