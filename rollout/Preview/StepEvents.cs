using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Stacks;
using Pulumi.Automation;
using Pulumi.Automation.Events;

namespace FogInfra.Rollout.Preview;

/// <summary>Listens to the engine's events of one operation, and keeps what it does to each resource. May be called by many threads.</summary>
internal sealed class StepEvents
{
    private const string StackType = "pulumi:pulumi:Stack";
    private const string ProviderTypes = "pulumi:providers:";

    private readonly Lock _lock = new();
    private readonly List<StepEventMetadata> _steps = [];
    private readonly List<string> _errors = [];
    private JsonObject? _stackOutputs;

    /// <summary>Every step, in the order in which they began.</summary>
    public ImmutableArray<StepEventMetadata> Steps
    {
        get
        {
            lock (_lock)
            {
                return [.. _steps];
            }
        }
    }

    /// <summary>What went wrong, in the engine's words. That the operation failed is told only where nothing else is.</summary>
    public ImmutableArray<string> Errors
    {
        get
        {
            lock (_lock)
            {
                var telling = _errors.Where(error => error is not ("preview failed" or "update failed")).Distinct().ToImmutableArray();
                return telling.IsEmpty ? [.. _errors.Distinct()] : telling;
            }
        }
    }

    /// <summary>The outputs that the stack will have; null when the operation did not get so far.</summary>
    public JsonObject? StackOutputs
    {
        get
        {
            lock (_lock)
            {
                return _stackOutputs;
            }
        }
    }

    /// <summary>How many resources stay as they are.</summary>
    public int Unchanged => Steps.Count(step => step.Op == OperationType.Same && IsOfUser(step));

    /// <summary>What changes, with what deserves most attention first.</summary>
    public ImmutableArray<ResourceChange> Changes() =>
    [
        .. from step in Steps
           let operation = OperationOf(step)
           where operation is not null && (IsOfUser(step) || IsChangedProvider(step, operation.Value))
           let change = new ResourceChange(operation.Value, step.Type, NameOf(step.Urn), PropertiesOf(step, operation.Value))
           orderby change.Operation, change.Type, change.Name
           select change,
    ];

    /// <summary>Takes an event.</summary>
    public void Take(EngineEvent @event)
    {
        lock (_lock)
        {
            switch (@event)
            {
                case { ResourcePreEvent.Metadata: { } step }:
                    _steps.Add(step);
                    break;
                case { ResourceOutputsEvent.Metadata: { Type: StackType, New: { } state } }:
                    _stackOutputs = ToJson(state.Outputs);
                    break;
                case { DiagnosticEvent: { Severity: "error" } diagnostic }:
                    _errors.Add(DiagnosticText.OneLine(diagnostic.Message));
                    break;
            }
        }
    }

    // Stack and components are groups, and a new provider says no more than that something is new.
    private static bool IsOfUser(StepEventMetadata step) =>
        (step.New ?? step.Old)?.Custom == true && !step.Type.StartsWith(ProviderTypes, StringComparison.Ordinal);

    private static bool IsChangedProvider(StepEventMetadata step, ResourceOperation operation) =>
        step.Type.StartsWith(ProviderTypes, StringComparison.Ordinal) && operation is ResourceOperation.Update or ResourceOperation.Replace;

    // A replacement is three steps, of which the one called so is told as the replacement.
    private static ResourceOperation? OperationOf(StepEventMetadata step) => step.Op switch
    {
        OperationType.Create => ResourceOperation.Create,
        OperationType.Update => ResourceOperation.Update,
        OperationType.Delete => ResourceOperation.Delete,
        OperationType.Replace => ResourceOperation.Replace,
        OperationType.Import or OperationType.ImportReplacement => ResourceOperation.Import,
        _ => null,
    };

    private static ImmutableArray<PropertyChange> PropertiesOf(StepEventMetadata step, ResourceOperation operation) =>
        operation == ResourceOperation.Delete ? [] : PropertyDiffs.Of(new ResourceStates
        {
            Type = step.Type,
            OldInputs = operation is ResourceOperation.Create or ResourceOperation.Import ? [] : ToJson(step.Old?.Inputs),
            OldOutputs = ToJson(step.Old?.Outputs),
            NewInputs = ToJson(step.New?.Inputs),
            ReplaceKeys = step.Keys ?? [],
            Paths =
            [
                .. (step.DetailedDiff ?? ImmutableDictionary<string, PropertyDiff>.Empty).Select(diff => new DiffPath(
                    diff.Key,
                    diff.Value.Kind is DiffKind.AddReplace or DiffKind.DeleteReplace or DiffKind.UpdateReplace,
                    !diff.Value.InputDiff)),
            ],
        });

    private static JsonObject ToJson(IImmutableDictionary<string, object>? values) =>
        values is null ? [] : DeploymentJson.WithSecretsAsText(JsonSerializer.SerializeToNode(values.ToDictionary(pair => pair.Key, pair => (object?)pair.Value))) as JsonObject ?? [];

    // urn:pulumi:STACK::PROJECT::TYPES::NAME
    private static string NameOf(string urn) => urn.Split("::", 4) is [_, _, _, var name] ? name : urn;
}
