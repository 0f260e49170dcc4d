using System.Collections.Immutable;
using FogInfra.Rollout.Stacks;
using Pulumi.Automation;
using Pulumi.Automation.Events;

namespace FogInfra.Rollout.Clusters;

/// <summary>Listens to the engine's events of one operation on clusters: tells what it does, and keeps what changed and what went wrong.</summary>
/// <param name="type">The type of clusters.</param>
/// <param name="activity">Told what is done or waited for.</param>
internal sealed class ClusterEvents(string type, IProgress<string> activity)
{
    private readonly Lock _lock = new();
    private readonly List<string> _failures = [];
    private readonly SortedDictionary<string, string> _changes = new(StringComparer.Ordinal);

    /// <summary>What happened to clusters.</summary>
    public ImmutableSortedDictionary<string, string> Changes
    {
        get
        {
            lock (_lock)
            {
                return _changes.ToImmutableSortedDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Takes an event.</summary>
    public void Take(EngineEvent @event)
    {
        lock (_lock)
        {
            switch (@event)
            {
                case { DiagnosticEvent: { } diagnostic }:
                    TakeDiagnostic(diagnostic);
                    break;
                case { ResourcePreEvent.Metadata: { Op: not OperationType.Same and not OperationType.Read and not OperationType.Refresh } step } when step.Type == type:
                    activity.Report($"{NameOf(step.Urn)}: {Verb(step.Op)}");
                    break;
                case { ResourceOutputsEvent.Metadata: { Op: not OperationType.Same and not OperationType.Read and not OperationType.Refresh } step } when step.Type == type:
                    TakeChange(NameOf(step.Urn), step.Op);
                    break;
            }
        }
    }

    /// <summary>What went wrong; where no event tells, the exception does.</summary>
    public ImmutableArray<string> FailuresOr(Exception exception)
    {
        lock (_lock)
        {
            // What concerns a resource says more than that the update failed.
            return _failures.Count > 0 ? [.. _failures.Distinct()] : [exception.Message.Trim()];
        }
    }

    private void TakeChange(string name, OperationType operation)
    {
        var change = operation switch
        {
            OperationType.Create => "create",
            OperationType.Update => "update",
            OperationType.Delete => "delete",
            OperationType.CreateReplacement or OperationType.Replace or OperationType.DeleteReplaced => "replace",
            _ => null,
        };
        if (change is not null)
        {
            _changes[name] = change;
        }
    }

    private void TakeDiagnostic(DiagnosticEvent diagnostic)
    {
        var message = DiagnosticText.WithoutColours(diagnostic.Message).Trim();
        var name = NameOf(diagnostic.Urn ?? "");
        if (diagnostic.Severity == "error" && message.Length > 0)
        {
            _failures.Add(name.Length > 0 && name.IndexOf(':') < 0 ? $"cluster '{name}': {message}" : message);
        }
        else if (message.Length > 0 && diagnostic.Severity is "info" or "info#err" && name.Length > 0)
        {
            activity.Report($"{name}: {message}");
        }
    }

    // urn:pulumi:STACK::PROJECT::TYPES::NAME; the stack's own resource says nothing of a cluster.
    private static string NameOf(string urn) => urn.Split("::", 4) is [_, _, var types, var name] && types != "pulumi:pulumi:Stack" ? name : "";

    private static string Verb(OperationType operation) => operation switch
    {
        OperationType.Create or OperationType.CreateReplacement => "creating",
        OperationType.Update => "updating",
        OperationType.Delete or OperationType.DeleteReplaced => "removing",
        _ => OperationNames.Of(operation),
    };
}
